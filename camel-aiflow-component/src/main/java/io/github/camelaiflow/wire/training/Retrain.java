package io.github.camelaiflow.wire.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.RetrainingPlan;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.feedback.quality.HarmAction;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.feedback.quality.QualityStatus;
import io.github.camelaiflow.feedback.quality.VersionQuality;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.files.VersionPublisher;
import io.github.camelaiflow.model.training.ForestTrainer;
import io.github.camelaiflow.model.training.LabelledRecords;
import io.github.camelaiflow.model.training.TrainedModel;
import io.github.camelaiflow.model.training.TrainingSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model anew when quality has fallen: takes the {@link QualityReport} of an event, and if it finds harm and recommends training
 * ({@code onHarm: retrain}), trains a random forest from labelled records and puts it into the flow's folder of versions, with its
 * card. It serves only when a definition or rollout says so.
 *
 * <p>The version is called by when harm was found, {@code retrained-20261103T142501123Z}: so one event trains one model, however often
 * it is delivered, after a restart and on any node that shares the folder. After a training the body is JSON ({@code flow},
 * {@code version}, {@code parent}, {@code records}, {@code metrics}) and header {@code CamelAiflowModelVersion} the version. Of all else
 * the exchange goes no further in its route. One training at a time; thread-safe once set up.
 */
public final class Retrain implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(Retrain.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'retrained-'yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private String flow;
    private String records;
    private String format = "jsonl";
    private int trees = 20;
    private int depth = 12;
    private double holdOut = 0.2;
    private int golden = 20;
    private long seed = 1;

    /** The flow, which must have a folder of versions and declare its record's fields. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    /**
     * Where labelled records come from, with the declared fields and the truth: a resource whose name ends in .csv, .jsonl, .ndjson or
     * .json, else an endpoint that answers with a list of maps, or with CSV or JSON.
     */
    public void setRecords(String records) {
        this.records = records;
    }

    /** What an endpoint answers that does not answer with maps: {@code jsonl} (default: JSON objects) or {@code csv}. */
    public void setFormat(String format) {
        this.format = format;
    }

    /** How many trees, default 20. */
    public void setTrees(int trees) {
        this.trees = trees;
    }

    /** The deepest a tree may be, default 12. */
    public void setDepth(int depth) {
        this.depth = depth;
    }

    /** The share of records the model is measured on and does not see, default 0.2. */
    public void setHoldOut(double holdOut) {
        this.holdOut = holdOut;
    }

    /** How many records the card holds at most, with the model's answers, which it must give before it serves; default 20, 0 for none. */
    public void setGolden(int golden) {
        this.golden = golden;
    }

    /** Seed of split and trees, default 1. */
    public void setSeed(long seed) {
        this.seed = seed;
    }

    /**
     * Trains, if the body says so.
     *
     * @throws DataException if nothing can be learned from the records
     * @throws ModelException if the model cannot be asked as a flow would
     * @throws IOException if records cannot be read or the version cannot be written; nothing is left of it then
     * @throws IllegalStateException if the flow is not set up, has no folder of versions, or its truth is a number
     */
    @Override
    public synchronized void process(Exchange exchange) throws IOException {
        QualityReport report =
                exchange.getMessage().getBody() instanceof QualityReport told && wanted(told) ? told : null;
        if (report == null) {
            exchange.setRouteStop(true);
            return;
        }
        AiflowComponent component = exchange.getContext().getComponent("aiflow", AiflowComponent.class);
        RetrainingPlan plan = plan(component);
        String version = NAME.format(foundAt(report));
        if (VersionPublisher.exists(plan.folder(), version)) {
            LOG.info("Flow {} has version {} already: an event trains once", flow, version);
            exchange.setRouteStop(true);
            return;
        }
        LabelledRecords read = new LabelledRecords(settings(plan));
        TrainedModel trained = train(exchange.getContext(), plan, read, report.version(), component.now());
        ModelCard card = trained.card().named(flow, version);
        if (!VersionPublisher.publish(plan.folder(), version, trained.file(), card)) {
            exchange.setRouteStop(true);
            return;
        }
        LOG.info(
                "Flow {} has a new version {}, trained on {} records: {}", flow, version, read.count(), card.metrics());
        answer(exchange.getMessage(), card, read.count());
    }

    private static boolean wanted(QualityReport report) {
        return report.status() == QualityStatus.HARM && report.action() == HarmAction.RETRAIN;
    }

    private RetrainingPlan plan(AiflowComponent component) {
        RetrainingPlan plan = component
                .retraining(flow)
                .orElseThrow(() -> new IllegalStateException("flow " + flow + " must be set up to be trained anew"));
        if (plan.regression()) {
            throw new IllegalStateException(
                    "flow " + flow + " must tell labels to be trained anew, its truth is a number");
        }
        return plan;
    }

    /** The same for all that are told of it: by the feed that all nodes read alike. */
    private static Instant foundAt(QualityReport report) {
        return report.serving()
                .map(VersionQuality::harm)
                .map(harm -> harm.foundAt())
                .orElse(report.at());
    }

    private TrainingSettings settings(RetrainingPlan plan) {
        return new TrainingSettings(plan.schema(), plan.truth(), plan.positive(), trees, depth, holdOut, golden, seed);
    }

    private TrainedModel train(
            CamelContext context, RetrainingPlan plan, LabelledRecords read, String parent, Instant now)
            throws IOException {
        new RecordSource(context, records, format).read(read::add);
        return new ForestTrainer(settings(plan)).train(read, parent, now);
    }

    private void answer(Message message, ModelCard card, int count) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("flow", flow)
                .put("version", card.version())
                .put("parent", card.lineage().parent())
                .put("records", count);
        ObjectNode metrics = json.putObject("metrics");
        card.metrics().forEach(metrics::put);
        message.setHeader(AiflowConstants.MODEL_VERSION, card.version());
        message.setBody(json.toString());
    }
}

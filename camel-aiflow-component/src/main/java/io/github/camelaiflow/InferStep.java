package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.serving.Deadline;
import io.github.camelaiflow.records.RecordReader;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ValidationException;

/** Asks the flow's model. */
final class InferStep implements Step {

    private static final String[] OWN_HEADERS = {
        AiflowConstants.PREDICTION,
        AiflowConstants.LABEL,
        AiflowConstants.SCORE,
        AiflowConstants.MODEL,
        AiflowConstants.MODEL_VERSION,
        AiflowConstants.SERVED_BY,
        AiflowConstants.PREDICTION_ID
    };

    private final Flow flow;
    private final ModelChain models;
    private final AiflowEndpoint endpoint;
    private final boolean markErrors;
    private final boolean toBody;

    InferStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.endpoint = endpoint;
        List<String> named = endpoint.modelNames();
        this.models = new ModelChain(flow, named.isEmpty() ? Collections.singletonList(null) : named);
        this.markErrors = "mark".equals(endpoint.getOnError());
        this.toBody = endpoint.resultToBody();
    }

    /** Models are waited for one by one, so that one that answers at once can stand in when the time is up. */
    @Override
    public boolean keepsDeadline() {
        return true;
    }

    @Override
    public Work read(Exchange exchange) throws ValidationException {
        for (String header : OWN_HEADERS) {
            exchange.getMessage().removeHeader(header);
        }
        SetAside.align(exchange);
        Deadline deadline = endpoint.deadline();
        FlowParts now = flow.parts();
        ModelChain chain = chain(exchange);
        String version = chain.first();
        boolean standIn = version != null && !now.versions().resolve(version).equals(now.serving());
        ServedBy servedBy = Fallback.servedBy(exchange, standIn);
        Object body = ExchangeMapper.body(exchange);
        Signature signature =
                flow.withParts(parts -> parts.model(version).inUse().model().signature());
        Tensors.Raw raw = Tensors.of(body, signature);
        PredictionIds ids = PredictionIds.of(exchange, flow, endpoint);
        if (raw != null) {
            return () -> ask(chain, raw.input(), null, raw.batch(), servedBy, deadline, ids);
        }
        Records records = RecordReader.read(body);
        return () -> ask(chain, new ModelInput.Rows(records.rows()), records, records.batch(), servedBy, deadline, ids);
    }

    /** A version the route asks for; never against what the endpoint says. */
    private ModelChain chain(Exchange exchange) {
        String asked =
                models.first() == null ? exchange.getProperty(AiflowConstants.ASKED_VERSION, String.class) : null;
        return asked == null ? models : new ModelChain(flow, List.of(asked));
    }

    private Result ask(
            ModelChain chain,
            ModelInput input,
            Records records,
            boolean batch,
            ServedBy servedBy,
            Deadline deadline,
            PredictionIds ids) {
        Instant time = flow.clock().instant();
        long start = System.nanoTime();
        Asked asked = flow.withParts(parts -> {
            Schema schema = parts.definition().schema();
            return new Asked(parts, chain.ask(parts, Question.of(input, records, schema, servedBy, deadline)));
        });
        int errors = 0;
        for (Answered answered : asked.answered()) {
            if (answered.outcome().error() != null) {
                errors++;
            }
        }
        if (errors > 0 && (!markErrors || !batch)) {
            throw firstError(asked.answered(), batch, errors);
        }
        observe(asked.answered(), System.nanoTime() - start);
        List<Prediction> predictions = predictions(asked, records, time, ids);
        flow.answered(predictions);
        int decided = predictions.size() - errors;
        return exchange -> {
            exchange.setProperty(AiflowConstants.PREDICTED, decided);
            ids.used(exchange, predictions.size());
            if (!batch) {
                exchange.setProperty(
                        AiflowConstants.PREDICTION_ID, predictions.get(0).id());
            }
            write(exchange.getMessage(), predictions, batch);
        };
    }

    /** What came of each record, and the flow as it was set up then. */
    private record Asked(FlowParts parts, List<Answered> answered) {}

    /** Told once for each version and role. */
    private void observe(List<Answered> answered, long nanos) {
        Map<List<Object>, int[]> counts = new LinkedHashMap<>();
        Answered last = null;
        int[] count = null;
        for (Answered one : answered) {
            if (last == null
                    || last.servedBy() != one.servedBy()
                    || !last.version().equals(one.version())) {
                count = counts.computeIfAbsent(List.of(one.version(), one.servedBy()), key -> new int[2]);
                last = one;
            }
            count[0]++;
            count[1] += one.outcome().error() == null ? 0 : 1;
        }
        counts.forEach((key, records) ->
                flow.observer().inferred((String) key.get(0), (ServedBy) key.get(1), records[0], records[1], nanos));
    }

    private static DataException firstError(List<Answered> answered, boolean batch, int errors) {
        for (int i = 0; i < answered.size(); i++) {
            DataException error = answered.get(i).outcome().error();
            if (error != null && batch) {
                String more = errors > 1 ? " (and " + (errors - 1) + " more records)" : "";
                return new DataException(
                        error.reason(), error.fields(), "record " + i + ": " + error.getMessage() + more);
            } else if (error != null) {
                return error;
            }
        }
        throw new IllegalStateException("there is an error among the outcomes");
    }

    private List<Prediction> predictions(Asked asked, Records records, Instant time, PredictionIds ids) {
        String key = asked.parts().definition().schema().key();
        String definitionDigest = asked.parts().definition().digest();
        List<Prediction> predictions = new ArrayList<>(asked.answered().size());
        for (int i = 0; i < asked.answered().size(); i++) {
            Answered answered = asked.answered().get(i);
            Outcome outcome = answered.outcome();
            Map<String, Object> row = records == null ? null : records.rows().get(i);
            Object recordKey = row == null || key == null ? null : row.get(key);
            predictions.add(new Prediction(
                    ids.id(i, asked.answered().size(), recordKey),
                    recordKey,
                    flow.name(),
                    flow.name(),
                    answered.version(),
                    answered.sha256(),
                    definitionDigest,
                    answered.servedBy(),
                    time,
                    outcome.output(),
                    outcome.error() == null ? null : outcome.error().reason(),
                    row,
                    false));
        }
        return predictions;
    }

    private void write(Message message, List<Prediction> predictions, boolean batch) {
        if (batch) {
            Predictions list = new Predictions(predictions);
            message.setHeader(AiflowConstants.PREDICTION, list);
            message.setHeader(AiflowConstants.LABEL, each(list, Prediction::label));
            message.setHeader(AiflowConstants.SCORE, each(list, Prediction::score));
            message.setHeader(AiflowConstants.MODEL, each(list, Prediction::model));
            message.setHeader(AiflowConstants.MODEL_VERSION, each(list, Prediction::version));
            message.setHeader(
                    AiflowConstants.SERVED_BY,
                    each(list, prediction -> prediction.servedBy().toString()));
            message.setHeader(AiflowConstants.PREDICTION_ID, each(list, Prediction::id));
            if (toBody) {
                message.setBody(list.inDetail());
            }
            return;
        }
        Prediction prediction = predictions.get(0);
        message.setHeader(AiflowConstants.PREDICTION, prediction);
        message.setHeader(AiflowConstants.LABEL, prediction.label());
        message.setHeader(AiflowConstants.SCORE, prediction.score());
        message.setHeader(AiflowConstants.MODEL, prediction.model());
        message.setHeader(AiflowConstants.MODEL_VERSION, prediction.version());
        message.setHeader(AiflowConstants.SERVED_BY, prediction.servedBy().toString());
        message.setHeader(AiflowConstants.PREDICTION_ID, prediction.id());
        if (toBody) {
            message.setBody(prediction.inDetail());
        }
    }

    private static <T> List<T> each(Predictions predictions, Function<Prediction, T> part) {
        return new Column<>(predictions, part);
    }

    /** One component of each prediction: a view, since most headers are never read. */
    private static final class Column<T> extends AbstractList<T> implements RandomAccess {

        private final Predictions predictions;
        private final Function<Prediction, T> part;

        Column(Predictions predictions, Function<Prediction, T> part) {
            this.predictions = predictions;
            this.part = part;
        }

        @Override
        public T get(int index) {
            return part.apply(predictions.get(index));
        }

        @Override
        public int size() {
            return predictions.size();
        }
    }
}

package io.github.camelaiflow.model.training;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.Lineage;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelCards;
import io.github.camelaiflow.model.training.LabelledRecords.Labelled;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Trains a random forest (Breiman 2001; Tribuo's) that tells labels, and measures it on records it has not seen. Immutable,
 * thread-safe.
 */
public final class ForestTrainer {

    private static final int SMALLEST_LEAF = 5;
    private static final float FIELDS_PER_SPLIT = 0.6f;

    private final TrainingSettings settings;

    /** @param settings from what, and how */
    public ForestTrainer(TrainingSettings settings) {
        this.settings = settings;
    }

    /**
     * Trains. Takes seconds for ten thousands of records.
     *
     * @param records read with the same settings
     * @param parent the version it is to replace; {@code null} for none
     * @param time when
     * @return the model and a card with its metrics on the records held out: {@code accuracy}, {@code macroF1}, {@code majority}
     *     (accuracy of whoever always says the most frequent label), with two labels {@code auc}, and the positive label's
     *     {@code precision} and {@code recall}
     * @throws DataException if the records are too few, too often not as declared, or have one label only
     * @throws ModelException if the model cannot be asked as a flow would ask it
     */
    public TrainedModel train(LabelledRecords records, String parent, Instant time) {
        records.check();
        List<Labelled> seen = new ArrayList<>();
        List<Labelled> held = new ArrayList<>();
        List<Map<String, Object>> golden = split(records, seen, held);
        OffsetDateTime at = time.atOffset(ZoneOffset.UTC);
        Model<Label> model = forest(dataset(seen, at));
        byte[] file = model.serialize().toByteArray();
        ModelCard card = ModelCards.describe(
                        TrainedModel.FILE, ModelSpec.of(TrainedModel.FILE).withMissingAllowed(optional()), file, golden)
                .trained(null, new Lineage(parent, at, null), metrics(model, dataset(held, at), held))
                .with(at, more(records, seen.size(), held.size()));
        return new TrainedModel(file, card);
    }

    private Set<String> optional() {
        return settings.features().stream()
                .filter(Field::missingAllowed)
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    /** Shares each label's records out, and returns what the card asks. */
    private List<Map<String, Object>> split(LabelledRecords records, List<Labelled> seen, List<Labelled> held) {
        Random random = new Random(settings.seed());
        List<Map<String, Object>> golden = new ArrayList<>();
        int ofEach = settings.golden() / records.byLabel().size();
        records.byLabel().values().forEach(labelled -> {
            List<Labelled> shuffled = new ArrayList<>(labelled);
            Collections.shuffle(shuffled, random);
            int out = Math.max(1, (int) Math.round(shuffled.size() * settings.holdOut()));
            int kept = Math.max(1, shuffled.size() - out);
            seen.addAll(shuffled.subList(0, kept));
            held.addAll(shuffled.subList(kept, shuffled.size()));
            shuffled.subList(kept, shuffled.size()).stream().limit(ofEach).forEach(one -> golden.add(one.row()));
        });
        return golden;
    }

    private static MutableDataset<Label> dataset(List<Labelled> records, OffsetDateTime time) {
        LabelFactory factory = new LabelFactory();
        List<Example<Label>> examples = records.stream().map(Labelled::example).toList();
        return new MutableDataset<>(new ListDataSource<>(
                examples, factory, new SimpleDataSourceProvenance("labelled records", time, factory)));
    }

    private Model<Label> forest(MutableDataset<Label> data) {
        CARTClassificationTrainer tree = new CARTClassificationTrainer(
                settings.depth(), SMALLEST_LEAF, 0, FIELDS_PER_SPLIT, false, new GiniIndex(), settings.seed());
        return new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), settings.trees(), settings.seed())
                .train(data);
    }

    private Map<String, Double> metrics(Model<Label> model, MutableDataset<Label> unseen, List<Labelled> held) {
        LabelEvaluation evaluation = new LabelEvaluator().evaluate(model, unseen);
        Map<String, Long> counts = held.stream()
                .collect(
                        Collectors.groupingBy(each -> each.example().getOutput().getLabel(), Collectors.counting()));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", evaluation.accuracy());
        metrics.put("macroF1", evaluation.macroAveragedF1());
        metrics.put("majority", Collections.max(counts.values()) / (double) held.size());
        Label positive = new Label(
                settings.positive() == null ? counts.keySet().iterator().next() : settings.positive());
        boolean known = counts.containsKey(positive.getLabel());
        if (counts.size() == 2 && known) {
            metrics.put("auc", evaluation.AUCROC(positive));
        }
        if (settings.positive() != null && known) {
            metrics.put("precision", evaluation.precision(positive));
            metrics.put("recall", evaluation.recall(positive));
        }
        metrics.values().removeIf(value -> !Double.isFinite(value));
        return metrics;
    }

    private Map<String, Object> more(LabelledRecords records, int seen, int held) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("trainer", "random forest of " + settings.trees() + " trees, depth " + settings.depth());
        more.put("seed", settings.seed());
        more.put("trainedOn", seen);
        more.put("heldOut", held);
        more.put("unlabelled", records.unlabelled());
        more.put("leftOut", records.wrong());
        return more;
    }
}

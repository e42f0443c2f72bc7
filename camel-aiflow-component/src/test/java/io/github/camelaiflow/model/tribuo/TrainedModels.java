package io.github.camelaiflow.model.tribuo;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Trainer;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.anomaly.libsvm.LibSVMAnomalyTrainer;
import org.tribuo.anomaly.libsvm.SVMAnomalyType;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.SVMParameters;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.DistanceType;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.multilabel.sgd.linear.LinearSGDTrainer;
import org.tribuo.multilabel.sgd.objectives.BinaryCrossEntropy;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Tiny Tribuo models, trained on seeded claims: amount and vehicle age are numbers, type is a category. */
public final class TrainedModels {

    public static final List<String> FIELDS = List.of("claim_amount", "claim_type", "vehicle_age");
    public static final List<String> NUMBERS = List.of("claim_amount", "vehicle_age");

    private static final List<String> TYPES = List.of("collision", "theft", "fire");
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-01T00:00:00Z");

    /** Held, since a logger that nobody holds forgets its level. */
    private static final Logger TRAINING_LOG = Logger.getLogger("org.tribuo");

    static {
        TRAINING_LOG.setLevel(Level.WARNING);
    }

    private TrainedModels() {}

    /** A claim as records are: amount in thousands, age in years. */
    public static Map<String, Object> claim(double amount, int age, String type) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("claim_amount", amount);
        row.put("vehicle_age", age);
        row.put("claim_type", type);
        return row;
    }

    public static List<Map<String, Object>> claims(int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> claims = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            claims.add(claim(random.nextDouble() * 10, random.nextInt(15), TYPES.get(random.nextInt(3))));
        }
        return claims;
    }

    public static Model<Label> labels() {
        return train(new LogisticRegressionTrainer(), new LabelFactory(), TrainedModels::label, true);
    }

    public static Model<Label> numericLabels() {
        return train(new LogisticRegressionTrainer(), new LabelFactory(), TrainedModels::label, false);
    }

    public static Model<Label> tree() {
        return train(new CARTClassificationTrainer(5), new LabelFactory(), TrainedModels::label, true);
    }

    public static Model<Regressor> cost() {
        return train(
                new org.tribuo.regression.sgd.linear.LinearSGDTrainer(new SquaredLoss(), new AdaGrad(0.1), 20, 1L),
                new RegressionFactory(),
                TrainedModels::costOf,
                false);
    }

    private static Regressor costOf(Map<String, Object> claim) {
        return new Regressor("cost", 2 * number(claim, "claim_amount") + number(claim, "vehicle_age"));
    }

    public static Model<Regressor> costAndDays() {
        return train(
                new CARTRegressionTrainer(6),
                new RegressionFactory(),
                claim -> new Regressor(
                        new String[] {"cost", "days"},
                        new double[] {2 * number(claim, "claim_amount"), 30 - number(claim, "vehicle_age")}),
                true);
    }

    public static Model<ClusterID> clusters() {
        return train(
                new KMeansTrainer(3, 10, DistanceType.L2.getDistance(), 1, 1L),
                new ClusteringFactory(),
                claim -> ClusteringFactory.UNASSIGNED_CLUSTER_ID,
                false);
    }

    public static Model<MultiLabel> flags() {
        return train(
                new LinearSGDTrainer(new BinaryCrossEntropy(), new AdaGrad(0.5), 20, 1L),
                new MultiLabelFactory(),
                TrainedModels::flagsOf,
                false);
    }

    private static MultiLabel flagsOf(Map<String, Object> claim) {
        Set<Label> flags = new LinkedHashSet<>();
        if (number(claim, "claim_amount") > 5) {
            flags.add(new Label("large"));
        }
        if (number(claim, "vehicle_age") > 7) {
            flags.add(new Label("old"));
        }
        return new MultiLabel(flags);
    }

    /** A one-class support vector machine: what lies far from the claims it saw is an anomaly. */
    public static Model<Event> supportVectors() {
        SVMParameters<Event> parameters =
                new SVMParameters<>(new SVMAnomalyType(SVMAnomalyType.SVMMode.ONE_CLASS), KernelType.RBF);
        parameters.setGamma(1.0);
        parameters.setNu(0.1);
        return train(
                new LibSVMAnomalyTrainer(parameters),
                new AnomalyFactory(),
                claim -> AnomalyFactory.EXPECTED_EVENT,
                false);
    }

    /** The trainer's model of the labels {@link #labels()} learns. */
    public static Model<Label> labels(Trainer<Label> trainer) {
        return train(trainer, new LabelFactory(), TrainedModels::label, true);
    }

    /** The trainer's model of the costs {@link #cost()} learns. */
    public static Model<Regressor> cost(Trainer<Regressor> trainer) {
        return train(trainer, new RegressionFactory(), TrainedModels::costOf, false);
    }

    /** The trainer's model of the flags {@link #flags()} learns. */
    public static Model<MultiLabel> flags(Trainer<MultiLabel> trainer) {
        return train(trainer, new MultiLabelFactory(), TrainedModels::flagsOf, false);
    }

    /** The trainer's clusters of claims. */
    public static Model<ClusterID> clusters(Trainer<ClusterID> trainer) {
        return train(trainer, new ClusteringFactory(), claim -> ClusteringFactory.UNASSIGNED_CLUSTER_ID, false);
    }

    public static byte[] bytes(Model<?> model) {
        return model.serialize().toByteArray();
    }

    public static <T extends Output<T>> MutableDataset<T> dataset(
            OutputFactory<T> factory, Function<Map<String, Object>, T> truth, boolean categories) {
        List<Example<T>> examples = new ArrayList<>();
        for (Map<String, Object> claim : claims(400, 7)) {
            examples.add(example(truth.apply(claim), claim, categories));
        }
        return new MutableDataset<>(
                new ListDataSource<>(examples, factory, new SimpleDataSourceProvenance("claims", TIME, factory)));
    }

    /** The example a plain Java loop would build from the claim. */
    public static <T extends Output<T>> ArrayExample<T> example(
            T output, Map<String, Object> claim, boolean categories) {
        ArrayExample<T> example = new ArrayExample<>(output);
        example.add("claim_amount", number(claim, "claim_amount"));
        example.add("vehicle_age@value", number(claim, "vehicle_age"));
        if (categories) {
            example.add("claim_type@" + claim.get("claim_type"), 1);
        }
        return example;
    }

    private static <T extends Output<T>> Model<T> train(
            Trainer<T> trainer, OutputFactory<T> factory, Function<Map<String, Object>, T> truth, boolean categories) {
        return trainer.train(dataset(factory, truth, categories));
    }

    private static Label label(Map<String, Object> claim) {
        boolean theft = "theft".equals(claim.get("claim_type"));
        return new Label(number(claim, "claim_amount") > (theft ? 3 : 7) ? "fraud" : "legitimate");
    }

    private static double number(Map<String, Object> claim, String field) {
        return ((Number) claim.get(field)).doubleValue();
    }
}

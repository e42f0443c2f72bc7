package io.github.camelaiflow.claims.training;

import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.files.ModelCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Trains the insurance case's models and writes them, a card beside each, and the reference data for drift. Run by the
 * build; two runs with the same arguments write the same bytes.
 */
public final class ClaimTrainer {

    static final long SEED = 20_261_101;
    static final int TRAINING_ROWS = 12_000;
    static final int TEST_ROWS = 8_000;
    static final int REFERENCE_ROWS = 4_000;

    /** Tribuo tells the console of every tree. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    /**
     * How far below the best there can be an AUC may be, else the build fails. A forest can express the planted rules: three
     * standard errors of an AUC measured on some 700 frauds. A linear model cannot (each rule is a conjunction): it was 0.04
     * below when this was written, and fails once it is not good enough to be a challenger.
     */
    private static final double FOREST_GAP = 0.02;

    private static final double LINEAR_GAP = 0.06;

    private final List<Claim> training;
    private final List<Claim> test = claims(SEED + 1, TEST_ROWS);
    private final Provenances provenances;
    private final OffsetDateTime time;

    ClaimTrainer(OffsetDateTime time, int trainingRows) {
        this.time = time;
        this.training = claims(SEED, trainingRows);
        this.provenances = new Provenances(time);
    }

    /** A model's file, how it was trained, and its card. */
    record Trained(byte[] file, TrainedModel model, ModelCard card) {}

    /**
     * Writes {@code models/claims-v1.tribuo}, {@code models/claims-v2.onnx}, {@code models/claims-v3.onnx}, their cards and
     * {@code reference/claims.csv}.
     *
     * @param arguments the directory to write into; the training time that provenances carry, in ISO 8601 with offset
     * @throws IOException if a file cannot be written
     * @throws IllegalStateException if a model is worse than it must be
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("needed are a directory and a time, were " + arguments.length);
        }
        TRIBUO.setLevel(Level.WARNING);
        Path directory = Path.of(arguments[0]);
        Path models = Files.createDirectories(directory.resolve("models"));
        Path reference = Files.createDirectories(directory.resolve("reference"));
        ClaimTrainer trainer = new ClaimTrainer(OffsetDateTime.parse(arguments[1]), TRAINING_ROWS);
        write(models, trainer.forest());
        write(models, trainer.linear());
        write(models, trainer.unscaled());
        Files.writeString(reference.resolve("claims.csv"), referenceCsv());
    }

    private static void write(Path directory, Trained trained) throws IOException {
        String file = trained.card().file();
        Files.write(directory.resolve(file), trained.file());
        Files.write(directory.resolve(file + ModelCards.SUFFIX), ModelCards.write(trained.card()));
    }

    /** A random forest of all the fields, in Tribuo's protobuf format. */
    Trained forest() {
        MutableDataset<Label> data = dataset(examples(training, ClaimFeatures.FIELDS));
        CARTClassificationTrainer tree = new CARTClassificationTrainer(7, 10, 0, 0.6f, false, new GiniIndex(), SEED);
        RandomForestTrainer<Label> trainer =
                new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), 10, SEED);
        ModelProto proto = provenances.pin(trainer.train(data));
        Quality quality = quality(proto, ClaimFeatures.FIELDS, FOREST_GAP);
        return trained("v1", proto.toByteArray(), "random forest of 10 trees", proto, quality);
    }

    /** A logistic regression of the fields that are never missing, as ONNX; reads unscaled claims. */
    Trained linear() {
        Fitted fitted = fit();
        ModelProto proto = provenances.pin(fitted.scaling().unscale(fitted.model()));
        return onnx("v2", "logistic regression", proto, quality(proto, ClaimFeatures.PRESENT, LINEAR_GAP));
    }

    /**
     * The same regression with a mistake that happens: what was exported wants scaled claims, and is given them as they come. It
     * loads, its card's figures are good, as they were measured where claims were scaled, and its golden records are what it
     * answers. Only the truth about claims tells.
     */
    Trained unscaled() {
        Fitted fitted = fit();
        ModelProto proto = provenances.pin(fitted.model());
        List<Example<Label>> scaled = examples(test, ClaimFeatures.PRESENT).stream()
                .map(fitted.scaling()::scale)
                .toList();
        Quality quality = quality(proto, dataset(scaled), LINEAR_GAP);
        return onnx("v3", "logistic regression of scaled claims", proto, quality);
    }

    /** A model of scaled claims. */
    private record Fitted(Scaling scaling, LinearSGDModel model) {}

    private Fitted fit() {
        List<Example<Label>> examples = examples(training, ClaimFeatures.PRESENT);
        Scaling scaling = new Scaling(examples);
        LinearSGDTrainer trainer =
                new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1), 20, Integer.MAX_VALUE, 32, SEED);
        return new Fitted(
                scaling,
                trainer.train(dataset(examples.stream().map(scaling::scale).toList())));
    }

    private Trained onnx(String version, String trainer, ModelProto proto, Quality quality) {
        LinearSGDModel model = (LinearSGDModel) model(proto);
        byte[] onnx = model.exportONNXModel("io.github.camelaiflow.claims", Integer.parseInt(version.substring(1)))
                .toByteArray();
        return trained(version, onnx, trainer, proto, quality);
    }

    private Trained trained(String version, byte[] bytes, String trainer, ModelProto proto, Quality quality) {
        Model<Label> model = model(proto);
        boolean forest = version.equals("v1");
        TrainedModel trained = new TrainedModel(
                version,
                "claims-" + version + (forest ? ".tribuo" : ".onnx"),
                Sha256.of(bytes),
                trainer,
                time.toString(),
                SEED,
                training.size(),
                test.size(),
                IntStream.range(0, model.getFeatureIDMap().size())
                        .mapToObj(id -> model.getFeatureIDMap().get(id).getName())
                        .toList(),
                IntStream.range(0, model.getOutputIDInfo().size())
                        .mapToObj(id -> model.getOutputIDInfo().getOutput(id).getLabel())
                        .toList(),
                quality.rounded(),
                Quality.best(test).rounded());
        // Tribuo's own file names its features and labels, the ONNX file numbers them
        Cards.Columns columns = forest
                ? new Cards.Columns(List.of(), List.of())
                : new Cards.Columns(trained.features(), trained.labels());
        List<String> fields = forest ? ClaimFeatures.FIELDS : ClaimFeatures.PRESENT;
        ModelCard card = Cards.card(
                trained, forest ? "tribuo" : "onnx", bytes.length, columns, Cards.golden(model, test, fields));
        return new Trained(bytes, trained, card);
    }

    private Quality quality(ModelProto proto, List<String> fields, double gap) {
        return quality(proto, dataset(examples(test, fields)), gap);
    }

    private Quality quality(ModelProto proto, MutableDataset<Label> unseen, double gap) {
        Quality quality = Quality.of(model(proto), unseen);
        double least = Quality.best(test).auc() - gap;
        if (!(quality.auc() >= least)) {
            throw new IllegalStateException("a model's AUC must be " + least + " or more, was " + quality);
        }
        return quality;
    }

    private static Model<Label> model(ModelProto proto) {
        return Model.deserialize(proto).castModel(Label.class);
    }

    private MutableDataset<Label> dataset(List<Example<Label>> examples) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(
                new SimpleDataSourceProvenance("generated claims, seed " + SEED, time, labels), labels);
        data.addAll(examples);
        return data;
    }

    private static List<Example<Label>> examples(List<Claim> claims, List<String> fields) {
        return claims.stream()
                .map(claim -> ClaimFeatures.example(claim, fields))
                .toList();
    }

    private static List<Claim> claims(long seed, int count) {
        return new ClaimGenerator(ClaimGenerator.Plan.clean(seed)).claims(count).toList();
    }

    /** Claims without defects from before the drift, the models' fields only; an empty cell is a missing value. */
    static String referenceCsv() {
        StringBuilder csv = new StringBuilder(String.join(",", ClaimFeatures.FIELDS)).append('\n');
        for (Claim claim : claims(SEED + 2, REFERENCE_ROWS)) {
            csv.append(ClaimFeatures.FIELDS.stream()
                            .map(claim.fields()::get)
                            .map(value -> Objects.toString(value, ""))
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return csv.toString();
    }
}

package io.github.camelaiflow.claims.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.Dataset;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelCard.GoldenRecord;
import io.github.camelaiflow.model.ModelCard.Lineage;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;

/**
 * The cards that stand beside the case's models. Their golden records are answered by the trained model itself, so that whatever
 * loads the file later must agree with the library that trained it.
 */
final class Cards {

    private static final int OF_EACH_LABEL = 10;

    /** ONNX counts in single precision. */
    private static final double SINGLE = 1e-5;

    private Cards() {}

    /**
     * The card.
     *
     * @param format of the file
     * @param length of the file, in bytes
     * @param columns the file's features and labels where they must be named; else empty lists
     * @param golden questions and answers
     */
    static ModelCard card(
            TrainedModel trained, String format, long length, Columns columns, List<GoldenRecord> golden) {
        OffsetDateTime time = OffsetDateTime.parse(trained.trainedAt());
        Map<String, Object> more =
                new ObjectMapper().convertValue(trained, new TypeReference<LinkedHashMap<String, Object>>() {});
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("auc", trained.quality().auc());
        metrics.put("accuracy", trained.quality().accuracy());
        metrics.put("precision", trained.quality().precision());
        metrics.put("recall", trained.quality().recall());
        double tolerance = columns.features().isEmpty() ? Golden.DEFAULT_TOLERANCE : SINGLE;
        return new ModelCard(
                "claims",
                trained.version(),
                format,
                trained.model(),
                length,
                trained.sha256(),
                columns.features(),
                columns.labels(),
                null,
                metrics,
                new Dataset("generated claims", "seed " + trained.seed(), null),
                new Lineage(null, time, null),
                new Golden(null, null, golden, tolerance, Golden.DEFAULT_ROUNDS),
                time,
                more);
    }

    /** What a file's columns stand for. */
    record Columns(List<String> features, List<String> labels) {}

    /** Claims of both labels that have every field, and what the model says of them. */
    static List<GoldenRecord> golden(Model<Label> model, List<Claim> claims, List<String> fields) {
        return Stream.of(Claim.FRAUD, Claim.GENUINE)
                .flatMap(label -> claims.stream()
                        .filter(claim -> claim.truth().label().equals(label))
                        .filter(claim ->
                                fields.stream().map(claim.fields()::get).allMatch(Objects::nonNull))
                        .limit(OF_EACH_LABEL))
                .map(claim -> golden(model, claim, fields))
                .toList();
    }

    private static GoldenRecord golden(Model<Label> model, Claim claim, List<String> fields) {
        Map<String, Object> record = new LinkedHashMap<>();
        fields.forEach(field -> record.put(field, claim.fields().get(field)));
        Prediction<Label> prediction = model.predict(ClaimFeatures.example(claim, fields));
        Label label = prediction.getOutput();
        return new GoldenRecord(record, null, label.getLabel(), label.getScore(), null, null);
    }
}

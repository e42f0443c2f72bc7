package io.github.camelaiflow.model.training;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import java.util.List;
import java.util.Objects;

/**
 * What a forest is trained from, and how. Immutable.
 *
 * @param schema the fields of records; key and free texts are no features
 * @param truth the field with the true label
 * @param positive the label whose precision and recall are told; {@code null} for none
 * @param trees how many, 1 to 1,000
 * @param depth the deepest a tree may be, 1 to 30
 * @param holdOut the share of records of each label that the model is measured on and does not see, above 0 and below 1
 * @param golden how many of these at most go into the card as questions with the model's answers, 0 to 1,000
 * @param seed of the split and the trees: the same records and seed give the same model
 */
public record TrainingSettings(
        Schema schema, String truth, String positive, int trees, int depth, double holdOut, int golden, long seed) {

    /** @throws IllegalArgumentException if a number is out of its range, or the schema has no field to learn from */
    public TrainingSettings {
        Objects.requireNonNull(truth, "truth");
        inside("trees", trees, 1, 1000);
        inside("depth", depth, 1, 30);
        inside("golden", golden, 0, 1000);
        if (!(holdOut > 0 && holdOut < 1)) {
            throw new IllegalArgumentException("holdOut must be above 0 and below 1, was " + holdOut);
        }
        List<Field> features = features(schema, truth);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("training needs a record with fields, other than key, truth and texts");
        }
        features.forEach(field -> {
            if (field.name().contains("@")) {
                throw new IllegalArgumentException("a field to be trained on must have no @ in its name, as "
                        + field.name() + " has: it separates field and category in a model's features");
            }
        });
    }

    private static void inside(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", was " + value);
        }
    }

    /** 20 trees of depth 12, a fifth held out, 20 golden records, seed 1. */
    public static TrainingSettings of(Schema schema, String truth) {
        return new TrainingSettings(schema, truth, null, 20, 12, 0.2, 20, 1);
    }

    /** The fields the model learns from, in the schema's order. */
    List<Field> features() {
        return features(schema, truth);
    }

    private static List<Field> features(Schema schema, String truth) {
        return schema.fields().stream()
                .filter(field -> field.type() != FieldType.TEXT)
                .filter(field ->
                        !field.name().equals(schema.key()) && !field.name().equals(truth))
                .toList();
    }
}

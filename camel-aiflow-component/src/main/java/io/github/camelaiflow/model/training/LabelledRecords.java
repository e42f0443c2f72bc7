package io.github.camelaiflow.model.training;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/**
 * Records with their true labels, as examples: a number or a truth value (as 1 and 0) under its field's name, a category as
 * {@code field@category} = 1, nothing where a value is missing, which is how models of such features are asked. Records without
 * truth are left out, and so are those that are not as declared. Not thread-safe.
 */
public final class LabelledRecords {

    /** More are refused: they are all in memory. */
    public static final int MOST = 1_000_000;

    private static final int FEWEST = 100;
    private static final int FEWEST_OF_A_LABEL = 10;
    private static final double MOST_WRONG = 0.1;

    private final String truth;
    private final List<Field> features;
    private final Map<String, List<Labelled>> byLabel = new TreeMap<>();
    private int count;
    private int unlabelled;
    private int wrong;

    /** @param settings which fields are read */
    public LabelledRecords(TrainingSettings settings) {
        this.truth = settings.truth();
        this.features = settings.features();
    }

    /** One record, with what of it the model reads. */
    record Labelled(Map<String, Object> row, Example<Label> example) {}

    /** @throws DataException if these are too many */
    public void add(Map<String, Object> row) {
        String label = text(row.get(truth));
        if (label == null) {
            unlabelled++;
            return;
        }
        Labelled labelled = labelled(row, label);
        if (labelled == null) {
            wrong++;
            return;
        }
        if (++count > MOST) {
            throw unfit("must be at most " + MOST);
        }
        byLabel.computeIfAbsent(label, key -> new ArrayList<>()).add(labelled);
    }

    /** {@code null} if it is not as declared, or has no value at all. */
    private Labelled labelled(Map<String, Object> row, String label) {
        Map<String, Object> read = new LinkedHashMap<>();
        Example<Label> example = new ArrayExample<>(new Label(label));
        for (Field field : features) {
            Object value = value(field, row.get(field.name()));
            if (value == null && !(missing(row.get(field.name())) && field.missingAllowed())) {
                return null;
            }
            if (value != null) {
                read.put(field.name(), value);
                example.add(feature(field.name(), value));
            }
        }
        return read.isEmpty() ? null : new Labelled(read, example);
    }

    private static boolean missing(Object value) {
        return value == null || value instanceof Number number && Double.isNaN(number.doubleValue());
    }

    /** {@code null} for what is missing or not of the field's type. */
    private static Object value(Field field, Object value) {
        if (field.type() == FieldType.CATEGORY) {
            return text(value);
        }
        if (value instanceof Boolean flag && field.type() == FieldType.BOOLEAN) {
            return flag;
        }
        return value instanceof Number number && Double.isFinite(number.doubleValue()) ? number : null;
    }

    private static Feature feature(String field, Object value) {
        if (value instanceof Number number) {
            return new Feature(field, number.doubleValue());
        }
        return value instanceof Boolean flag ? new Feature(field, flag ? 1 : 0) : new Feature(field + "@" + value, 1);
    }

    /** A number by its shortest text; {@code null} for what is no label. */
    private static String text(Object value) {
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number)
                    ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    : null;
        }
        String text = value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : null;
        return text == null || text.isBlank() ? null : text;
    }

    /** The records by label, labels in order. */
    Map<String, List<Labelled>> byLabel() {
        return byLabel;
    }

    /** How many can be learned from. */
    public int count() {
        return count;
    }

    /** How many had no truth. */
    public int unlabelled() {
        return unlabelled;
    }

    /** How many were not as declared. */
    public int wrong() {
        return wrong;
    }

    /** @throws DataException if nothing can be learned from these */
    void check() {
        if (wrong > MOST_WRONG * (count + wrong)) {
            throw unfit("must have the declared fields, but for one in ten: " + wrong + " of " + (count + wrong)
                    + " had not");
        }
        if (count < FEWEST) {
            throw unfit("must be at least " + FEWEST + " with " + truth + ", were " + count);
        }
        boolean rare = byLabel.values().stream().anyMatch(rows -> rows.size() < FEWEST_OF_A_LABEL);
        if (byLabel.size() < 2 || rare) {
            throw unfit("must have two labels or more in " + truth + ", and at least " + FEWEST_OF_A_LABEL
                    + " records of each");
        }
    }

    private DataException unfit(String requirement) {
        return new DataException(Reason.INVALID, List.of(truth), "records to train from " + requirement);
    }
}

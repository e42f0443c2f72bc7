package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.feedback.Label;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads labels from records: the prediction's id or the record's key, the truth, with which probability the record was chosen to be
 * labelled, and when the truth was known.
 */
final class LabelReader {

    private static final String ID = "predictionId";
    private static final String KEY = "key";
    private static final String SELECTION = "selectionProbability";
    private static final String TIME = "time";
    private static final int MOST_DIGITS = 1_000;

    private final String truth;
    private final String key;
    private final boolean numbers;
    private final InstantSource clock;

    /**
     * @param truth the field with the truth
     * @param key the field that identifies a record, besides {@code key}; {@code null} for none
     * @param numbers whether the truth is a number rather than a label
     * @param clock a label that says it was known later was known now
     */
    LabelReader(String truth, String key, boolean numbers, InstantSource clock) {
        this.truth = truth;
        this.key = key;
        this.numbers = numbers;
        this.clock = clock;
    }

    /**
     * All labels, or none.
     *
     * @throws DataException naming record, field and requirement
     */
    List<Label> read(Records records) {
        List<Label> labels = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            DataException unreadable = records.unreadable().get(i);
            if (unreadable != null) {
                throw unreadable;
            }
            labels.add(read(records.rows().get(i), records.batch() ? "record " + i + ": " : ""));
        }
        return labels;
    }

    private Label read(Map<String, Object> row, String where) {
        String id = text(row, ID, where);
        String recordKey = key == null || row.get(KEY) != null ? text(row, KEY, where) : text(row, key, where);
        if (id == null && recordKey == null) {
            throw wrong(ID, where, "must be there, or " + (key == null ? KEY : KEY + " or " + key));
        }
        Object truthSaid = row.get(truth);
        double selection = selection(row, where);
        Instant said = time(row, where);
        Instant now = clock.instant();
        Instant time = said == null || said.isBefore(now) ? said : now;
        try {
            return new Label(
                    id,
                    id == null ? recordKey : null,
                    numbers ? null : label(truthSaid, where),
                    numbers ? value(truthSaid, where) : Double.NaN,
                    selection,
                    time);
        } catch (IllegalArgumentException e) {
            throw wrong(truth, where, ": " + e.getMessage());
        }
    }

    /** Ids and keys may be numbers; a number is its shortest text, as everywhere. */
    private static String text(Map<String, Object> row, String field, String where) {
        Object value = row.get(field);
        if (value == null) {
            return null;
        }
        String text = plain(value);
        if (text == null || text.isEmpty() || text.length() > 255) {
            throw wrong(field, where, "must be a text of 1 to 255 characters, or a number");
        }
        return text;
    }

    private String label(Object said, String where) {
        String text = said == null ? null : said instanceof Boolean ? said.toString() : plain(said);
        if (text == null || text.isEmpty()) {
            throw wrong(truth, where, "must be the true label");
        }
        return text;
    }

    private double value(Object said, String where) {
        if (said instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(truth, where, "must be the true number, finite");
    }

    /** {@code null} for what is neither text nor number. */
    static String plain(Object value) {
        if (value instanceof CharSequence || value instanceof Enum<?> || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof BigDecimal decimal) {
            boolean few = Math.abs((long) decimal.scale()) + decimal.precision() <= MOST_DIGITS;
            return few ? decimal.stripTrailingZeros().toPlainString() : null;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number)
                    ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    : null;
        }
        return value instanceof Number ? value.toString() : null;
    }

    private static double selection(Map<String, Object> row, String where) {
        Object said = row.get(SELECTION);
        if (said == null) {
            return 1;
        }
        if (said instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw wrong(SELECTION, where, "must be a number above 0 and at most 1");
    }

    private static Instant time(Map<String, Object> row, String where) {
        Object said = row.get(TIME);
        if (said == null || said instanceof Instant) {
            return (Instant) said;
        }
        try {
            if (said instanceof Long || said instanceof Integer) {
                return Instant.ofEpochMilli(((Number) said).longValue());
            }
            if (said instanceof CharSequence text) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            // told below, without the text
        }
        throw wrong(TIME, where, "must be a time with offset as ISO 8601 writes it, or milliseconds since 1970");
    }

    private static DataException wrong(String field, String where, String requirement) {
        return new DataException(Reason.WRONG_FEATURE, List.of(field), where + field + " " + requirement);
    }
}

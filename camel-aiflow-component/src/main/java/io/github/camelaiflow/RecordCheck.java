package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.util.List;
import java.util.Map;

/**
 * Keeps records that lack what the flow declares from any model, also from a fallback that doesn't read the field: while a
 * breaker is open no primary model would notice.
 */
final class RecordCheck {

    private RecordCheck() {}

    /** What is wrong with each record, {@code null} where nothing is; {@code null} if nothing is wrong at all. */
    static DataException[] errors(Schema schema, Records records) {
        DataException[] errors = null;
        if (schema.fields().isEmpty() && records.unreadable().isEmpty()) {
            return null;
        }
        for (int i = 0; i < records.size(); i++) {
            DataException unreadable = records.unreadable().get(i);
            DataException error = unreadable != null
                    ? unreadable
                    : error(schema, records.rows().get(i));
            if (error != null) {
                errors = errors == null ? new DataException[records.size()] : errors;
                errors[i] = error;
            }
        }
        return errors;
    }

    private static DataException error(Schema schema, Map<String, Object> row) {
        try {
            return firstError(schema, row);
        } catch (DataException e) {
            return e;
        }
    }

    private static DataException firstError(Schema schema, Map<String, Object> row) {
        for (Field field : schema.fields()) {
            Object value = row.get(field.name());
            boolean missing =
                    value == null || value instanceof Double d && d.isNaN() || value instanceof Float f && f.isNaN();
            if (missing && !field.missingAllowed()) {
                return new DataException(
                        Reason.MISSING_FEATURE, List.of(field.name()), "field " + field.name() + " must have a value");
            }
            if (!missing && field.type().numeric() && !finiteNumber(value)) {
                return new DataException(
                        Reason.WRONG_FEATURE,
                        List.of(field.name()),
                        "field " + field.name() + " must be a finite number");
            }
        }
        return null;
    }

    private static boolean finiteNumber(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }
}

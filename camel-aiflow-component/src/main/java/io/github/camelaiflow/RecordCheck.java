package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.serving.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps records that lack what the flow declares from any model, also from a fallback that doesn't read the field: while a
 * breaker is open no primary model would notice.
 */
final class RecordCheck {

    private RecordCheck() {}

    /** Asks the model for the records that have what the schema declares; the others get an error in their place. */
    static ServedModel.Answer around(
            Schema schema, ModelInput input, Records records, Function<ModelInput, ServedModel.Answer> model) {
        DataException[] errors = records == null ? null : errors(schema, records);
        if (errors == null) {
            return model.apply(input);
        }
        List<Map<String, Object>> good = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            if (errors[i] == null) {
                good.add(records.rows().get(i));
            }
        }
        ServedModel.Answer answer = model.apply(new ModelInput.Rows(good));
        List<Outcome> outcomes = new ArrayList<>(errors.length);
        int next = 0;
        for (DataException error : errors) {
            outcomes.add(
                    error != null ? Outcome.failed(error) : answer.outcomes().get(next++));
        }
        return new ServedModel.Answer(answer.version(), answer.sha256(), outcomes);
    }

    /** What is wrong with each record, {@code null} where nothing is; {@code null} if nothing is wrong at all. */
    private static DataException[] errors(Schema schema, Records records) {
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

package io.github.camelaiflow.model.features;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects all that is wrong with one row, so that it is told at once. Not thread-safe. */
public final class RowErrors {

    private final String model;
    private final Set<String> missing = new LinkedHashSet<>();
    private final Map<String, String> wrong = new LinkedHashMap<>();

    /** @param model the model's name, for the message */
    public RowErrors(String model) {
        this.model = model;
    }

    /** The field's value is absent, null or NaN. */
    public void missing(String field) {
        missing.add(field);
    }

    /**
     * The field's value can't be taken.
     *
     * @param expected what would be, such as "a finite number"
     */
    public void wrong(String field, String expected) {
        wrong.put(field, expected);
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return missing.isEmpty() && wrong.isEmpty();
    }

    /** The row's error: MISSING_FEATURE if anything is missing, else WRONG_FEATURE. */
    public DataException toException() {
        List<String> parts = new ArrayList<>();
        if (!missing.isEmpty()) {
            parts.add("needs " + String.join(", ", missing) + ": absent, null or NaN in the record");
        }
        wrong.forEach((field, expected) -> parts.add("needs " + expected + " in " + field));
        List<String> fields = new ArrayList<>(missing);
        fields.addAll(wrong.keySet());
        Reason reason = missing.isEmpty() ? Reason.WRONG_FEATURE : Reason.MISSING_FEATURE;
        return new DataException(reason, fields, "model " + model + " " + String.join("; ", parts));
    }

    /** The model's answer for a row is not a number: the row's values are outside what the model can take. */
    public static DataException noAnswer(String model) {
        return new DataException(
                Reason.WRONG_FEATURE, List.of(), "model " + model + " answers NaN for the values of the record");
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Values of records as feedback compares them, alike in a reference file and in the records that come: of a declared category or truth
 * value its text, by which 3, 3.0 and "3" are one; nothing for an empty text. Immutable.
 */
final class DeclaredValues {

    private static final int MOST_DIGITS = 40;

    private final Set<String> texts;

    DeclaredValues(Schema schema) {
        texts = schema.fields().stream()
                .filter(field -> !field.type().numeric())
                .map(Field::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Some fields of a record, in that order. */
    Map<String, Object> of(Map<String, Object> row, List<String> fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field, value(field, row.get(field))));
        return values;
    }

    private Object value(String field, Object value) {
        if (!texts.contains(field)) {
            return value instanceof CharSequence ? value.toString() : value;
        }
        if (value instanceof Number number && Double.isNaN(number.doubleValue())) {
            return null;
        }
        String text = value instanceof Boolean ? value.toString() : LabelReader.plain(value);
        return text == null ? value : text.isBlank() ? null : one(text);
    }

    /** A text that is read as a number or truth value in a file is the same everywhere. Leading zeros make a code, which stays. */
    private static String one(String text) {
        String stripped = text.strip();
        if (stripped.equalsIgnoreCase("true") || stripped.equalsIgnoreCase("false")) {
            return stripped.equalsIgnoreCase("true") ? "true" : "false";
        }
        if (stripped.length() > MOST_DIGITS || !looksLikeNumber(stripped)) {
            return text;
        }
        try {
            String number = LabelReader.plain(new BigDecimal(stripped));
            return number == null ? text : number;
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static boolean looksLikeNumber(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        boolean code = text.length() > first + 1 && text.charAt(first) == '0' && digit(text.charAt(first + 1));
        return !code && text.chars().allMatch(c -> digit((char) c) || "+-.eE".indexOf(c) >= 0);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}

package io.github.camelaiflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.data.Records;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Columns of a definition as rows, with the types pandas would give them.
 *
 * @param columns an object of lists
 * @param types pandas' type by column, for those that JSON cannot tell
 */
record DataFrame(JsonNode columns, JsonNode types) {

    Records records() {
        List<Map<String, Object>> rows = new ArrayList<>();
        columns.properties().forEach(column -> {
            for (int i = 0; i < column.getValue().size(); i++) {
                if (rows.size() == i) {
                    rows.add(new LinkedHashMap<>());
                }
                String type = types.path(column.getKey()).asText();
                rows.get(i)
                        .put(
                                column.getKey(),
                                typed(Trees.value(column.getValue().get(i)), type));
            }
        });
        return Records.batch(rows);
    }

    private static Object typed(Object value, String type) {
        if (value instanceof String text && type.matches("datetime.*|timestamp")) {
            return text.matches("[A-Z].*")
                    ? LocalDateTime.parse(text, DateTimeFormatter.ofPattern("MMM dd yyyy HH:mm:ss", Locale.ENGLISH))
                    : time(text.strip().replaceFirst(" ", "T"));
        }
        if (value instanceof String text && type.equals("int")) {
            return Integer.valueOf(text);
        }
        if (value instanceof Number number && type.matches("float.*")) {
            return number.doubleValue();
        }
        return value instanceof Number && type.equals("str") ? value.toString() : value;
    }

    private static Object time(String text) {
        if (text.matches(".*([+-]\\d\\d:\\d\\d|Z)")) {
            return OffsetDateTime.parse(text);
        }
        return text.contains("T")
                ? LocalDateTime.parse(text)
                : LocalDate.parse(text).atStartOfDay();
    }
}

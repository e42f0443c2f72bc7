package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.python.Values;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.Temporal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a value is, by the type names that both GX and this project know. */
enum Kind {
    INTEGER("int"),
    NUMBER("int", "float"),
    BOOLEAN("bool"),
    TEXT("str"),
    DATE("date"),
    TIME("time"),
    DATE_TIME("datetime"),
    LIST("list"),
    OBJECT("dict"),
    BYTES("bytes"),
    OTHER;

    /** A column is of a kind if most of its explored values are. */
    private static final double MOST = 0.9;

    private final List<String> names;

    Kind(String... names) {
        this.names = List.of(names);
    }

    /** GX's {@code type_list}; empty for a kind without a name. */
    List<String> names() {
        return names;
    }

    boolean numeric() {
        return this == INTEGER || this == NUMBER;
    }

    static Kind of(Object value) {
        if (value instanceof Number) {
            return Values.integral(value) ? INTEGER : NUMBER;
        }
        if (value instanceof Temporal) {
            return value instanceof LocalDate ? DATE : value instanceof LocalTime ? TIME : DATE_TIME;
        }
        if (value instanceof String) {
            return TEXT;
        }
        return value instanceof Boolean
                ? BOOLEAN
                : value instanceof List
                        ? LIST
                        : value instanceof Map ? OBJECT : value instanceof byte[] ? BYTES : OTHER;
    }

    /** The kind of nearly all values; {@code null} if there is none such. */
    static Kind ofMost(List<Object> values) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        values.forEach(value -> counts.merge(of(value), 1, Integer::sum));
        int integers = counts.getOrDefault(INTEGER, 0);
        if (counts.containsKey(NUMBER)) {
            counts.remove(INTEGER);
            counts.merge(NUMBER, integers, Integer::sum);
        }
        return counts.entrySet().stream()
                .filter(kind -> kind.getValue() >= MOST * values.size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}

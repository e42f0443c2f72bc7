package io.github.camelaiflow.validation.expectations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is kept of a value only to show it later, where memory is bounded. */
public final class Shown {

    /** So many characters of a text are kept. */
    public static final int MAX_CHARACTERS = 200;

    private static final int MAX_ELEMENTS = 20;

    private Shown() {}

    /** The value; of a long text its beginning, of what may hold much only what it is. */
    public static Object brief(Object value) {
        if (value instanceof CharSequence text && text.length() > MAX_CHARACTERS) {
            return text.subSequence(0, MAX_CHARACTERS) + "…";
        }
        if (value instanceof List<?> list) {
            return list.size() > MAX_ELEMENTS
                    ? "a list of " + list.size()
                    : list.stream().map(Shown::flat).toList();
        }
        if (value instanceof Map<?, ?> map && map.size() <= MAX_ELEMENTS) {
            Map<Object, Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(name, flat(member)));
            return members;
        }
        return value instanceof Map || value instanceof byte[] ? flat(value) : value;
    }

    private static Object flat(Object value) {
        if (value instanceof List<?> list) {
            return "a list of " + list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return "a map of " + map.size();
        }
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        return value == null ? null : brief(value);
    }
}

package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.data.Output;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Outputs handed to more than one caller: their arrays and lists are copied, because a caller may write to its own. */
final class SharedOutput {

    private SharedOutput() {}

    /** The output itself where no caller can change it. */
    static Output copy(Output output) {
        Object value = copied(output.value());
        return value == output.value() ? output : new Output(value, output.label(), output.score(), output.scores());
    }

    private static Object copied(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copies = new LinkedHashMap<>();
            boolean same = true;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object copy = copied(entry.getValue());
                same &= copy == entry.getValue();
                copies.put(entry.getKey(), copy);
            }
            return same ? map : copies;
        }
        if (value instanceof List<?> list) {
            List<Object> copies = new ArrayList<>(list.size());
            for (Object item : list) {
                Object copy = copied(item);
                copies.add(copy == item && item instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : copy);
            }
            return copies;
        }
        if (value == null || !value.getClass().isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        Object copy = Array.newInstance(value.getClass().getComponentType(), length);
        if (value instanceof Object[] nested) {
            for (int i = 0; i < length; i++) {
                Array.set(copy, i, copied(nested[i]));
            }
        } else {
            System.arraycopy(value, 0, copy, 0, length);
        }
        return copy;
    }
}

package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether values, or the values of several columns together, occur once. Of those that don't, every copy is unexpected, the
 * first one too, as in GX.
 *
 * @param columns the columns whose values count together; empty for one column
 * @param mostly the share of the values, 0 to 1, that must occur once
 */
record Uniqueness(List<String> columns, double mostly, String requirement) implements BatchCheck {

    static Uniqueness ofColumn(Arguments arguments) {
        return new Uniqueness(List.of(), arguments.mostly(), "must be unique");
    }

    static Uniqueness ofColumns(Arguments arguments) {
        List<String> columns = new ArrayList<>();
        if (arguments.value("column_list") instanceof List<?> names) {
            names.forEach(name -> columns.add(String.valueOf(name)));
        }
        return new Uniqueness(columns, arguments.mostly(), "must be unique together");
    }

    @Override
    public int share() {
        return 4;
    }

    @Override
    public BatchState newState(Memory memory) {
        return memory.exact() ? new Exact() : new UniquenessSketch(this, memory);
    }

    /** What tells the value from others. */
    Object key(Object value) throws Unjudgeable {
        return columns.isEmpty() ? Keys.of(value) : Keys.ofAll((List<?>) value);
    }

    /** How GX lists a value: several columns as a map. */
    Object shown(Object value) {
        if (columns.isEmpty()) {
            return value;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.put(columns.get(i), ((List<?>) value).get(i));
        }
        return fields;
    }

    /** Keeps everything, as which copies there will be is known only at the end. */
    private final class Exact implements BatchState {

        private final Map<Object, Integer> copies = new HashMap<>();
        private final List<Object> keys = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();
        private final List<Integer> indexes = new ArrayList<>();
        private String error;

        @Override
        public void add(Object value, int index) {
            try {
                add(key(value), value, index);
            } catch (Unjudgeable e) {
                error = error == null ? e.getMessage() : error;
            }
        }

        private void add(Object key, Object value, int index) {
            copies.merge(key, 1, Integer::sum);
            keys.add(key);
            values.add(value);
            indexes.add(index);
        }

        @Override
        public void merge(BatchState state, int offset) {
            Exact later = (Exact) state;
            for (int i = 0; i < later.keys.size(); i++) {
                add(later.keys.get(i), later.values.get(i), later.indexes.get(i) + offset);
            }
            error = error == null ? later.error : error;
        }

        @Override
        public Finding finding(Counted counted) {
            if (error != null) {
                return Finding.failed(error);
            }
            Misses misses = new Misses(Memory.EXACT);
            if (copies.size() < keys.size()) {
                for (int i = 0; i < keys.size(); i++) {
                    if (copies.get(keys.get(i)) > 1) {
                        misses.add(shown(values.get(i)), indexes.get(i));
                    }
                }
            }
            return misses.judged(mostly, counted);
        }
    }
}

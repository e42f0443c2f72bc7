package io.github.camelaiflow.data;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * One number per name, in order: a map over an array, so that the scores of a batch share their names and cost little
 * each. Immutable; no name and no number is {@code null}.
 */
public final class Scores extends AbstractMap<String, Double> {

    private final List<String> names;
    private final double[] values;

    private Scores(List<String> names, double[] values) {
        this.names = names;
        this.values = values;
    }

    /**
     * The numbers under the names.
     *
     * @param names unique; kept as they are if they are immutable, as {@link List#copyOf} has it
     * @param values one per name; the caller must not change them any more
     * @throws IllegalArgumentException if there isn't one value per name
     */
    public static Scores of(List<String> names, double[] values) {
        if (names.size() != values.length) {
            throw new IllegalArgumentException(
                    "scores need one value per name, were " + names.size() + " and " + values.length);
        }
        return new Scores(List.copyOf(names), values);
    }

    /** The name's number, {@code null} if it isn't there; a search through the names, which are few. */
    @Override
    public Double get(Object name) {
        int index = name == null ? -1 : names.indexOf(name);
        return index < 0 ? null : values[index];
    }

    @Override
    public boolean containsKey(Object name) {
        return name != null && names.contains(name);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Set<Entry<String, Double>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public Iterator<Entry<String, Double>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, Double>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Entry<String, Double> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("there are " + values.length + " scores");
            }
            return Map.entry(names.get(next), values[next++]);
        }
    }
}

package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How often each value of a column came. Values that are expected are always counted; of others in bounded memory only as many
 * different ones as fit, from then on only how often one of them came.
 */
final class ValueCounts implements Accumulator<ValueCounts> {

    /** About what a counted value holds besides its characters, in bytes. */
    private static final int ENTRY = 120;

    /** A value, as it came first, and how often it came. */
    static final class Count {

        private final Object value;
        private long times;

        private Count(Object value, long times) {
            this.value = value;
            this.times = times;
        }

        Object value() {
            return value;
        }

        long times() {
            return times;
        }
    }

    private final Set<Object> expected;
    private final Map<Object, Count> counts = new HashMap<>();
    private final long budget;
    private long used;
    private long uncounted;
    private long total;

    /** @param expected keys of values that are counted in any case */
    ValueCounts(Memory memory, Set<Object> expected) {
        this.expected = expected;
        this.budget = memory.exact() ? Long.MAX_VALUE : memory.bytes();
    }

    /**
     * What stands for the value where Java looks for equal ones.
     *
     * @throws Unjudgeable if Python cannot look for it either
     */
    static Object key(Object value) throws Unjudgeable {
        Object key = Values.canonical(value);
        if (key instanceof List || key instanceof Map || key instanceof byte[]) {
            throw new Unjudgeable(
                    "lists, maps and bytes cannot be told apart as values; choose a column of plain values");
        }
        return key;
    }

    @Override
    public void add(Object value) throws Unjudgeable {
        add(key(value), value, 1);
    }

    private void add(Object key, Object value, long times) {
        total += times;
        Count count = counts.get(key);
        if (count != null) {
            count.times += times;
        } else if (fits(key)) {
            counts.put(key, new Count(value, times));
        } else {
            uncounted += times;
        }
    }

    private boolean fits(Object key) {
        if (expected.contains(key)) {
            return true;
        }
        long size = ENTRY + (key instanceof String text ? 2L * text.length() : 0);
        boolean fits = uncounted == 0 && used + size <= budget;
        used += fits ? size : 0;
        return fits;
    }

    @Override
    public void merge(ValueCounts later) {
        later.counts.forEach((key, count) -> add(key, count.value, count.times));
        total += later.uncounted;
        uncounted += later.uncounted;
    }

    /** How many values came. */
    long total() {
        return total;
    }

    /** Whether every value was counted. */
    boolean complete() {
        return uncounted == 0;
    }

    /** How often values came that were not counted. */
    long uncounted() {
        return uncounted;
    }

    /** How often the value of that key came. */
    long times(Object key) {
        Count count = counts.get(key);
        return count == null ? 0 : count.times;
    }

    /** Whether only expected values came. */
    boolean allExpected() {
        return complete() && expected.containsAll(counts.keySet());
    }

    /** Whether all expected values came. */
    boolean everyExpected() {
        return counts.keySet().containsAll(expected);
    }

    /** All that were counted, in order of their values. */
    List<Count> sorted() {
        return others(Set.of());
    }

    /** All that were counted but those of some keys, in order of their values. */
    List<Count> others(Set<Object> keys) {
        List<Count> sorted = new ArrayList<>();
        counts.forEach((key, count) -> {
            if (!keys.contains(key)) {
                sorted.add(count);
            }
        });
        sorted.sort(Comparator.comparing(Count::value, Ordering.SORTED));
        return sorted;
    }
}

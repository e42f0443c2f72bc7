package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

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

    private static final Comparator<Count> BY_VALUE = Comparator.comparing(Count::value, Ordering.SORTED);

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

    @Override
    public void add(Object value) throws Unjudgeable {
        add(Keys.of(value), value, 1);
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
        long size = ENTRY + size(key);
        boolean fits = uncounted == 0 && used + size <= budget;
        used += fits ? size : 0;
        return fits;
    }

    private static long size(Object key) {
        if (key instanceof ByteBuffer bytes) {
            return bytes.remaining();
        }
        return key instanceof String text ? 2L * text.length() : 0;
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

    /** How many different values were counted. */
    int distinct() {
        return counts.size();
    }

    /** How often the most frequent value came; 0 for none. */
    long most() {
        return counts.values().stream().mapToLong(Count::times).max().orElse(0);
    }

    /** How many values came that often. */
    long tied(long times) {
        return counts.values().stream().filter(count -> count.times == times).count();
    }

    /** All that were counted but those of some keys, in order of their values. */
    List<Count> others(Set<Object> keys) {
        List<Count> others = new ArrayList<>();
        counts.forEach((key, count) -> {
            if (!keys.contains(key)) {
                others.add(count);
            }
        });
        others.sort(BY_VALUE);
        return others;
    }

    /** Those that are wanted, in order of their values, the first of them: sorting a million to show a few takes too long. */
    List<Count> first(int limit, Predicate<Count> wanted) {
        PriorityQueue<Count> first = new PriorityQueue<>(BY_VALUE.reversed());
        for (Count count : counts.values()) {
            boolean room = first.size() < limit;
            if (wanted.test(count) && (room || BY_VALUE.compare(count, first.peek()) < 0)) {
                first.add(count);
                if (!room) {
                    first.remove();
                }
            }
        }
        List<Count> sorted = new ArrayList<>(first);
        sorted.sort(BY_VALUE);
        return sorted;
    }
}

package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.FrequentValues;
import io.github.camelaiflow.statistics.FrequentValues.Frequency;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The most frequent values of a column: exact where all may be kept, else with certain bounds of their counts. */
final class Frequencies implements Accumulator<Frequencies> {

    /** About what a counted value holds in memory, its characters included, in bytes. */
    private static final int ENTRY = 512;

    /** Longer texts are told apart by their beginning and a hash, so that memory stays bounded. */
    private static final int LONGEST_TEXT = 200;

    private static final int FEWEST = 16;

    private final ValueCounts kept;
    private final FrequentValues<Object> sketch;

    Frequencies(Memory memory) {
        this.kept = memory.exact() ? new ValueCounts(memory, Set.of()) : null;
        this.sketch = memory.exact() ? null : new FrequentValues<>(Math.max(FEWEST, memory.bytes() / ENTRY));
    }

    @Override
    public void add(Object value) throws Unjudgeable {
        if (kept == null) {
            sketch.add(shortened(Keys.of(value)));
        } else {
            kept.add(value);
        }
    }

    @Override
    public void merge(Frequencies later) {
        if (kept == null) {
            sketch.merge(later.sketch);
        } else {
            kept.merge(later.kept);
        }
    }

    private static Object shortened(Object key) {
        if (key instanceof ByteBuffer bytes) {
            return "bytes " + DistinctTally.hash(bytes);
        }
        return key instanceof String text && text.length() > LONGEST_TEXT
                ? text.substring(0, LONGEST_TEXT) + "…" + DistinctTally.hash(text)
                : key;
    }

    boolean exact() {
        return kept != null || sketch.exact();
    }

    /** How often a value that is not among the most frequent may have come. */
    long maximumError() {
        return exact() ? 0 : sketch.maximumError();
    }

    /** The first values, in order, of those that came most often; several for a tie. Where not exact, by what they came at most. */
    List<Frequency<Object>> modes(int limit) {
        long most = most();
        List<Frequency<Object>> modes = new ArrayList<>();
        if (kept == null) {
            sketch.top(Integer.MAX_VALUE).stream()
                    .filter(frequency -> frequency.upper() == most)
                    .sorted((a, b) -> Ordering.SORTED.compare(a.value(), b.value()))
                    .limit(limit)
                    .forEach(modes::add);
        } else {
            kept.first(limit, count -> count.times() == most)
                    .forEach(count -> modes.add(new Frequency<>(count.value(), most, most)));
        }
        return modes;
    }

    /** How many values came most often. */
    long ties() {
        long most = most();
        return kept == null
                ? sketch.top(Integer.MAX_VALUE).stream()
                        .filter(frequency -> frequency.upper() == most)
                        .count()
                : kept.tied(most);
    }

    /** How often the most common value came, or may have come. */
    long most() {
        return kept == null ? sketch.top(1).stream().mapToLong(Frequency::upper).sum() : kept.most();
    }

    /** Whether the value of that key came, and came {@link #most} often. */
    boolean mode(Object key, long most) {
        Object known = kept == null ? shortened(key) : key;
        boolean came = kept == null ? sketch.lowerCount(known) > 0 : kept.times(key) > 0;
        return came && (kept == null ? sketch.upperCount(known) : kept.times(key)) == most;
    }

    /** How often any but this value may have come. */
    long mostOfOthers(Frequency<Object> mode) {
        long most = sketch.top(2).stream()
                .filter(frequency -> !frequency.value().equals(mode.value()))
                .mapToLong(Frequency::upper)
                .max()
                .orElse(0);
        return Math.max(most, maximumError());
    }
}

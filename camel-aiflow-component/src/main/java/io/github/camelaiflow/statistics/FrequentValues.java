package io.github.camelaiflow.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;

/**
 * How often values occur in a stream: exact up to a number of different values, then the frequent ones with bounds that are
 * certain: J. Misra and D. Gries, "Finding repeated elements", Science of Computer Programming 2(2), 1982, in the form of
 * D. Anderson et al., "A high-performance algorithm for identifying frequent items in data streams", IMC 2017, by Apache
 * DataSketches. Values count as one where they are {@code equals}; those whose {@code hashCode} is the same on every
 * machine, such as texts, numbers and lists of these, give the same answers on every machine.
 *
 * <p>Memory: up to 18 bytes a slot and 4/3 to 8/3 slots a value of the capacity, besides the values themselves: who lets
 * long texts in, pays for them. Not thread-safe.
 */
public final class FrequentValues<T> {

    private static final int MIN_SLOTS = 8;
    private static final int SLOT_BYTES = 18;
    private static final int OVERHEAD = 200;

    private final int capacity;
    private final ItemsSketch<T> sketch;

    /**
     * @param capacity how many different values are counted exactly, at least
     * @throws IllegalArgumentException if it is not from 1 to 100,000,000
     */
    public FrequentValues(int capacity) {
        if (capacity < 1 || capacity > 100_000_000) {
            throw new IllegalArgumentException(
                    "the capacity for different values must be from 1 to 100000000, was " + capacity);
        }
        this.capacity = capacity;
        // The sketch fills three quarters of its slots, of which there is a power of 2.
        int slots = Integer.highestOneBit(capacity + capacity / 3) * 2;
        this.sketch = new ItemsSketch<>(Math.max(MIN_SLOTS, slots));
    }

    /** Takes a value. */
    public void add(T value) {
        sketch.update(value);
    }

    /** Takes what another one took; the other one stays as it is. The errors add up. */
    public void merge(FrequentValues<T> other) {
        sketch.merge(other == this ? other.copy().sketch : other.sketch);
    }

    /** Counts of their own with the same state. */
    public FrequentValues<T> copy() {
        FrequentValues<T> copy = new FrequentValues<>(capacity);
        copy.sketch.merge(sketch);
        return copy;
    }

    /** How many values came. */
    public long count() {
        return sketch.getStreamLength();
    }

    /** How many different values are counted: all there are if {@link #exact}. */
    public int size() {
        return sketch.getNumActiveItems();
    }

    /** Whether every count is exact and no value is missing. */
    public boolean exact() {
        return sketch.getMaximumError() == 0;
    }

    /** By how much a lower and an upper count may differ, and how often a value that is not counted may have come. */
    public long maximumError() {
        return sketch.getMaximumError();
    }

    /** How often a value came at least. */
    public long lowerCount(T value) {
        return sketch.getLowerBound(value);
    }

    /** How often a value came at most. */
    public long upperCount(T value) {
        return sketch.getUpperBound(value);
    }

    /**
     * The most frequent values by their upper counts, equal ones in the order of their texts. A value that is not among all
     * that are counted came at most {@link #maximumError} times.
     *
     * @param values how many at most
     */
    public List<Frequency<T>> top(int values) {
        return Arrays.stream(sketch.getFrequentItems(0, ErrorType.NO_FALSE_NEGATIVES))
                .map(row -> new Frequency<>(row.getItem(), row.getLowerBound(), row.getUpperBound()))
                .sorted(Comparator.comparingLong((Frequency<T> frequency) -> -frequency.upper())
                        .thenComparing(frequency -> String.valueOf(frequency.value())))
                .limit(values)
                .toList();
    }

    /** How much memory this holds now at most, in bytes, without the values. */
    public long bytes() {
        return OVERHEAD + (long) SLOT_BYTES * sketch.getCurrentMapCapacity() * 4 / 3;
    }

    /** A value and how often it came: at least and at most. */
    public record Frequency<T>(T value, long lower, long upper) {}
}

package io.github.camelaiflow.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Quantiles and ranks of a stream of doubles in bounded memory, with an error bound that is certain, not probable.
 *
 * <p>Values stand on levels; one on level h counts for 2^h values of the stream. When the memory is full, the lowest level
 * that holds more than its share of it is sorted and every other value moves up, which keeps the count and changes no
 * value's rank by more than 2^h: upwards where the first, third, … stay, downwards where the second, fourth, … stay. Both
 * sums are kept, and the side that owes less pays next, so the bound is about half of what equal sides would give.
 * Compactors and levels after G. S. Manku, S. Rajagopalan and B. G. Lindsay, "Approximate medians and other quantiles in
 * one pass and with limited memory", SIGMOD 1998, and Z. Karnin, K. Lang and E. Liberty, "Optimal quantile approximation in
 * streams", FOCS 2016, whose coin the two sums replace: the same stream gives the same sketch on every machine. (The
 * KLL sketch of Apache DataSketches draws from one generator that cannot be seeded.) All levels have the same share,
 * as that is best for a certain bound.
 *
 * <p>Memory: 8 bytes a kept value and about 200 bytes besides, growing with the stream up to the capacity; while values are
 * compacted, merged or read, up to twice that again for a moment. Not thread-safe; reading may sort, so it counts as
 * a change.
 */
public final class QuantileSketch {

    /** The fewest values a sketch keeps. */
    public static final int MIN_CAPACITY = 64;

    private static final int OVERHEAD = 200;

    private final int capacity;
    private CompactorLevels levels;
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long up;
    private long down;

    /**
     * @param capacity how many values are kept; up to as many, everything is exact
     * @throws IllegalArgumentException if the capacity is below {@link #MIN_CAPACITY}
     */
    public QuantileSketch(int capacity) {
        if (capacity < MIN_CAPACITY) {
            throw new IllegalArgumentException(
                    "a quantile sketch must keep at least " + MIN_CAPACITY + " values, was " + capacity);
        }
        this.capacity = capacity;
        this.levels = new CompactorLevels(capacity);
    }

    /**
     * The most exact sketch for a memory budget.
     *
     * @param bytes what it may hold, see {@link #bytes}
     * @param records how many values may come; fewer than fit need no more than themselves
     * @throws IllegalArgumentException if the budget is too small for {@link #MIN_CAPACITY} values
     */
    public static QuantileSketch ofBytes(int bytes, long records) {
        long fitting = (bytes - OVERHEAD) / Double.BYTES;
        return new QuantileSketch((int) Math.min(fitting, Math.max(records, MIN_CAPACITY)));
    }

    /**
     * Takes a value; infinite ones too, and -0.0 as 0.0.
     *
     * @throws IllegalArgumentException if it is NaN, which has no rank
     */
    public void add(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("a quantile sketch takes numbers only, was NaN");
        }
        if (levels.size() == capacity) {
            compact();
        }
        double canonical = value + 0.0;
        levels.add(canonical);
        count++;
        min = Math.min(min, canonical);
        max = Math.max(max, canonical);
    }

    /** Takes another sketch's values, as if they had come here; the other one stays as it is. The errors add up. */
    public void merge(QuantileSketch other) {
        levels = levels.with(other.levels);
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        up += other.up;
        down += other.down;
        while (levels.size() > capacity) {
            compact();
        }
        levels.fit();
    }

    /** A sketch of its own with the same state. */
    public QuantileSketch copy() {
        QuantileSketch copy = new QuantileSketch(capacity);
        copy.merge(this);
        return copy;
    }

    /** All of it, to be kept elsewhere; see {@link #of}. */
    public State state() {
        return new State(capacity, count, min, max, up, down, levels.runs());
    }

    /**
     * The sketch that {@link #state} told of: it answers and goes on as that one would have.
     *
     * @throws IllegalArgumentException if no sketch can have that state
     */
    public static QuantileSketch of(State state) {
        state.check();
        QuantileSketch sketch = new QuantileSketch(state.capacity());
        if (state.count() > 0) {
            sketch.levels = CompactorLevels.of(state.capacity(), state.levels());
            sketch.count = state.count();
            sketch.min = state.min();
            sketch.max = state.max();
            sketch.up = state.up();
            sketch.down = state.down();
        }
        return sketch;
    }

    /**
     * A sketch's whole state.
     *
     * @param capacity how many values are kept at most
     * @param count how many values came
     * @param min the smallest; +infinity if none came
     * @param max the largest; -infinity if none came
     * @param up by how many places ranks may be too high
     * @param down by how many places they may be too low
     * @param levels the values kept, ascending; one on the h-th level, counted from 0, stands for 2^h
     */
    public record State(int capacity, long count, double min, double max, long up, long down, List<double[]> levels) {

        private static final int MOST_LEVELS = 56;

        public State {
            levels = List.copyOf(levels);
        }

        private void check() {
            require(capacity >= MIN_CAPACITY, "the capacity must be " + MIN_CAPACITY + " or more");
            require(count >= 0 && up >= 0 && down >= 0, "count and errors must be 0 or more");
            require(!levels.isEmpty() && levels.size() <= MOST_LEVELS, "there must be 1 to " + MOST_LEVELS + " levels");
            long kept = 0;
            long weight = 0;
            for (int level = 0; level < levels.size(); level++) {
                checkRun(levels.get(level));
                kept += levels.get(level).length;
                require(kept <= capacity, "there must not be more values than the capacity");
                long length = levels.get(level).length;
                require(length <= (count - weight) >> level, "the values on the levels must fit the count");
                weight += length << level;
            }
            require(weight == count, "the values on the levels must fit the count");
            // A level is reached by moving values up from each one below, at the price of one value's weight at least.
            long least = (1L << levels.size() - 1) - 1;
            require(up <= count && down <= count && up + down >= least, "the errors must fit the levels");
            require(levels.size() > 1 || up + down == 0, "the errors must fit the levels");
        }

        private void checkRun(double[] run) {
            for (int i = 0; i < run.length; i++) {
                require(run[i] >= min && run[i] <= max, "values must lie between the extremes");
                require(i == 0 || run[i - 1] <= run[i], "the values of a level must ascend");
            }
        }

        private static void require(boolean condition, String requirement) {
            if (!condition) {
                throw new IllegalArgumentException(requirement);
            }
        }
    }

    private void compact() {
        int level = levels.fullLevel();
        if (up <= down) {
            up += levels.compact(level, true);
        } else {
            down += levels.compact(level, false);
        }
    }

    /** How many values came. */
    public long count() {
        return count;
    }

    /** Whether every value is still kept, so that all answers are exact. */
    public boolean exact() {
        return up == 0 && down == 0;
    }

    /**
     * By how much {@link #rank} may be off and the true rank of a {@link #quantile} may lie beside what was asked for, as a
     * share of the count. Certain for any stream in any order, through merges too; 0 while {@link #exact}.
     */
    public double rankError() {
        return count == 0 ? 0 : (double) Math.max(up, down) / count;
    }

    /** The smallest value, exact; +infinity if none came. */
    public double min() {
        return min;
    }

    /** The largest value, exact; -infinity if none came. */
    public double max() {
        return max;
    }

    /** The quantile by {@link Interpolation#NEAREST_RANK}; see {@link #quantile(double, Interpolation)}. */
    public double quantile(double p) {
        return quantile(p, Interpolation.NEAREST_RANK);
    }

    /**
     * The value below which the share p lies; 0 gives the minimum and 1 the maximum, both exact.
     *
     * @return NaN if no value came, or where infinite values of both signs would have to be interpolated
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public double quantile(double p, Interpolation interpolation) {
        return quantiles(interpolation, p)[0];
    }

    /** Many quantiles at the cost of one; see {@link #quantile(double, Interpolation)}. */
    public double[] quantiles(Interpolation interpolation, double... shares) {
        for (double p : shares) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a quantile's share must be from 0 to 1, was " + p);
            }
        }
        double[] quantiles = new double[shares.length];
        if (count == 0) {
            Arrays.fill(quantiles, Double.NaN);
            return quantiles;
        }
        Interpolation.SortedValues sorted = levels.sorted(min, max, count);
        Arrays.setAll(quantiles, i -> interpolation.read(shares[i], count, sorted));
        return quantiles;
    }

    /** The share of the values that are at most this one, within {@link #rankError}; NaN if no value came. */
    public double rank(double value) {
        return (double) countAtMost(value) / count;
    }

    /** How many values are at most this one, within {@link #rankError} of the count. */
    public long countAtMost(double value) {
        if (value >= max) {
            return count;
        }
        return value < min ? 0 : levels.weightUpTo(value, true);
    }

    /** How many values are less than this one, within {@link #rankError} of the count. */
    public long countBelow(double value) {
        if (value > max) {
            return count;
        }
        return value <= min ? 0 : levels.weightUpTo(value, false);
    }

    /**
     * How many values lie in each bin, as numpy's {@code histogram} counts: a bin has its left edge and not its right
     * one, the last has both. Values outside the edges are in none; {@link #countBelow} and {@link #countAtMost} tell
     * how many. A bin may be off by twice the {@link #rankError}.
     *
     * @param edges ascending, at least 2, none NaN
     * @return one count a bin
     * @throws IllegalArgumentException if the edges are fewer or do not ascend
     */
    public long[] histogram(double[] edges) {
        if (edges.length < 2) {
            throw new IllegalArgumentException("a histogram must have at least 2 edges, had " + edges.length);
        }
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i - 1] <= edges[i])) {
                throw new IllegalArgumentException("a histogram's edges must ascend");
            }
        }
        long[] bins = new long[edges.length - 1];
        long before = countBelow(edges[0]);
        for (int i = 0; i < bins.length; i++) {
            long upTo = i == bins.length - 1 ? countAtMost(edges[i + 1]) : countBelow(edges[i + 1]);
            bins[i] = upTo - before;
            before = upTo;
        }
        return bins;
    }

    /** How much memory this holds now, in bytes. */
    public long bytes() {
        return OVERHEAD + levels.bytes();
    }
}

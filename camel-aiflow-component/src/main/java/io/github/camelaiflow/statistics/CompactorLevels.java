package io.github.camelaiflow.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a {@link QuantileSketch}, level after level in one array, the free room before the first: level h stands at
 * {@code starts[h]} to {@code starts[h + 1]}. All levels but the first are sorted. Not thread-safe.
 */
final class CompactorLevels {

    private static final int FIRST_ROOM = 32;

    private final int capacity;
    private double[] values;
    private int[] starts;
    private int levels = 1;
    private boolean sorted = true;

    /** @param capacity how many values it can hold */
    CompactorLevels(int capacity) {
        this.capacity = capacity;
        values = new double[Math.min(FIRST_ROOM, capacity)];
        starts = new int[] {values.length, values.length};
    }

    /** Levels with these values, each level's ascending, no more than the capacity. */
    static CompactorLevels of(int capacity, List<double[]> runs) {
        CompactorLevels levels = new CompactorLevels(capacity);
        levels.values = new double[runs.stream().mapToInt(run -> run.length).sum()];
        levels.levels = runs.size();
        levels.starts = new int[runs.size() + 1];
        for (int level = 0; level < runs.size(); level++) {
            double[] run = runs.get(level);
            for (int i = 0; i < run.length; i++) {
                // As the sketch takes them: -0.0 as 0.0
                levels.values[levels.starts[level] + i] = run[i] + 0.0;
            }
            levels.starts[level + 1] = levels.starts[level] + run.length;
        }
        return levels;
    }

    /** The values of each level, ascending; copies. */
    List<double[]> runs() {
        sortFirst();
        List<double[]> runs = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            runs.add(run(level));
        }
        return runs;
    }

    int size() {
        return values.length - starts[0];
    }

    /** Only what grows with the capacity; the few level starts are in the sketch's overhead. */
    long bytes() {
        return (long) Double.BYTES * values.length;
    }

    /** Takes a value; the size must be below the capacity. */
    void add(double value) {
        if (starts[0] == 0) {
            resize(Math.min(capacity, Math.max(FIRST_ROOM, values.length * 2)));
        }
        values[--starts[0]] = value;
        sorted = false;
    }

    /** Makes the room as small as the capacity again; what is kept must fit. */
    void fit() {
        if (values.length > capacity) {
            resize(capacity);
        }
    }

    private void resize(int room) {
        double[] other = new double[room];
        System.arraycopy(values, starts[0], other, room - size(), size());
        int shift = room - values.length;
        for (int i = 0; i <= levels; i++) {
            starts[i] += shift;
        }
        values = other;
    }

    /** The lowest level that holds at least its share of the capacity, and two values at least; there must be one. */
    int fullLevel() {
        int share = Math.max(2, capacity / levels);
        for (int level = 0; level < levels; level++) {
            if (starts[level + 1] - starts[level] >= share) {
                return level;
            }
        }
        throw new IllegalStateException("some level must hold its share");
    }

    /**
     * Moves every other value of a level one level up; of an odd number the smallest stays.
     *
     * @param first whether the first of each pair moves up, or the second
     * @return by how much a rank may have changed: the weight of a value here
     */
    long compact(int level, boolean first) {
        sortFirst();
        if (level == levels - 1) {
            starts = Arrays.copyOf(starts, levels + 2);
            starts[levels + 1] = values.length;
            levels++;
        }
        int begin = starts[level];
        int end = starts[level + 1];
        int odd = (end - begin) & 1;
        double[] moved = new double[(end - begin) / 2];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = values[begin + odd + 2 * i + (first ? 0 : 1)];
        }
        merge(moved, end, starts[level + 2]);
        System.arraycopy(values, starts[0], values, starts[0] + moved.length, begin + odd - starts[0]);
        for (int i = 0; i < level; i++) {
            starts[i] += moved.length;
        }
        starts[level] = end - moved.length - odd;
        starts[level + 1] = end - moved.length;
        return 1L << level;
    }

    /** Merges the moved values with the run from {@code from} to {@code to}; the result ends where the run ends. */
    private void merge(double[] moved, int from, int to) {
        int next = from;
        int at = from - moved.length;
        for (double value : moved) {
            while (next < to && values[next] < value) {
                values[at++] = values[next++];
            }
            values[at++] = value;
        }
    }

    private void sortFirst() {
        if (!sorted) {
            Arrays.sort(values, starts[0], starts[1]);
            sorted = true;
        }
    }

    /** Both, level by level, as a new object that may hold more than this one's capacity; neither changes but for its order within the first level. */
    CompactorLevels with(CompactorLevels other) {
        sortFirst();
        other.sortFirst();
        CompactorLevels both = new CompactorLevels(capacity);
        both.values = new double[size() + other.size()];
        both.levels = Math.max(levels, other.levels);
        both.starts = new int[both.levels + 1];
        int end = both.values.length;
        both.starts[both.levels] = end;
        for (int level = both.levels - 1; level >= 0; level--) {
            double[] run = run(level);
            double[] otherRun = other.run(level);
            System.arraycopy(otherRun, 0, both.values, end - otherRun.length, otherRun.length);
            both.merge(run, end - otherRun.length, end);
            end -= run.length + otherRun.length;
            both.starts[level] = end;
        }
        return both;
    }

    private double[] run(int level) {
        return level < levels ? Arrays.copyOfRange(values, starts[level], starts[level + 1]) : new double[0];
    }

    /** How many values of the stream those stand for that are less than this one, or equal to it too. */
    long weightUpTo(double value, boolean inclusive) {
        sortFirst();
        long weight = 0;
        for (int level = 0; level < levels; level++) {
            int low = starts[level];
            int high = starts[level + 1];
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (values[middle] < value || inclusive && values[middle] == value) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            weight += (long) (low - starts[level]) << level;
        }
        return weight;
    }

    /** The stream's sorted values as far as they are kept, with its true ends. */
    Interpolation.SortedValues sorted(double min, double max, long count) {
        sortFirst();
        double[] all = new double[size()];
        long[] upTo = new long[size()];
        int[] next = Arrays.copyOf(starts, levels);
        long weight = 0;
        for (int i = 0; i < all.length; i++) {
            int level = lowest(next);
            all[i] = values[next[level]++];
            weight += 1L << level;
            upTo[i] = weight;
        }
        return position -> {
            if (position <= 0 || position >= count - 1) {
                return position <= 0 ? min : max;
            }
            int at = Arrays.binarySearch(upTo, position + 1);
            return all[at >= 0 ? at : -at - 1];
        };
    }

    private int lowest(int[] next) {
        int lowest = -1;
        for (int level = 0; level < levels; level++) {
            if (next[level] < starts[level + 1] && (lowest < 0 || values[next[level]] < values[next[lowest]])) {
                lowest = level;
            }
        }
        return lowest;
    }
}

package io.github.camelaiflow.statistics;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * A uniform sample without replacement from a stream of unknown length, in constant memory: Algorithm L of K.-H. Li,
 * "Reservoir-Sampling Algorithms of Time Complexity O(n(1+log(N/n)))", ACM TOMS 20(4), 1994. It only says where an item
 * goes, so that the caller can keep the items in columns. Skipped items cost one comparison.
 *
 * <p>Not thread-safe.
 */
public final class Reservoir {

    /** The answer for an item that is not kept. */
    public static final int SKIP = -1;

    private final int capacity;
    private final UniformRandomProvider random;
    private long seen;
    private long nextKept;
    private double weight;

    /**
     * @param capacity how many items are kept
     * @param random decides which; used by this reservoir alone
     * @throws IllegalArgumentException if the capacity is below 1
     */
    public Reservoir(int capacity, UniformRandomProvider random) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a reservoir must hold at least 1 item, was " + capacity);
        }
        this.capacity = capacity;
        this.random = random;
        restart();
    }

    /**
     * The place of the stream's next item: the first {@code capacity} items get the places in order, a later one takes
     * the place of a kept one or is not kept.
     *
     * @return a place from 0 to {@code capacity - 1}, or {@link #SKIP}
     */
    public int next() {
        long item = seen++;
        if (item < capacity) {
            return (int) item;
        }
        if (item < nextKept) {
            return SKIP;
        }
        int place = random.nextInt(capacity);
        advance(item);
        return place;
    }

    /** How many items are kept at most. */
    public int capacity() {
        return capacity;
    }

    /** How many items the stream had since the start or the last {@link #restart}. */
    public long seen() {
        return seen;
    }

    /** How many of them are kept. */
    public int size() {
        return (int) Math.min(seen, capacity);
    }

    /**
     * Where a reservoir has got to, so that another can go on.
     *
     * @param seen how many items the stream had
     * @param nextKept number of the next item after the first {@code capacity} ones that is kept, from 0
     * @param weight Algorithm L's W: the largest of the random keys of the items kept, above 0, at most 1
     */
    public record State(long seen, long nextKept, double weight) {}

    /** Where it has got to. */
    public State state() {
        return new State(seen, nextKept, weight);
    }

    /**
     * Goes on where another reservoir of the same capacity stopped; the random stream is this one's.
     *
     * @throws IllegalArgumentException if no reservoir can be there
     */
    public void resume(State state) {
        boolean possible = state.seen >= 0
                && state.nextKept >= Math.max(capacity, state.seen)
                && state.weight >= 0
                && state.weight <= 1;
        if (!possible) {
            throw new IllegalArgumentException("a reservoir of " + capacity + " cannot have got to " + state);
        }
        seen = state.seen;
        nextKept = state.nextKept;
        weight = state.weight;
    }

    /** Forgets the stream and begins another; the random stream goes on. */
    public void restart() {
        seen = 0;
        weight = 1;
        advance(capacity - 1L);
    }

    private void advance(long item) {
        weight *= Math.exp(Math.log(uniform()) / capacity);
        double skipped = Math.floor(Math.log(uniform()) / Math.log1p(-weight));
        nextKept = skipped < Long.MAX_VALUE - item - 1 ? item + 1 + (long) skipped : Long.MAX_VALUE;
    }

    /** In (0, 1], so that its logarithm is finite. */
    private double uniform() {
        return 1 - random.nextDouble();
    }
}

package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.statistics.Hash64;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Categories too many to be told apart: exact counts of the buckets they are hashed into, and an estimate of how many there are. The
 * same for the same values, however they are split and merged. Not thread-safe.
 */
final class HashedCategories {

    /** Gives a number of different categories to about 6 %. */
    static final int SMALLEST = 256;

    private static final Hash64 HASH = new Hash64(1);
    private static final double HASHES = 0x1p64;

    private final long[] buckets;
    private final SortedSet<Long> smallest = new TreeSet<>(Comparator.comparing(hash -> hash + Long.MIN_VALUE));

    HashedCategories() {
        this(new long[CategorySample.BUCKETS]);
    }

    HashedCategories(long[] buckets) {
        this.buckets = buckets;
    }

    void add(String category, long count) {
        buckets[CategorySample.bucket(category)] += count;
        addHash(HASH.of(category));
    }

    void addHash(long hash) {
        boolean small = smallest.size() < SMALLEST || Long.compareUnsigned(hash, smallest.last()) < 0;
        if (small && smallest.add(hash) && smallest.size() > SMALLEST) {
            smallest.remove(smallest.last());
        }
    }

    void merge(HashedCategories other) {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] += other.buckets[i];
        }
        other.smallest.forEach(this::addHash);
    }

    long[] buckets() {
        return buckets.clone();
    }

    /** The smallest hashes of categories, as unsigned numbers, ascending. */
    SortedSet<Long> smallest() {
        return smallest;
    }

    /**
     * About how many different categories there are: the k-th smallest of n random hashes stands near k/n of their range (Z.
     * Bar-Yossef et al., "Counting distinct elements in a data stream", RANDOM 2002).
     */
    long distinct() {
        if (smallest.size() < SMALLEST) {
            return smallest.size();
        }
        double last = (smallest.last() >>> 1) * 2.0 + 1;
        return Math.round((SMALLEST - 1) / (last / HASHES));
    }
}

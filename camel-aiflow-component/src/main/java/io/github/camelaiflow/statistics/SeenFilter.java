package io.github.camelaiflow.statistics;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.datasketches.filters.bloomfilter.BloomFilter;
import org.apache.datasketches.filters.bloomfilter.BloomFilterBuilder;
import org.apache.datasketches.memory.Memory;

/**
 * A Bloom filter (B. H. Bloom, CACM 13(7), 1970; Apache DataSketches) that knows what its false positives explain.
 *
 * <p>A value that is new meets a filter of fill f with k hashes and is taken for known with chance p = f^k. Each that is
 * found new adds p / (1 - p) to a sum whose expectation is that of the number of false positives; what separates the two
 * is a martingale, and Chernoff's bound on it, with all the chances drawn towards the largest, bounds the number on either
 * side. The bound's free number is chosen after the fact, which is right as far as the fill is not random: of
 * thousands of bits it hardly is. Where the filter is so full that new values are mostly taken for known, any positive may be
 * false.
 *
 * <p>How many distinct values are in the filter, the fill tells too: K.-Y. Whang, B. T. Vander-Zanden and H. M. Taylor, "A
 * linear-time probabilistic counting algorithm for database applications", ACM TODS 15(2), 1990, for k bits a value.
 * That also holds for a union of filters. Not thread-safe.
 */
final class SeenFilter {

    private static final long SEED = 0x5EE2;
    private static final int MAX_HASHES = 8;
    private static final double MOST_CHANCE = 0.5;
    private static final int SEARCH_STEPS = 100;

    private final BloomFilter filter;
    private double expectedFalse;
    private double largestOdds;
    private long doubtful;

    /**
     * @param bytes of the filter
     * @param records for how many it has the best number of hashes
     */
    SeenFilter(int bytes, long records) {
        long bits = bytes / Long.BYTES * (long) Long.SIZE;
        long hashes = Math.round(bits / (double) records * Math.log(2));
        filter = BloomFilterBuilder.createBySize(bits, (int) Math.max(1, Math.min(MAX_HASHES, hashes)), SEED);
    }

    private SeenFilter(SeenFilter other) {
        filter = BloomFilter.heapify(Memory.wrap(other.filter.toByteArray()));
        expectedFalse = other.expectedFalse;
        largestOdds = other.largestOdds;
        doubtful = other.doubtful;
    }

    SeenFilter copy() {
        return new SeenFilter(this);
    }

    /** Puts a value in, and says whether it seems to have been there. */
    boolean add(long hash) {
        double chance = Math.pow(fill(), filter.getNumHashes());
        boolean seen = filter.queryAndUpdate(hash);
        if (chance > MOST_CHANCE) {
            doubtful += seen ? 1 : 0;
        } else if (!seen) {
            double odds = chance / (1 - chance);
            expectedFalse += odds;
            largestOdds = Math.max(largestOdds, odds);
        }
        return seen;
    }

    /** Puts a value in that is known to be new. */
    void put(long hash) {
        filter.queryAndUpdate(hash);
    }

    /** Takes what another filter of the same size has. */
    void union(SeenFilter other) {
        filter.union(other.filter);
        expectedFalse += other.expectedFalse;
        largestOdds = Math.max(largestOdds, other.largestOdds);
        doubtful += other.doubtful;
    }

    /** How many false positives there were on average over what might have happened, but for a filter too full to tell. */
    double expectedFalse() {
        return expectedFalse;
    }

    /** With the given confidence there were at most as many false positives. */
    double mostFalse(double confidence) {
        if (expectedFalse == 0) {
            return doubtful;
        }
        double chance = Math.log(1 / (1 - confidence));
        double largest = Math.log1p(1 / largestOdds);
        return doubtful
                - best(
                        largest,
                        step -> -(expectedFalse / largestOdds * -Math.log1p(-largestOdds * Math.expm1(step)) + chance)
                                / step);
    }

    /** With the given confidence there were at least as many. */
    double fewestFalse(double confidence) {
        if (expectedFalse == 0) {
            return 0;
        }
        double chance = Math.log(1 / (1 - confidence));
        return Math.max(
                0,
                best(
                        20,
                        step -> (expectedFalse / largestOdds * Math.log1p(-largestOdds * Math.expm1(-step)) - chance)
                                / step));
    }

    /** The largest value on a grid from 0 to the end, both excluded; every value is a bound, so a grid may miss the best. */
    private static double best(double end, DoubleUnaryOperator bound) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 1; i <= SEARCH_STEPS; i++) {
            best = Math.max(best, bound.applyAsDouble(end * Math.pow(0.8, i * 0.5)));
        }
        return best;
    }

    /** About how many distinct values were put in; infinite if the filter is full. */
    double distinct() {
        return -bits() / filter.getNumHashes() * Math.log1p(-fill());
    }

    /** The half width of the normal interval around {@link #distinct} of this confidence for each side. */
    double distinctError(double confidence) {
        double load = -Math.log1p(-fill());
        double deviation = Math.sqrt(bits() * (Math.expm1(load) - load)) / filter.getNumHashes();
        return NormalDistribution.of(0, 1).inverseSurvivalProbability(1 - confidence) * deviation;
    }

    private double fill() {
        return filter.getBitsUsed() / bits();
    }

    private double bits() {
        return filter.getCapacity();
    }

    long bytes() {
        return filter.getCapacity() / Byte.SIZE;
    }
}

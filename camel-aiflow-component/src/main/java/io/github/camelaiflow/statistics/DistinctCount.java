package io.github.camelaiflow.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * How many different values a stream has, from their 64-bit hashes ({@link Hash64}): exact as long as the hashes fit the memory,
 * then by HyperLogLog (P. Flajolet, É. Fusy, O. Gandouet and F. Meunier, AofA 2007; the historic inverse
 * probability estimator of E. Cohen and D. Ting, 2014, in the implementation of Apache DataSketches). "Exact" is up to
 * equal hashes of different values, whose chance is below n²/2^64. The same hashes give the same answers on every machine.
 *
 * <p>Memory: up to the given bytes; when the set becomes a sketch, half as much again for a moment. Not thread-safe.
 */
public final class DistinctCount {

    /** The smallest budget: the bounds of a smaller sketch would not be normal. */
    public static final int MIN_BYTES = 1 << 14;

    private static final int MAX_LG_REGISTERS = 21;
    private static final int OVERHEAD = 200;

    private final int budget;
    private final int lgRegisters;
    private LongTable table;
    private HllSketch sketch;
    private boolean merged;
    /** At least as many are certain. */
    private long certain;

    /**
     * @param bytes the memory it may hold: up to 3/32 of it in values is exact, and the sketch has a register for each byte of
     *     the largest power of 2 below, halved
     * @throws IllegalArgumentException if the bytes are below {@link #MIN_BYTES}
     */
    public DistinctCount(int bytes) {
        if (bytes < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "a count of distinct values must have at least " + MIN_BYTES + " bytes, was " + bytes);
        }
        budget = bytes;
        lgRegisters = Math.min(MAX_LG_REGISTERS, 30 - Integer.numberOfLeadingZeros(bytes));
        table = new LongTable(bytes);
    }

    /** Takes a value by its hash. */
    public void add(long hash) {
        if (table == null) {
            sketch.update(LongTable.key(hash));
        } else if (!table.contains(hash) && !table.put(hash, false)) {
            approximate();
            sketch.update(LongTable.key(hash));
        }
    }

    private void approximate() {
        sketch = new HllSketch(lgRegisters, TgtHllType.HLL_8);
        certain = table.size();
        table.forEach(sketch::update);
        table = null;
    }

    /** Takes what another one took; the other one stays as it is. Of different budgets, the smaller sketch's error holds. */
    public void merge(DistinctCount other) {
        if (other.table != null) {
            other.table.copy().forEach(this::add);
            return;
        }
        if (table != null) {
            approximate();
        }
        Union union = new Union(lgRegisters);
        union.update(sketch);
        union.update(other.sketch);
        sketch = union.getResult(TgtHllType.HLL_8);
        certain = Math.max(certain, other.certain);
        merged = true;
    }

    /** A count of its own with the same state. */
    public DistinctCount copy() {
        DistinctCount copy = new DistinctCount(budget);
        copy.table = table == null ? null : table.copy();
        copy.sketch = sketch == null ? null : sketch.copy();
        copy.merged = merged;
        copy.certain = certain;
        return copy;
    }

    /** Whether {@link #estimate} is the true number. */
    public boolean exact() {
        return table != null;
    }

    /** How many different values came, the nearest whole number; at least as many as were counted exactly before. */
    public long estimate() {
        return exact() ? table.size() : Math.max(certain, Math.round(sketch.getEstimate()));
    }

    /**
     * A lower bound of the true number that holds with about the given confidence: the estimate's error is normal for this many
     * registers.
     *
     * @param confidence from 0.5 to less than 1, for this side alone
     */
    public long lowerBound(double confidence) {
        double error = error(confidence);
        return exact() ? table.size() : Math.max(certain, (long) Math.floor(sketch.getEstimate() / (1 + error)));
    }

    /** An upper bound, as {@link #lowerBound}. */
    public long upperBound(double confidence) {
        double error = error(confidence);
        if (exact()) {
            return table.size();
        }
        return error >= 1 ? Long.MAX_VALUE : Math.max(certain, (long) Math.ceil(sketch.getEstimate() / (1 - error)));
    }

    private double error(double confidence) {
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence must be from 0.5 to less than 1, was " + confidence);
        }
        if (exact()) {
            return 0;
        }
        return NormalDistribution.of(0, 1).inverseSurvivalProbability(1 - confidence)
                * HllSketch.getRelErr(true, merged, sketch.getLgConfigK(), 1);
    }

    /** How much memory this holds now, in bytes. */
    public long bytes() {
        return OVERHEAD + (exact() ? table.bytes() : sketch.getUpdatableSerializationBytes());
    }
}

package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.DistinctCount;
import io.github.camelaiflow.statistics.Hash64;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** How many different values a column has, and of how many: exact where all may be kept, else by a sketch of hashes. */
final class DistinctTally implements Accumulator<DistinctTally> {

    /** For each side of the bounds, so that both hold with {@link #CONFIDENCE}. */
    private static final double ONE_SIDED = 0.995;

    private static final double CONFIDENCE = 0.99;

    /** The same in all states, as they are merged. */
    private static final Hash64 HASH = new Hash64(0x61_69_66_6C_6F_77L);

    private final Set<Object> kept;
    private final DistinctCount sketch;
    private long values;

    DistinctTally(Memory memory) {
        this.kept = memory.exact() ? new HashSet<>() : null;
        this.sketch = memory.exact() ? null : new DistinctCount(Math.max(memory.bytes(), DistinctCount.MIN_BYTES));
    }

    @Override
    public void add(Object value) throws Unjudgeable {
        Object key = Keys.of(value);
        values++;
        if (kept == null) {
            sketch.add(hash(key));
        } else {
            kept.add(key);
        }
    }

    /** The same hash for equal keys, in every state. */
    static long hash(Object key) {
        if (key instanceof ByteBuffer bytes) {
            return HASH.of(bytes.array());
        }
        return key instanceof Number ? HASH.of(key) : HASH.of(key.toString());
    }

    @Override
    public void merge(DistinctTally later) {
        values += later.values;
        if (kept == null) {
            sketch.merge(later.sketch);
        } else {
            kept.addAll(later.kept);
        }
    }

    /** GX's {@code unique_value_count}: 0 for no values. */
    Estimate distinct() {
        if (kept != null || sketch.exact()) {
            return Estimate.exact(kept == null ? sketch.estimate() : (Long) (long) kept.size());
        }
        return Estimate.between("unique_value_count", sketch.estimate(), lower(), upper(), CONFIDENCE);
    }

    /** GX's {@code unique_proportion}: different values in all that are not missing; 0 for no values. */
    Estimate proportion() {
        if (values == 0) {
            return Estimate.exact(0L);
        }
        Estimate distinct = distinct();
        double share = Math.min(1, ((Number) distinct.value()).doubleValue() / values);
        return distinct.bounds() == null
                ? Estimate.exact(share)
                : Estimate.between("unique_proportion", share, lower() / values, upper() / values, CONFIDENCE);
    }

    private double lower() {
        return sketch.lowerBound(ONE_SIDED);
    }

    private double upper() {
        return Math.min(values, sketch.upperBound(ONE_SIDED));
    }
}

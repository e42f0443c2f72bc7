package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.Hash64;
import io.github.camelaiflow.statistics.RepeatCount;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@link Uniqueness} in bounded memory: exact while the values' hashes fit it, then by a filter that at times takes a new value
 * for a known one. The expectation fails only if more values are repeated than that explains; the count given is the one
 * established. Kept are the first values met again, as long as the filter's doubts don't touch them.
 */
final class UniquenessSketch implements BatchState {

    /** That the true count lies within the bounds: half of what is left is for each of them. */
    static final double CONFIDENCE = 0.999;

    private static final double ONE_SIDED = (1 + CONFIDENCE) / 2;
    private static final Hash64 HASH = new Hash64(0x756E69717565L);

    private final Uniqueness check;
    private final RepeatCount repeated;
    private final Misses misses;
    private String error;

    UniquenessSketch(Uniqueness check, Memory memory) {
        this.check = check;
        this.repeated = new RepeatCount(
                Math.max(RepeatCount.MIN_BYTES, memory.bytes()), Math.max(1, memory.records() * memory.panes()));
        this.misses = new Misses(memory);
    }

    @Override
    public void add(Object value, int index) {
        try {
            long before = repeated.exact() ? repeated.repeats() : Long.MAX_VALUE;
            repeated.add(HASH.of(plain(check.key(value))));
            if (repeated.exact() && repeated.repeats() > before) {
                misses.add(check.shown(value), index);
            }
        } catch (Unjudgeable e) {
            error = error == null ? e.getMessage() : error;
        }
    }

    /** The key as something that has a hash. */
    private static Object plain(Object key) {
        if (key instanceof List<?> keys) {
            // Not toList: a missing value is null.
            return keys.stream().map(UniquenessSketch::plain).collect(Collectors.toList());
        }
        if (key == Keys.MISSING) {
            return null;
        }
        if (key instanceof ByteBuffer bytes) {
            return bytes.array();
        }
        return key instanceof String || key instanceof Number
                ? key
                : key.getClass().getName() + ' ' + key;
    }

    @Override
    public void merge(BatchState state, int offset) {
        UniquenessSketch later = (UniquenessSketch) state;
        repeated.merge(later.repeated);
        misses.addAll(later.misses, offset);
        error = error == null ? later.error : error;
    }

    @Override
    public Finding finding(Counted counted) {
        if (error != null) {
            return Finding.failed(error);
        }
        long lower = repeated.membersLowerBound(ONE_SIDED);
        long upper = repeated.membersUpperBound(ONE_SIDED);
        boolean success = Misses.met(check.mostly(), counted.present(), lower);
        Finding finding = Finding.judged(success, misses.unexpected((int) lower));
        if (repeated.exact()) {
            return finding;
        }
        boolean decided = success == Misses.met(check.mostly(), counted.present(), upper);
        return finding.within(new Approximation("unexpected_count", lower, upper, CONFIDENCE, decided));
    }
}

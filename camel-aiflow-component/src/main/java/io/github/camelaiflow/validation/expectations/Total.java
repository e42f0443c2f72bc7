package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.Moments;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.math.BigInteger;

/**
 * The sum of a column. Whole numbers are added exactly, others as numpy adds them where all may be kept, else in extended
 * precision ({@link Moments}).
 */
final class Total implements Accumulator<Total> {

    private final NumberColumn kept;
    private boolean whole = true;
    private BigInteger carried = BigInteger.ZERO;
    private long exact;
    private final Moments moments = new Moments();

    Total(Memory memory) {
        this.kept = memory.exact() ? new NumberColumn() : null;
    }

    @Override
    public void add(Object value) throws Unjudgeable {
        double number = Numeric.of(value, "sum");
        boolean large = value instanceof BigInteger integer && integer.bitLength() >= Long.SIZE;
        boolean fits = value instanceof Boolean || (Values.integral(value) && !large);
        whole &= fits;
        if (whole) {
            addExactly(value instanceof Boolean ? (long) number : ((Number) value).longValue());
        }
        if (kept == null) {
            moments.add(number);
        } else {
            kept.add(number);
        }
    }

    private void addExactly(long value) {
        long result = exact + value;
        if (((exact ^ result) & (value ^ result)) < 0) {
            carried = carried.add(BigInteger.valueOf(exact)).add(BigInteger.valueOf(value));
            result = 0;
        }
        exact = result;
    }

    @Override
    public void merge(Total later) {
        whole &= later.whole;
        carried = carried.add(later.carried);
        addExactly(later.exact);
        if (kept == null) {
            moments.merge(later.moments);
        } else {
            kept.addAll(later.kept);
        }
    }

    /** A whole number if all were; 0 for none. */
    Number value() {
        if (whole) {
            BigInteger total = carried.add(BigInteger.valueOf(exact));
            return total.bitLength() < Long.SIZE ? (Number) total.longValue() : total;
        }
        return kept == null ? moments.sum() : kept.sum();
    }
}

package io.github.camelaiflow.validation;

import io.github.camelaiflow.statistics.DistinctCount;
import io.github.camelaiflow.statistics.FrequentValues;
import io.github.camelaiflow.statistics.Hash64;
import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.Moments;
import io.github.camelaiflow.statistics.QuantileSketch;
import io.github.camelaiflow.validation.ColumnProfile.Category;
import io.github.camelaiflow.validation.ColumnProfile.Distinct;
import io.github.camelaiflow.validation.ColumnProfile.Kind;
import io.github.camelaiflow.validation.ColumnProfile.Lengths;
import io.github.camelaiflow.validation.ColumnProfile.Numbers;
import io.github.camelaiflow.validation.ColumnProfile.Quantile;
import io.github.camelaiflow.validation.python.Values;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;

/** Looks at the values of one column in bounded memory; profilers of successive records merge. Not thread-safe. */
final class ColumnProfiler {

    /** What the profilers of one column hold together over all panes of a window, at most. */
    static final int BYTES = 200_000;

    /** With more panes, {@link DistinctCount#MIN_BYTES} each would be too much. */
    private static final int MOST_PANES_COUNTED = 8;

    private static final int MOMENTS = 1_000;

    /** A category with its text, slots of the counter included; there may be twice as many as its capacity. */
    private static final int CATEGORY_BYTES = 2 * (64 + 2 * (ColumnProfile.MOST_CHARACTERS + 1));

    private static final int MOST_COUNTED = 200;
    private static final double CONFIDENCE = 0.95;
    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};
    private static final Hash64 HASH = new Hash64(0);

    private final int bytes;
    private final int counted;
    private DistinctCount distinct;
    private QuantileSketch numbers;
    private FrequentValues<String> categories;
    private final Moments moments = new Moments();
    private final Moments lengths = new Moments();
    private final long[] kinds = new long[Kind.values().length];
    private long records;
    private long missing;
    private long infinite;
    private boolean whole = true;

    /** @param panes how many profilers of the column there are at a time */
    ColumnProfiler(int panes) {
        int share = BYTES / panes;
        int forDistinct = panes > MOST_PANES_COUNTED ? 0 : Math.max(DistinctCount.MIN_BYTES, share / 3);
        this.bytes = (share - forDistinct - MOMENTS) / 2;
        this.counted = Math.min(MOST_COUNTED, bytes / (CATEGORY_BYTES + 64));
        this.distinct = forDistinct == 0 ? null : new DistinctCount(forDistinct);
    }

    void add(Object value) {
        records++;
        if (Values.missing(value)) {
            missing++;
        } else if (value instanceof Number number) {
            add(number);
        } else if (value instanceof CharSequence text) {
            category(Kind.TEXT, text.toString());
            lengths.add(text.length());
        } else if (value instanceof Boolean) {
            category(Kind.BOOLEAN, value.toString());
        } else if (value instanceof Temporal) {
            category(Kind.TIME, value.toString());
        } else {
            kinds[Kind.NESTED.ordinal()]++;
        }
    }

    private void add(Number number) {
        kinds[Kind.NUMBER.ordinal()]++;
        double value = Values.toDouble(number);
        boolean fitsLong = number instanceof Long || number instanceof Integer;
        distinct(fitsLong ? HASH.of(number.longValue()) : HASH.of(value));
        if (Double.isInfinite(value)) {
            infinite++;
            return;
        }
        whole &= value == Math.rint(value);
        moments.add(value);
        if (numbers == null) {
            numbers = newNumbers();
        }
        numbers.add(value);
    }

    private QuantileSketch newNumbers() {
        return QuantileSketch.ofBytes(bytes, Long.MAX_VALUE);
    }

    private void category(Kind kind, String text) {
        kinds[kind.ordinal()]++;
        distinct(HASH.of(text));
        if (categories == null) {
            categories = new FrequentValues<>(counted);
        }
        categories.add(ColumnProfile.category(text));
    }

    private void distinct(long hash) {
        if (distinct != null) {
            distinct.add(hash);
        }
    }

    /** Takes what another profiler of the column saw, which stays as it is. */
    void merge(ColumnProfiler other) {
        if (other.numbers != null) {
            numbers = numbers == null ? newNumbers() : numbers;
            numbers.merge(other.numbers);
        }
        if (other.categories != null) {
            categories = categories == null ? new FrequentValues<>(counted) : categories;
            categories.merge(other.categories);
        }
        if (distinct != null && other.distinct != null) {
            distinct.merge(other.distinct);
        } else {
            distinct = null;
        }
        moments.merge(other.moments);
        lengths.merge(other.lengths);
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] += other.kinds[i];
        }
        records += other.records;
        missing += other.missing;
        infinite += other.infinite;
        whole &= other.whole;
    }

    /** What it saw. Changes nothing. */
    ColumnProfile profile(String column) {
        List<Category> top = new ArrayList<>();
        long told = 0;
        if (categories != null) {
            for (FrequentValues.Frequency<String> frequency : categories.top(ColumnProfile.MOST_CATEGORIES)) {
                top.add(new Category(frequency.value(), frequency.lower(), frequency.upper()));
                told += frequency.lower();
            }
        }
        long texts = records - missing - kinds[Kind.NUMBER.ordinal()];
        return new ColumnProfile(column, kind(), records, missing, distinct(), numbers(), lengths(), top, texts - told);
    }

    private Kind kind() {
        Kind found = Kind.EMPTY;
        for (Kind kind : Kind.values()) {
            if (kinds[kind.ordinal()] > 0) {
                found = found == Kind.EMPTY ? kind : Kind.MIXED;
            }
        }
        return found;
    }

    private Distinct distinct() {
        if (distinct == null) {
            return null;
        }
        long most = records - missing - kinds[Kind.NESTED.ordinal()];
        return distinct.exact()
                ? new Distinct(distinct.estimate(), distinct.estimate(), distinct.estimate(), 1)
                : new Distinct(
                        Math.min(most, distinct.estimate()),
                        Math.min(most, distinct.lowerBound((1 + CONFIDENCE) / 2)),
                        Math.min(most, distinct.upperBound((1 + CONFIDENCE) / 2)),
                        CONFIDENCE);
    }

    private Numbers numbers() {
        if (numbers == null) {
            return null;
        }
        double[] values = numbers.quantiles(Interpolation.NEAREST_RANK, SHARES);
        List<Quantile> quantiles = new ArrayList<>();
        for (int i = 0; i < SHARES.length; i++) {
            quantiles.add(new Quantile(SHARES[i], values[i]));
        }
        return new Numbers(
                numbers.count(),
                infinite,
                whole,
                numbers.min(),
                numbers.max(),
                moments.mean(),
                numbers.count() < 2 ? null : (Double) moments.standardDeviation(1),
                quantiles,
                numbers.rankError(),
                Histogram.of(numbers, whole));
    }

    private Lengths lengths() {
        return lengths.count() == 0 ? null : new Lengths((int) lengths.min(), (int) lengths.max(), lengths.mean());
    }

    /** How much memory this holds now at most, in bytes. */
    long bytes() {
        long held = MOMENTS;
        held += distinct == null ? 0 : distinct.bytes();
        held += numbers == null ? 0 : numbers.bytes();
        return held + (categories == null ? 0 : categories.bytes() + (long) categories.size() * CATEGORY_BYTES / 2);
    }
}

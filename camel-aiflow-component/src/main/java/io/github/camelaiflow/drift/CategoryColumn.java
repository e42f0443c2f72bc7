package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.drift.profile.ValueCounts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Categories: texts, numbers, truth values, times. A number is the same category as its shortest decimal text, so that 3, 3.0 and
 * "3" from different formats agree. Of a long text only the beginning, the length and a hash are kept.
 */
final class CategoryColumn extends Column<Object[]> {

    /** Stands for an infinite number. */
    static final Object INFINITE = Double.POSITIVE_INFINITY;

    private final boolean booleansOnly;

    CategoryColumn(boolean booleansOnly) {
        this(booleansOnly, new Object[1][]);
    }

    private CategoryColumn(boolean booleansOnly, Object[][] chunks) {
        super(chunks);
        this.booleansOnly = booleansOnly;
    }

    @Override
    void set(int place, Object value) {
        own(place)[place % CHUNK] = kept(value);
    }

    private Object kept(Object value) {
        Object kept = FieldValue.kept(value);
        return kept == null || kept instanceof Boolean || !booleansOnly ? kept : FieldValue.UNREADABLE;
    }

    @Override
    FieldSample sample(List<? extends Column<?>> columns, int[] sizes) {
        Map<String, Integer> counts = new HashMap<>();
        int missing = 0;
        int wrongType = 0;
        int infinite = 0;
        for (int i = 0; i < sizes.length; i++) {
            CategoryColumn column = (CategoryColumn) columns.get(i);
            for (int place = 0; place < sizes[i]; place++) {
                Object value = column.value(place);
                if (value == null) {
                    missing++;
                } else if (value == FieldValue.UNREADABLE) {
                    wrongType++;
                } else if (value == INFINITE) {
                    infinite++;
                } else {
                    counts.merge(FieldValue.category(value), 1, Integer::sum);
                }
            }
        }
        int size = Arrays.stream(sizes).sum();
        return new CategorySample(
                counts, new ValueCounts(size - missing - wrongType - infinite, missing, wrongType, infinite));
    }

    /** A category's value; {@code null} if it is missing, {@link FieldValue#UNREADABLE} or {@link #INFINITE}. */
    @Override
    Object value(int place) {
        Object value = chunk(place)[place % CHUNK];
        if (value instanceof Double || value instanceof Float) {
            double x = ((Number) value).doubleValue();
            return Double.isNaN(x) ? null : Double.isInfinite(x) ? INFINITE : value;
        }
        return value;
    }

    @Override
    CategoryColumn copy() {
        return new CategoryColumn(booleansOnly, share());
    }

    @Override
    Object[] newChunk() {
        return new Object[CHUNK];
    }

    @Override
    Object[] clone(Object[] chunk) {
        return chunk.clone();
    }
}

package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.drift.profile.ValueCounts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Categories: texts, numbers, truth values, times. A number is the same category as its shortest decimal text, so that 3, 3.0 and
 * "3" from different formats agree. Of a long text only the beginning, the length and a hash are kept.
 */
final class CategoryColumn extends Column {

    private final boolean booleansOnly;
    private Object[] values = {};

    CategoryColumn(boolean booleansOnly) {
        this.booleansOnly = booleansOnly;
    }

    @Override
    void set(int place, Object value) {
        if (place >= values.length) {
            values = Arrays.copyOf(values, grown(values.length, place));
        }
        values[place] = kept(value);
    }

    private Object kept(Object value) {
        Object kept = FieldValue.kept(value);
        return kept == null || kept instanceof Boolean || !booleansOnly ? kept : UNREADABLE;
    }

    @Override
    FieldSample sample(int size) {
        Map<String, Integer> counts = new HashMap<>();
        int missing = 0;
        int wrongType = 0;
        int infinite = 0;
        for (int i = 0; i < size; i++) {
            Object value = values[i];
            if (value == null || FieldValue.isNaN(value)) {
                missing++;
            } else if (value == UNREADABLE) {
                wrongType++;
            } else if (FieldValue.isInfinite(value)) {
                infinite++;
            } else {
                counts.merge(FieldValue.category(value), 1, Integer::sum);
            }
        }
        return new CategorySample(
                counts, new ValueCounts(size - missing - wrongType - infinite, missing, wrongType, infinite));
    }

    @Override
    void clear() {
        Arrays.fill(values, null);
    }
}

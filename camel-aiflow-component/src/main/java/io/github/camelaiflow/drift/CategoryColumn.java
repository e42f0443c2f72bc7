package io.github.camelaiflow.drift;

import java.math.BigDecimal;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Categories: texts, numbers, truth values, times. A number is the same category as its shortest decimal text, so that 3, 3.0 and
 * "3" from different formats agree. Of a long text only the beginning, the length and a hash are kept.
 */
final class CategoryColumn extends Column {

    private static final int LONGEST = 128;
    private static final int BEGINNING = 64;
    private static final int PLAIN_DIGITS = 30;

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

    /** What can be kept without holding on to something large or changing. */
    private Object kept(Object value) {
        if (value instanceof Boolean || value == null) {
            return value;
        }
        if (value instanceof CharSequence text) {
            if (text.length() == 0) {
                return null;
            }
            return booleansOnly ? UNREADABLE : bounded(text);
        }
        boolean taken = value instanceof Number
                || value instanceof Enum<?>
                || value instanceof TemporalAccessor
                || value instanceof Character;
        return taken && !booleansOnly ? value : UNREADABLE;
    }

    /** The text itself, or what stands for a long one. */
    static String bounded(CharSequence text) {
        String string = text.toString();
        return string.length() <= LONGEST
                ? string
                : string.substring(0, BEGINNING) + "…" + string.length() + "#" + string.hashCode();
    }

    @Override
    FieldSample sample(int size) {
        Map<String, Integer> counts = new HashMap<>();
        int missing = 0;
        int wrongType = 0;
        int infinite = 0;
        for (int i = 0; i < size; i++) {
            Object value = values[i];
            if (value == null || isNaN(value)) {
                missing++;
            } else if (value == UNREADABLE) {
                wrongType++;
            } else if (isInfinite(value)) {
                infinite++;
            } else {
                counts.merge(text(value), 1, Integer::sum);
            }
        }
        return new CategorySample(
                counts, new ValueCounts(size - missing - wrongType - infinite, missing, wrongType, infinite));
    }

    @Override
    void clear() {
        Arrays.fill(values, null);
    }

    private static boolean isNaN(Object value) {
        return value instanceof Double number && number.isNaN() || value instanceof Float single && single.isNaN();
    }

    private static boolean isInfinite(Object value) {
        return value instanceof Double number && number.isInfinite()
                || value instanceof Float single && single.isInfinite();
    }

    private static String text(Object value) {
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
            // Plain digits of 1e1000000000 would fill the memory.
            return Math.abs(number.scale()) <= PLAIN_DIGITS ? number.toPlainString() : number.toString();
        }
        return value.toString();
    }
}

package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.ValueCounts;
import java.util.Arrays;
import java.util.List;

/** Numbers, and where there is none, why. */
final class NumberColumn extends Column<NumberColumn.Numbers> {

    static final byte FINITE = 0;
    static final byte MISSING = 1;
    static final byte WRONG_TYPE = 2;
    static final byte INFINITE = 3;

    /** Values count only where the state is {@link #FINITE}. */
    record Numbers(double[] values, byte[] states) {}

    NumberColumn() {
        super(new Numbers[1]);
    }

    private NumberColumn(Numbers[] chunks) {
        super(chunks);
    }

    @Override
    void set(int place, Object value) {
        Numbers chunk = own(place);
        int at = place % CHUNK;
        if (value instanceof Number number) {
            double x = number.doubleValue();
            chunk.values[at] = x;
            chunk.states[at] = Double.isFinite(x) ? FINITE : Double.isNaN(x) ? MISSING : INFINITE;
        } else {
            chunk.states[at] = value == null || "".equals(value) ? MISSING : WRONG_TYPE;
        }
    }

    @Override
    Object value(int place) {
        Numbers chunk = chunk(place);
        return switch (chunk.states[place % CHUNK]) {
            case MISSING -> null;
            case WRONG_TYPE -> FieldValue.UNREADABLE;
            case INFINITE -> Double.POSITIVE_INFINITY;
            default -> chunk.values[place % CHUNK];
        };
    }

    @Override
    FieldSample sample(List<? extends Column<?>> columns, int[] sizes) {
        int[] counts = new int[INFINITE + 1];
        double[] finite = new double[Arrays.stream(sizes).sum()];
        for (int i = 0; i < sizes.length; i++) {
            NumberColumn column = (NumberColumn) columns.get(i);
            for (int place = 0; place < sizes[i]; place++) {
                Numbers chunk = column.chunk(place);
                byte state = chunk.states[place % CHUNK];
                if (state == FINITE) {
                    finite[counts[FINITE]] = chunk.values[place % CHUNK];
                }
                counts[state]++;
            }
        }
        double[] sorted = Arrays.copyOf(finite, counts[FINITE]);
        Arrays.sort(sorted);
        return new NumberSample(
                sorted, new ValueCounts(sorted.length, counts[MISSING], counts[WRONG_TYPE], counts[INFINITE]));
    }

    @Override
    NumberColumn copy() {
        return new NumberColumn(share());
    }

    @Override
    Numbers newChunk() {
        return new Numbers(new double[CHUNK], new byte[CHUNK]);
    }

    @Override
    Numbers clone(Numbers chunk) {
        return new Numbers(chunk.values.clone(), chunk.states.clone());
    }
}

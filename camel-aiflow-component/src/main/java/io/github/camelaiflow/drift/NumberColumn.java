package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.ValueCounts;
import java.util.Arrays;

/** Numbers, and where there is none, why. */
final class NumberColumn extends Column {

    private static final byte FINITE = 0;
    private static final byte MISSING = 1;
    private static final byte WRONG_TYPE = 2;
    private static final byte INFINITE = 3;

    private double[] values = {};
    private byte[] states = {};

    @Override
    void set(int place, Object value) {
        if (place >= values.length) {
            int length = grown(values.length, place);
            values = Arrays.copyOf(values, length);
            states = Arrays.copyOf(states, length);
        }
        if (value instanceof Number number) {
            double x = number.doubleValue();
            values[place] = x;
            states[place] = Double.isFinite(x) ? FINITE : Double.isNaN(x) ? MISSING : INFINITE;
        } else {
            states[place] = value == null || "".equals(value) ? MISSING : WRONG_TYPE;
        }
    }

    @Override
    FieldSample sample(int size) {
        int[] counts = new int[INFINITE + 1];
        double[] finite = new double[size];
        for (int i = 0; i < size; i++) {
            if (states[i] == FINITE) {
                finite[counts[FINITE]] = values[i];
            }
            counts[states[i]]++;
        }
        double[] sorted = Arrays.copyOf(finite, counts[FINITE]);
        Arrays.sort(sorted);
        return new NumberSample(
                sorted, new ValueCounts(sorted.length, counts[MISSING], counts[WRONG_TYPE], counts[INFINITE]));
    }
}

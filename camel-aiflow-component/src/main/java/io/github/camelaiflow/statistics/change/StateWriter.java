package io.github.camelaiflow.statistics.change;

import java.util.ArrayList;
import java.util.List;

/** Collects a state in the order in which {@link StateReader} gives it back. */
final class StateWriter {

    private final List<Long> longs = new ArrayList<>();
    private final List<Double> doubles = new ArrayList<>();

    StateWriter add(long... values) {
        for (long value : values) {
            longs.add(value);
        }
        return this;
    }

    StateWriter add(ChangeStatus status) {
        return add(status.ordinal());
    }

    StateWriter add(double... values) {
        for (double value : values) {
            doubles.add(value);
        }
        return this;
    }

    DetectorState state() {
        return new DetectorState(longs, doubles);
    }
}

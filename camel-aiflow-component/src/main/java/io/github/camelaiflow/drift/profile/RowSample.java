package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.statistics.Reservoir;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A uniform sample of rows. Not thread-safe. */
final class RowSample {

    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final Reservoir reservoir;

    RowSample(int capacity, long seed) {
        reservoir = new Reservoir(capacity, SeededRandom.stream(seed));
    }

    void add(Map<String, Object> row) {
        int place = reservoir.next();
        if (place == rows.size()) {
            rows.add(row);
        } else if (place != Reservoir.SKIP) {
            rows.set(place, row);
        }
    }

    List<Map<String, Object>> rows() {
        return rows;
    }

    long seen() {
        return reservoir.seen();
    }
}

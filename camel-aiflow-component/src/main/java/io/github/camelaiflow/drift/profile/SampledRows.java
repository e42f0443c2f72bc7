package io.github.camelaiflow.drift.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A uniform sample of rows that can be merged: every row draws a random number, and those with the smallest stay. So those of two
 * samples together that have the smallest are a uniform sample of both streams, whatever their lengths. Not thread-safe.
 */
final class SampledRows {

    /** A row and the number it drew, which is unsigned. */
    record Drawn(long number, Map<String, Object> row) {}

    /** Equal numbers are those of nodes with one seed. */
    private static final Comparator<Drawn> BY_NUMBER = ((Comparator<Drawn>)
                    (a, b) -> Long.compareUnsigned(a.number(), b.number()))
            .thenComparing(drawn -> new TreeMap<>(drawn.row()).toString());

    private final int limit;
    private final PriorityQueue<Drawn> kept = new PriorityQueue<>(BY_NUMBER.reversed());

    SampledRows(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    boolean takes(long number) {
        return kept.size() < limit
                || limit > 0 && Long.compareUnsigned(number, kept.peek().number()) < 0;
    }

    void add(Drawn drawn) {
        if (takes(drawn.number())) {
            kept.add(drawn);
            if (kept.size() > limit) {
                kept.poll();
            }
        }
    }

    /** Both together; of as many rows as the smaller of the two keeps. */
    SampledRows with(SampledRows other) {
        SampledRows both = new SampledRows(Math.min(limit, other.limit));
        kept.forEach(both::add);
        other.kept.forEach(both::add);
        return both;
    }

    /** The same sample with its rows in another form. */
    SampledRows map(UnaryOperator<Map<String, Object>> form) {
        SampledRows mapped = new SampledRows(limit);
        kept.forEach(drawn -> mapped.kept.add(new Drawn(drawn.number(), form.apply(drawn.row()))));
        return mapped;
    }

    /** By their numbers, which is a random order. */
    List<Drawn> drawn() {
        List<Drawn> drawn = new ArrayList<>(kept);
        drawn.sort(BY_NUMBER);
        return drawn;
    }
}

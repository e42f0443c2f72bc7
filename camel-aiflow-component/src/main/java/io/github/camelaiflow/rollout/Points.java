package io.github.camelaiflow.rollout;

import io.github.camelaiflow.statistics.Hash64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Uniform points in [0, 1) by which records are given to versions: a hash of the key, the same on every node; for a record without
 * a key a point of its own, from a sequence. Thread-safe, without locks.
 */
final class Points {

    private static final double UNIT = 0x1p-53;
    private static final int UNUSED_BITS = 11;

    private final Hash64 hash;
    private final Hash64 draws;
    private final AtomicLong drawn = new AtomicLong();

    /**
     * @param use points of other uses are independent
     * @param start makes this sequence differ from those of other nodes and starts
     */
    Points(String salt, String use, String start) {
        this.hash = seeded(List.of(use, salt));
        this.draws = seeded(List.of(use, salt, start));
    }

    private static Hash64 seeded(List<String> by) {
        return new Hash64(new Hash64(0).of(by));
    }

    double of(String key) {
        long bits = key == null ? draws.of(drawn.getAndIncrement()) : hash.of(key);
        return (bits >>> UNUSED_BITS) * UNIT;
    }
}

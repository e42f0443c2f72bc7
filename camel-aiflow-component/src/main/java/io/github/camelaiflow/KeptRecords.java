package io.github.camelaiflow;

import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.statistics.Hash64;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records of answers, in memory until their label comes or can't come any more. Of more than there is room for a share is kept, which
 * nothing but the answers' ids decides, and not the latest: labels come late. Not thread-safe.
 */
final class KeptRecords {

    private static final Hash64 UNITS = new Hash64(0x7265636F726473L);

    private final int most;
    private final Duration limit;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private double share = 1;

    private record Kept(Instant time, Map<String, Object> row) {}

    /** @param limit after which no label is awaited */
    KeptRecords(int most, Duration limit) {
        this.most = most;
        this.limit = limit;
    }

    void keep(Predicted answer, Map<String, Object> row) {
        forget(answer.time().minus(limit));
        if (share < 1 && kept.size() < most / 4) {
            share *= 2;
        }
        if (!chosen(answer.id())) {
            return;
        }
        kept.put(answer.id(), new Kept(answer.time(), row));
        while (kept.size() > most) {
            share /= 2;
            kept.keySet().removeIf(id -> !chosen(id));
        }
    }

    private boolean chosen(String id) {
        return share >= 1 || (UNITS.of(id) >>> 11) * 0x1p-53 < share;
    }

    private void forget(Instant before) {
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext() && oldest.next().time().isBefore(before)) {
            oldest.remove();
        }
    }

    /** The answer's record, which is kept no longer; {@code null} if it isn't known. */
    Map<String, Object> remove(String id) {
        Kept found = kept.remove(id);
        return found == null ? null : found.row();
    }

    int size() {
        return kept.size();
    }
}

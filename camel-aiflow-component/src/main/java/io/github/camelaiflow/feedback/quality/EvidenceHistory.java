package io.github.camelaiflow.feedback.quality;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The evidence over time in at most 200 points: each 2^k-th label's, k as small as fits, and the last. Not thread-safe. */
final class EvidenceHistory {

    private static final int MOST = 200;

    private final List<EvidencePoint> points = new ArrayList<>();
    private long every = 1;
    private EvidencePoint last;

    void add(long labels, Instant at, double logEvidence) {
        last = new EvidencePoint(labels, at, logEvidence);
        if (labels % every != 0) {
            return;
        }
        points.add(last);
        if (points.size() >= MOST) {
            every *= 2;
            points.removeIf(point -> point.labels() % every != 0);
        }
    }

    List<EvidencePoint> points() {
        List<EvidencePoint> all = new ArrayList<>(points);
        if (last != null && (all.isEmpty() || all.get(all.size() - 1) != last)) {
            all.add(last);
        }
        return List.copyOf(all);
    }
}

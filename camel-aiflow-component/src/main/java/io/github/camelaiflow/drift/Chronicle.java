package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.DriftHistory.Evidence;
import io.github.camelaiflow.drift.DriftHistory.FieldPicture;
import io.github.camelaiflow.drift.DriftHistory.SegmentHistory;
import io.github.camelaiflow.drift.DriftHistory.Verdict;
import io.github.camelaiflow.drift.profile.FieldSample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What is remembered of a segment's evaluations: the last ones, bounded. Thread-safe. */
final class Chronicle {

    /** Evaluations of a segment. */
    static final int MOST = 500;

    /** Evidence of a field in a window, over all segments. */
    private static final int CELLS = 200_000;

    private static final int FEWEST = 20;
    private static final int BINS = 20;

    private final String segment;
    private final int most;
    private final List<String> fields;
    private final List<Bins> bins;
    private final Deque<Verdict> verdicts = new ArrayDeque<>();
    private final Lock lock = new ReentrantLock();
    private long[][] last;

    /** @param segments how many share the room there is */
    Chronicle(String segment, int segments, List<String> fields, List<FieldSample> references) {
        this.segment = segment;
        this.most = Math.max(FEWEST, Math.min(MOST, CELLS / segments / Math.max(1, fields.size())));
        this.fields = fields;
        this.bins = references.stream().map(sample -> Bins.wide(sample, BINS)).toList();
    }

    void add(DriftReport report, Window window) {
        Verdict verdict = new Verdict(
                report.window(),
                report.evaluatedAt(),
                report.records(),
                report.alpha(),
                report.status(),
                report.fields().stream()
                        .flatMap(field -> field.decisive().stream().map(test -> evidence(field, test)))
                        .toList());
        long[][] counts = new long[bins.size()][];
        Arrays.setAll(counts, field -> counts(field, window));
        lock.lock();
        try {
            verdicts.addLast(verdict);
            if (verdicts.size() > most) {
                verdicts.removeFirst();
            }
            last = counts;
        } finally {
            lock.unlock();
        }
    }

    private static Evidence evidence(FieldDrift field, TestResult test) {
        return new Evidence(
                field.field(),
                test.test(),
                test.pValue(),
                test.level(),
                test.effectSize(),
                field.drifted(),
                field.change());
    }

    SegmentHistory history(DriftStatus status) {
        lock.lock();
        try {
            List<FieldPicture> pictures = new ArrayList<>();
            for (int i = 0; last != null && i < bins.size(); i++) {
                pictures.add(picture(i));
            }
            return new SegmentHistory(segment, status, List.copyOf(verdicts), pictures);
        } finally {
            lock.unlock();
        }
    }

    private long[] counts(int field, Window window) {
        Bins in = bins.get(field);
        long[] counts = new long[in.size()];
        for (Pane pane : window.panes()) {
            int[] more = in.count(pane.columns().get(field), pane.size());
            Arrays.setAll(counts, i -> counts[i] + more[i]);
        }
        return counts;
    }

    private FieldPicture picture(int field) {
        Bins in = bins.get(field);
        return new FieldPicture(
                fields.get(field),
                Arrays.stream(in.edges()).boxed().toList(),
                in.names(),
                Arrays.stream(in.reference()).boxed().toList(),
                Arrays.stream(last[field]).boxed().toList());
    }
}

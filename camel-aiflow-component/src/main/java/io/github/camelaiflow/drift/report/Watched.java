package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.ChangePoint;
import io.github.camelaiflow.drift.DriftHistory;
import io.github.camelaiflow.drift.DriftHistory.Evidence;
import io.github.camelaiflow.drift.DriftHistory.FieldPicture;
import io.github.camelaiflow.drift.DriftHistory.SegmentHistory;
import io.github.camelaiflow.drift.DriftHistory.Verdict;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.drift.FieldDrift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A segment: what was said of it, and when on an axis of its own records, which runs from the first window shown to the last.
 *
 * @param number on the page, from 1
 * @param report the last; {@code null} if there is none
 * @param ends at which record each window ended
 */
record Watched(int number, SegmentHistory history, DriftReport report, List<Long> ends) {

    /** What a field's windows said, and where on the axis. */
    record Said(long end, Verdict verdict, Evidence evidence) {}

    static List<Watched> of(DriftHistory history, List<DriftReport> reports) {
        List<Watched> all = new ArrayList<>();
        for (SegmentHistory segment : history.segments()) {
            DriftReport report = reports.stream()
                    .filter(one -> Objects.equals(one.segment(), segment.segment()))
                    .findFirst()
                    .orElse(null);
            all.add(new Watched(all.size() + 1, segment, report, ends(segment, report)));
        }
        return all;
    }

    /** Of a sliding window only the newest pane is new. */
    private static List<Long> ends(SegmentHistory segment, DriftReport report) {
        int panes = report == null ? 1 : Math.max(1, report.panes());
        List<Long> ends = new ArrayList<>();
        long end = 0;
        for (Verdict verdict : segment.verdicts()) {
            end += ends.isEmpty() ? verdict.records() : Math.max(1, verdict.records() / panes);
            ends.add(end);
        }
        return ends;
    }

    /** Whether nothing was ever said of it. */
    boolean unknown() {
        return report == null && status() == DriftStatus.INSUFFICIENT_DATA;
    }

    /** What holds: DRIFTED until a later window is stable. */
    DriftStatus status() {
        return history.status();
    }

    String name() {
        return history.segment();
    }

    String id() {
        return "s" + number;
    }

    long end() {
        return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
    }

    /** Fields of the last report: the drifted first, then those with the most evidence. */
    List<FieldDrift> fields() {
        List<FieldDrift> fields = report == null ? List.of() : new ArrayList<>(report.fields());
        return fields.stream()
                .sorted(Comparator.comparing((FieldDrift field) -> !field.drifted())
                        .thenComparingDouble(field -> -Told.evidence(field)))
                .toList();
    }

    Map<String, FieldPicture> pictures() {
        Map<String, FieldPicture> pictures = new HashMap<>();
        history.fields().forEach(picture -> pictures.put(picture.field(), picture));
        return pictures;
    }

    /** What each window said of each field. */
    Map<String, List<Said>> said() {
        Map<String, List<Said>> said = new HashMap<>();
        for (int i = 0; i < ends.size(); i++) {
            Verdict verdict = history.verdicts().get(i);
            for (Evidence evidence : verdict.fields()) {
                said.computeIfAbsent(evidence.field(), any -> new ArrayList<>())
                        .add(new Said(ends.get(i), verdict, evidence));
            }
        }
        return said;
    }

    /** The loudest that each window said. */
    List<Said> loudest() {
        List<Said> loudest = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            Verdict verdict = history.verdicts().get(i);
            long end = ends.get(i);
            verdict.fields().stream()
                    .min(Comparator.comparing((Evidence one) -> !one.drifted())
                            .thenComparingDouble(one -> -Told.evidence(one)))
                    .ifPresent(one -> loudest.add(new Said(end, verdict, one)));
        }
        return loudest;
    }

    /** The earliest change of a field that has drifted by the last report; {@code null} without any. */
    ChangePoint change() {
        return report == null
                ? null
                : report.fields().stream()
                        .map(FieldDrift::change)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparingLong(ChangePoint::sinceRecord))
                        .orElse(null);
    }
}

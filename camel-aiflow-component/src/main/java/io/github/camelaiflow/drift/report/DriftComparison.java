package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.DriftConfig;
import io.github.camelaiflow.drift.DriftHistory;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.drift.Reference;
import io.github.camelaiflow.drift.SegmentReferences;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A batch of records against a reference, such as yesterday's file against last year's: all of it as one window, or window after window in
 * the order of the records. The same records give the same result. Immutable.
 *
 * @param history what each window said
 * @param reports the last report of each segment
 * @param records how many records there were
 * @param left how many at the end filled no window, and were not compared
 */
public record DriftComparison(DriftHistory history, List<DriftReport> reports, long records, long left) {

    /** Where records come from; read more than once. */
    @FunctionalInterface
    public interface Rows {
        /** Hands on every record in order. */
        void read(Consumer<Map<String, Object>> row) throws IOException;
    }

    private static final int CHUNK = 1000;
    private static final Duration WINDOW = Duration.ofDays(1);

    public DriftComparison {
        reports = List.copyOf(reports);
    }

    /**
     * All records as one window, of which a sample of {@value DriftMonitor#WINDOW_SAMPLE} is compared if there are more.
     *
     * @param alpha the chance of saying drift without any, over all fields and tests; above 0, and 0.1 at most
     * @param config fields, tests, segments; its window and false alarms are not used
     * @throws ReferenceException if a configured field is not one the reference can compare
     * @throws IllegalArgumentException if alpha is out of bounds
     */
    public static DriftComparison whole(Reference reference, Rows rows, double alpha, DriftConfig config)
            throws IOException {
        if (!(alpha > 0) || alpha > 0.1) {
            throw new IllegalArgumentException("alpha must be above 0 and at most 0.1, was " + alpha);
        }
        long[] count = {0};
        rows.read(row -> count[0]++);
        double falseAlarms = Math.max(1, count[0]) / alpha;
        return compare(
                reference, rows, config.withWindow(WINDOW).withFalseAlarms(falseAlarms), Instant.EPOCH.plus(WINDOW));
    }

    /**
     * Window after window.
     *
     * @param config windows of a number of records, and the rest
     * @throws ReferenceException if a configured field is not one the reference can compare
     * @throws IllegalArgumentException if windows are stretches of time, which records of a file do not have
     */
    public static DriftComparison windows(Reference reference, Rows rows, DriftConfig config) throws IOException {
        if (config.windowTime() != null) {
            throw new IllegalArgumentException("window must be a number of records, was " + config.windowTime());
        }
        return compare(reference, rows, config, Instant.EPOCH);
    }

    private static DriftComparison compare(Reference reference, Rows rows, DriftConfig config, Instant end)
            throws IOException {
        Instant[] now = {Instant.EPOCH};
        long[] counts = {0, 0};
        DriftMonitor monitor = new DriftMonitor(
                SegmentReferences.of(reference, config.segments()),
                config,
                Runnable::run,
                () -> now[0],
                report -> counts[1] += report.records() / (report.window() == 1 ? 1 : report.panes()),
                null);
        List<Map<String, Object>> chunk = new ArrayList<>(CHUNK);
        rows.read(row -> {
            counts[0]++;
            chunk.add(row);
            if (chunk.size() == CHUNK) {
                monitor.observe(chunk);
                chunk.clear();
            }
        });
        monitor.observe(chunk);
        now[0] = end;
        monitor.tick();
        return new DriftComparison(monitor.history(), monitor.reports(), counts[0], Math.max(0, counts[0] - counts[1]));
    }

    /** What all windows' last reports say together: DRIFTED if any segment has drifted, else STABLE if any is known to be. */
    public DriftStatus status() {
        for (DriftStatus possible : List.of(DriftStatus.DRIFTED, DriftStatus.STABLE)) {
            if (reports.stream().anyMatch(report -> report.status() == possible)) {
                return possible;
            }
        }
        return DriftStatus.INSUFFICIENT_DATA;
    }

    /**
     * The page of it.
     *
     * @param about what was compared, for the title; {@code null} for none
     * @param time when the page is made; {@code null} to leave that out
     */
    public String html(String about, Instant time) {
        return DriftDocs.html(history, reports, new Settings(about, time, false, left));
    }
}

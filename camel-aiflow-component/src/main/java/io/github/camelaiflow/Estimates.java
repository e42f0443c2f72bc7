package io.github.camelaiflow;

import io.github.camelaiflow.feedback.estimate.LabelCheck;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimator;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates quality window by window from answers whose labels haven't come, on another thread than theirs; one window at a time, and one
 * that fills meanwhile is dropped. Labels that come are held against the estimates, those of answers whose record is known against the weighted
 * ones, the others against those without weights. Thread-safe.
 */
final class Estimates {

    private static final Logger LOG = LoggerFactory.getLogger(Estimates.class);
    private static final int VERSIONS = 20;
    /** Records that wait for labels: so many windows of them, but no more than this unless these are two windows. */
    private static final int WINDOWS_KEPT = 20;

    private static final int MOST_KEPT = 100_000;

    private final PerformanceEstimator estimator;
    private final List<String> fields;
    private final DeclaredValues values;
    private final int size;
    private final Executor executor;
    private final Receiver receiver;
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final KeptRecords records;
    private final LabelChecks checks;
    private boolean estimating;
    private long dropped;

    /** Takes what was estimated. */
    interface Receiver {
        void estimated(String version, long window, PerformanceEstimate estimate);
    }

    private static final class Window {
        private final List<Predicted> answers = new ArrayList<>();
        private final List<Map<String, Object>> rows = new ArrayList<>();
        private long number;
    }

    /**
     * @param fields what of the records is kept for weights; {@code null} for nothing
     * @param values as the reference has them
     * @param size answers of a window, of one version
     * @param limit how long a label is awaited
     */
    Estimates(
            PerformanceEstimator estimator,
            List<String> fields,
            DeclaredValues values,
            int size,
            Duration limit,
            Executor executor,
            Receiver receiver) {
        this.estimator = estimator;
        this.fields = fields;
        this.values = values;
        this.size = size;
        this.executor = executor;
        this.receiver = receiver;
        this.checks = new LabelChecks(estimator, size, executor);
        this.records = new KeptRecords(Math.max(2 * size, Math.min(WINDOWS_KEPT * size, MOST_KEPT)), limit);
    }

    /** Takes an answer; {@code row} is the record, or {@code null} for tensors. */
    void predicted(Predicted answer, Map<String, Object> row) {
        Map<String, Object> kept = fields == null || row == null ? null : values.of(row, fields);
        Window full = add(answer, kept);
        if (full == null) {
            return;
        }
        try {
            executor.execute(() -> estimate(answer.version(), full));
        } catch (RejectedExecutionException e) {
            done();
        }
    }

    /** The window that is full and may be estimated now; {@code null} if none is. */
    private synchronized Window add(Predicted answer, Map<String, Object> row) {
        if (!windows.containsKey(answer.version()) && windows.size() >= VERSIONS) {
            windows.remove(windows.keySet().iterator().next());
        }
        Window window = windows.computeIfAbsent(answer.version(), version -> new Window());
        window.answers.add(answer);
        if (row != null) {
            window.rows.add(row);
            records.keep(answer, row);
        }
        if (window.answers.size() < size) {
            return null;
        }
        Window next = new Window();
        next.number = window.number + 1;
        windows.put(answer.version(), next);
        if (estimating) {
            dropped++;
            return null;
        }
        estimating = true;
        return window;
    }

    private void estimate(String version, Window window) {
        try {
            boolean rows = window.rows.size() == window.answers.size();
            PerformanceEstimate estimate =
                    rows ? estimator.estimate(window.answers, window.rows) : estimator.estimate(window.answers);
            LabelCheck known = checks.check(version, rows);
            receiver.estimated(version, window.number, known == null ? estimate : estimate.with(known));
        } catch (RuntimeException e) {
            LOG.warn("A window of answers of version {} could not be estimated", version, e);
        } finally {
            done();
        }
    }

    private synchronized void done() {
        estimating = false;
    }

    /** Holds labels that came against what was estimated, a window of them at a time. */
    void labelled(Outcome outcome) {
        Map<String, Object> row;
        synchronized (this) {
            row = records.remove(outcome.predicted().id());
        }
        checks.add(outcome, row);
    }

    /** How many windows were dropped because another one was being estimated. */
    synchronized long dropped() {
        return dropped;
    }
}

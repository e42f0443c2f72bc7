package io.github.camelaiflow;

import io.github.camelaiflow.feedback.estimate.LabelCheck;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimator;
import io.github.camelaiflow.feedback.outcome.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds labels that came against what is estimated, a version's latest at a time, on another thread than theirs. Those of answers whose
 * record is known are held against the weighted estimates, the others against those without weights. Thread-safe.
 */
final class LabelChecks {

    private static final Logger LOG = LoggerFactory.getLogger(LabelChecks.class);
    private static final int MOST = 40;

    private final PerformanceEstimator estimator;
    private final int size;
    private final Executor executor;
    private final Map<Kind, Latest> latest = new LinkedHashMap<>(16, 0.75f, true);

    private record Kind(String version, boolean records) {}

    private record Labelled(Outcome outcome, Map<String, Object> row) {}

    private static final class Latest {
        private final Deque<Labelled> labels = new ArrayDeque<>();
        private LabelCheck check;
        private boolean checking;
    }

    /** @param size labels of a check, of one version */
    LabelChecks(PerformanceEstimator estimator, int size, Executor executor) {
        this.estimator = estimator;
        this.size = size;
        this.executor = executor;
    }

    /** Takes a label; {@code row} is the record, {@code null} if it isn't known. */
    void add(Outcome outcome, Map<String, Object> row) {
        Kind kind = new Kind(outcome.predicted().version(), row != null);
        Latest of;
        List<Labelled> labels;
        synchronized (this) {
            of = of(kind);
            of.labels.add(new Labelled(outcome, row));
            if (of.labels.size() > size) {
                // a check of those before is still being made
                of.labels.remove();
            }
            if (of.labels.size() < size || of.checking) {
                return;
            }
            of.checking = true;
            labels = List.copyOf(of.labels);
            of.labels.clear();
        }
        try {
            executor.execute(() -> check(of, labels, kind.records()));
        } catch (RejectedExecutionException e) {
            done(of, null);
        }
    }

    private Latest of(Kind kind) {
        Latest of = latest.computeIfAbsent(kind, key -> new Latest());
        if (latest.size() > MOST) {
            latest.remove(latest.keySet().iterator().next());
        }
        return of;
    }

    private void check(Latest of, List<Labelled> labels, boolean records) {
        LabelCheck found = null;
        try {
            List<Outcome> outcomes = labels.stream().map(Labelled::outcome).toList();
            found = records
                    ? estimator.check(
                            outcomes, labels.stream().map(Labelled::row).toList())
                    : estimator.check(outcomes);
        } catch (RuntimeException e) {
            LOG.warn("Labels could not be held against estimates", e);
        } finally {
            done(of, found);
        }
    }

    private synchronized void done(Latest of, LabelCheck found) {
        of.checking = false;
        of.check = found == null ? of.check : found;
    }

    /**
     * What was found last of such estimates of a version; {@code null} if nothing was yet.
     *
     * @param records whether the estimate knew the records
     */
    synchronized LabelCheck check(String version, boolean records) {
        Latest of = latest.get(new Kind(version, records));
        return of == null ? null : of.check;
    }
}

package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a flow for drift: collects its records in tumbling windows and has every full window compared with the reference by an
 * executor, never in the caller's thread unless the executor is such. At most one window waits to be judged; one that fills meanwhile
 * is dropped and counted. Records are never a reason to throw.
 *
 * <p>Two windows of memory at most: numbers take 9 bytes each, categories a reference to a value of the record; of a window of more
 * than {@value #WINDOW_SAMPLE} records a uniform sample is kept. A window of time begins and ends with a record's arrival: without
 * records nothing is judged. Thread-safe.
 */
public final class DriftMonitor {

    /** How many records of one window are kept at most. */
    public static final int WINDOW_SAMPLE = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(DriftMonitor.class);

    private final DriftConfig config;
    private final Executor executor;
    private final InstantSource clock;
    private final Consumer<DriftReport> listener;
    private final ReentrantLock lock = new ReentrantLock();

    private Watch watch;
    private long windows;
    private volatile long dropped;
    private volatile Known known = Known.NOTHING;

    /** What is watched. Its identity tells a verdict that still counts from one that came too late. */
    private static final class Watch {

        final Reference reference;
        final Map<String, FieldKind> fields;
        final WindowJudge judge;
        final TumblingWindows windows;

        Watch(Reference reference, Map<String, FieldKind> fields, DriftConfig config) {
            this.reference = reference;
            this.fields = fields;
            this.judge = new WindowJudge(reference, List.copyOf(fields.keySet()), config.seed());
            this.windows = new TumblingWindows(config, fields);
        }
    }

    /** A complete window on its way to the executor. */
    private record Complete(Watch watch, Window window, long number) {}

    /** The verdict that holds and the last report, changed together. */
    private record Known(DriftStatus status, DriftReport report) {

        static final Known NOTHING = new Known(DriftStatus.INSUFFICIENT_DATA, null);

        Known and(DriftReport next) {
            boolean holds = status == DriftStatus.DRIFTED && next.status() == DriftStatus.INSUFFICIENT_DATA;
            return new Known(holds ? status : next.status(), next);
        }
    }

    /**
     * @param reference what the records are compared with
     * @param config window, budget, fields, seed
     * @param executor judges full windows; may run them in the caller's thread, which then waits
     * @param clock for windows of time and for reports
     * @param listener is told of each evaluation, one at a time; what it throws is logged
     * @throws ReferenceException if a configured field is not one the reference can compare
     */
    public DriftMonitor(
            Reference reference,
            DriftConfig config,
            Executor executor,
            InstantSource clock,
            Consumer<DriftReport> listener) {
        this.config = Objects.requireNonNull(config, "config");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.watch = watch(reference);
    }

    /**
     * Adds records in order, each to exactly one window. A batch may fill many windows; all its records have arrived now.
     *
     * @param rows empty adds nothing; a row that is {@code null} or cannot be read counts as missing values or wrong types
     */
    public void observe(List<Map<String, Object>> rows) {
        Instant now = clock.instant();
        int next = 0;
        while (next < rows.size()) {
            Complete complete;
            lock.lock();
            try {
                next = watch.windows.fill(rows, next, now);
                complete = complete(now);
            } finally {
                lock.unlock();
            }
            if (complete != null) {
                submit(complete);
            }
        }
    }

    /** The last evaluation's verdict; DRIFTED holds until a later window is stable, a reset or a new reference. */
    public DriftStatus status() {
        return known.status();
    }

    /** What the last evaluated window said; empty before the first, after a reset and after a new reference. */
    public Optional<DriftReport> report() {
        return Optional.ofNullable(known.report());
    }

    /** How many full windows were dropped because an evaluation was still running or its executor refused. */
    public long droppedWindows() {
        return dropped;
    }

    /** Forgets verdict and current window, and goes on against the same reference. */
    public void reset() {
        lock.lock();
        try {
            start(new Watch(watch.reference, watch.fields, config));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets verdict and current window, and goes on against another reference.
     *
     * @throws ReferenceException if a configured field is not one the reference can compare; then nothing changes
     */
    public void useReference(Reference reference) {
        Watch next = watch(reference);
        lock.lock();
        try {
            start(next);
        } finally {
            lock.unlock();
        }
    }

    private Watch watch(Reference reference) {
        List<String> names = config.fields().isEmpty() ? reference.fields() : config.fields();
        Map<String, FieldKind> fields = new LinkedHashMap<>();
        for (String name : names) {
            FieldKind kind = reference.kind(name);
            if (kind == null) {
                throw new ReferenceException("field " + name + " must be one the reference can compare: "
                        + reference.leftOut().getOrDefault(name, "it is not in the reference"));
            }
            fields.put(name, kind);
        }
        return new Watch(reference, fields, config);
    }

    private void start(Watch next) {
        watch = next;
        known = Known.NOTHING;
    }

    /** The current window if it is complete and can be judged; else {@code null}. */
    private Complete complete(Instant now) {
        if (!watch.windows.complete(now)) {
            return null;
        }
        windows++;
        Window window = watch.windows.next(now);
        if (window == null) {
            dropped++;
            return null;
        }
        return new Complete(watch, window, windows);
    }

    private void submit(Complete complete) {
        try {
            executor.execute(() -> evaluate(complete));
        } catch (RejectedExecutionException e) {
            LOG.warn("Drift window {} was dropped: the executor takes no more", complete.number());
            release(complete, false);
        }
    }

    private void evaluate(Complete complete) {
        boolean judged = false;
        try {
            DriftReport report = judge(complete);
            judged = true;
            if (publish(complete, report)) {
                listener.accept(report);
            }
        } catch (RuntimeException e) {
            String what = judged ? "was judged, but the listener failed" : "could not be judged";
            LOG.warn("Drift window {} {}", complete.number(), what, e);
        } finally {
            release(complete, judged);
        }
    }

    private DriftReport judge(Complete complete) {
        Window window = complete.window();
        Watch held = complete.watch();
        double level = config.level(window.records());
        WindowJudge.Verdict verdict = held.judge.judge(window.samples(), complete.number(), level);
        return new DriftReport(
                verdict.status(),
                complete.number(),
                window.records(),
                window.size(),
                held.reference.rows(),
                level,
                verdict.fields(),
                held.reference.leftOut(),
                dropped,
                clock.instant());
    }

    /** Whether the verdict still counts. */
    private boolean publish(Complete complete, DriftReport report) {
        lock.lock();
        try {
            boolean counts = complete.watch() == watch;
            if (counts) {
                known = known.and(report);
            }
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /** Only now may the next window be judged: listeners are told of one evaluation at a time and in order. */
    private void release(Complete complete, boolean judged) {
        lock.lock();
        try {
            dropped += judged ? 0 : 1;
            complete.watch().windows.release(complete.window());
        } finally {
            lock.unlock();
        }
    }
}

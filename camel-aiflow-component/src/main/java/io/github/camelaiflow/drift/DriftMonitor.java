package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.SegmentWatch.Complete;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a flow for drift: collects its records in windows, tumbling or sliding, of all records or of each segment, and has every
 * complete window compared with the reference by an executor, never in the caller's thread unless the executor is such. At most one
 * window a segment waits to be judged; one that is complete meanwhile is dropped and counted, though a sliding window's records stay for
 * the next. Records are never a reason to throw.
 *
 * <p>Memory is bounded: of a window of more than {@value #WINDOW_SAMPLE} records a uniform sample of each pane is kept (with segments,
 * each keeps its share of that, 1,000 at least), and of each segment two windows and a pane exist at most. Numbers take 9 bytes each,
 * categories a reference to a value of the record. A window of time begins with a record's arrival and ends with one, or with
 * {@link #tick}.
 *
 * <p>With a store, open windows outlive the process: they are saved every 5 seconds, more seldom if they are large, and when the
 * monitor is closed. A process that is killed loses what came since they were saved, and windows that waited to be judged.
 * Thread-safe.
 */
public final class DriftMonitor {

    /** How many records of one window are kept at most. */
    public static final int WINDOW_SAMPLE = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(DriftMonitor.class);

    private final DriftConfig config;
    private final InstantSource clock;
    private final Consumer<DriftReport> listener;
    private final Intake intake;
    private final WindowKeeper keeper;
    private final ReentrantLock keeping = new ReentrantLock();

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
        this(SegmentReferences.of(reference), config, executor, clock, listener, null);
    }

    /**
     * As the other one, with segments, and windows that survive a restart.
     *
     * @param store keeps the open windows; {@code null} if nothing does
     * @throws ReferenceException if a configured field is not one the reference can compare, or the references are of other segments
     */
    public DriftMonitor(
            SegmentReferences references,
            DriftConfig config,
            Executor executor,
            InstantSource clock,
            Consumer<DriftReport> listener,
            DriftStore store) {
        this.config = Objects.requireNonNull(config, "config");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(executor, "executor");
        Evaluations<Complete> evaluations = new Evaluations<>(executor, this::evaluate, this::refused);
        this.intake = new Intake(new Watch(config, references), clock, evaluations::submit);
        this.keeper = store == null ? null : new WindowKeeper(store, intake);
    }

    /**
     * Adds records in order, each to exactly one pane. A batch may fill many windows; all its records have arrived now.
     *
     * @param rows empty adds nothing; a row that is {@code null} or cannot be read counts as missing values or wrong types
     */
    public void observe(List<Map<String, Object>> rows) {
        intake.observe(rows);
    }

    /**
     * Ends windows of time that are over though no record came since. With a store, takes up open windows that were left there and saves
     * this monitor's own, if they are due. To be called once before the first record and then every few seconds, never by
     * a route's thread: it may wait for the store. A store that is away is logged, and tried again.
     */
    public void tick() {
        Instant now = clock.instant();
        intake.endByTime(now);
        keep(() -> keeper.tick(now));
    }

    /**
     * Goes on with the verdicts and open windows of the monitor this one replaces, if both watch the same by another budget or other
     * tests. With a store {@link #tick} does that, once the other one is closed. To be called once, before {@link #tick}. Windows too
     * large to be kept in a store begin anew.
     */
    public void continues(DriftMonitor before) {
        try {
            if (keeper == null) {
                intake.continues(before.intake);
            }
        } catch (IllegalArgumentException e) {
            LOG.info("Open drift windows are not taken over from the definition before: {}", e.getMessage());
        }
    }

    /**
     * Saves the open windows a last time, so that this node's next process takes them up at once. Records may still come, but nothing
     * more is saved. Does nothing without a store, or a second time.
     */
    public void close() {
        keep(() -> keeper.release(clock.instant()));
    }

    private void keep(Runnable work) {
        if (keeper != null) {
            keeping.lock();
            try {
                work.run();
            } finally {
                keeping.unlock();
            }
        }
    }

    /**
     * The verdict that holds: DRIFTED if any segment has drifted, STABLE if any is known to be stable and none has drifted. A segment's is
     * that of its last evaluation; DRIFTED holds until a later window is stable, a reset or a new reference.
     */
    public DriftStatus status() {
        return intake.verdicts().status();
    }

    /** What the last evaluated window said; empty before the first, after a reset and after a new reference. */
    public Optional<DriftReport> report() {
        return Optional.ofNullable(intake.verdicts().last());
    }

    /** The last report of each segment that has one, in the order of the segments. */
    public List<DriftReport> reports() {
        return intake.verdicts().reports();
    }

    /**
     * What is remembered of the evaluations since this process began, the last reset or new reference: the last 500 of each segment,
     * fewer of many segments and fields.
     */
    public DriftHistory history() {
        return new DriftHistory(
                config.falseAlarms(),
                intake.watch().segments().stream().map(SegmentWatch::history).toList());
    }

    /** How many complete windows were not judged because an evaluation was still running or its executor refused. */
    public long droppedWindows() {
        return intake.dropped();
    }

    /** Forgets verdicts and open windows, and goes on against the same reference. */
    public void reset() {
        intake.change(watch -> new Watch(config, watch.references()).after(watch));
    }

    /**
     * Forgets verdicts and open windows, and goes on against another reference, without segments.
     *
     * @throws ReferenceException if a configured field is not one the reference can compare; then nothing changes
     */
    public void useReference(Reference reference) {
        useReference(SegmentReferences.of(reference));
    }

    /**
     * Forgets verdicts and open windows, and goes on against other references.
     *
     * @throws ReferenceException if a configured field is not one the reference can compare, or they are of other segments; then
     *     nothing changes
     */
    public void useReference(SegmentReferences references) {
        Watch ready = new Watch(config, references);
        intake.change(ready::after);
    }

    private void evaluate(Complete complete) {
        boolean judged = false;
        try {
            DriftReport report = complete.segment().judge(complete, intake.dropped(), clock.instant());
            judged = true;
            if (intake.publish(complete, report)) {
                listener.accept(report);
            }
        } catch (RuntimeException e) {
            String what = judged ? "was judged, but the listener failed" : "could not be judged";
            LOG.warn("Drift window {} {}", complete.number(), what, e);
        } finally {
            intake.release(complete, judged);
        }
    }

    private void refused(Complete complete) {
        LOG.warn("Drift window {} was dropped: the executor takes no more", complete.number());
        intake.release(complete, false);
    }
}

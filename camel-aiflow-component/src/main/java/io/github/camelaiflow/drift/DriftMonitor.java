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
import java.util.stream.IntStream;
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
 * {@link #tick}. Thread-safe.
 */
public final class DriftMonitor {

    /** How many records of one window are kept at most. */
    public static final int WINDOW_SAMPLE = 20_000;

    private static final int SEGMENT_SAMPLE = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(DriftMonitor.class);

    private final DriftConfig config;
    private final InstantSource clock;
    private final Consumer<DriftReport> listener;
    private final Evaluations<Complete> evaluations;
    private final ReentrantLock lock = new ReentrantLock();

    private Watch watch;
    private volatile long dropped;
    private volatile Verdicts verdicts = Verdicts.NOTHING;

    /** What is watched. Its identity tells a verdict that still counts from one that came too late. */
    private record Watch(SegmentReferences references, List<SegmentWatch> segments) {}

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
        this(SegmentReferences.of(reference), config, executor, clock, listener);
    }

    /**
     * As the other one, with segments.
     *
     * @throws ReferenceException if a configured field is not one the reference can compare, or the references are of other segments
     */
    public DriftMonitor(
            SegmentReferences references,
            DriftConfig config,
            Executor executor,
            InstantSource clock,
            Consumer<DriftReport> listener) {
        this.config = Objects.requireNonNull(config, "config");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.evaluations =
                new Evaluations<>(Objects.requireNonNull(executor, "executor"), this::evaluate, this::refused);
        this.watch = watch(references, null);
    }

    /**
     * Adds records in order, each to exactly one pane. A batch may fill many windows; all its records have arrived now.
     *
     * @param rows empty adds nothing; a row that is {@code null} or cannot be read counts as missing values or wrong types
     */
    public void observe(List<Map<String, Object>> rows) {
        Instant now = clock.instant();
        int next = 0;
        while (next < rows.size()) {
            Complete complete = null;
            lock.lock();
            try {
                while (next < rows.size() && complete == null) {
                    SegmentWatch segment = segment(rows.get(next));
                    if (segment.windows().over(now)) {
                        complete = end(segment, now);
                    } else {
                        segment.windows().add(rows.get(next));
                        next++;
                        if (segment.windows().full()) {
                            complete = end(segment, now);
                        }
                    }
                }
            } finally {
                lock.unlock();
            }
            if (complete != null) {
                evaluations.submit(complete);
            }
        }
    }

    private SegmentWatch segment(Map<String, Object> row) {
        return watch.segments.get(config.segments().of(row));
    }

    /** Ends windows of time that are over though no record came since. To be called every few seconds, by one thread. */
    public void tick() {
        Instant now = clock.instant();
        for (int i = 0; i < config.segments().count(); i++) {
            Complete complete;
            lock.lock();
            try {
                SegmentWatch segment = watch.segments.get(i);
                complete = segment.windows().overWithoutRecord(now) ? end(segment, now) : null;
            } finally {
                lock.unlock();
            }
            if (complete != null) {
                evaluations.submit(complete);
            }
        }
    }

    /** The segment's window if it is complete and can be judged; else {@code null}. */
    private Complete end(SegmentWatch segment, Instant now) {
        Complete complete = segment.end(now);
        if (complete != null && segment.away()) {
            dropped++;
            return null;
        }
        segment.away(segment.away() || complete != null);
        return complete;
    }

    /**
     * The verdict that holds: DRIFTED if any segment has drifted, STABLE if any is known to be stable and none has drifted. A segment's is
     * that of its last evaluation; DRIFTED holds until a later window is stable, a reset or a new reference.
     */
    public DriftStatus status() {
        return verdicts.status();
    }

    /** What the last evaluated window said; empty before the first, after a reset and after a new reference. */
    public Optional<DriftReport> report() {
        return Optional.ofNullable(verdicts.last());
    }

    /** The last report of each segment that has one, in the order of the segments. */
    public List<DriftReport> reports() {
        return verdicts.reports();
    }

    /** How many complete windows were not judged because an evaluation was still running or its executor refused. */
    public long droppedWindows() {
        return dropped;
    }

    /** Forgets verdicts and open windows, and goes on against the same reference. */
    public void reset() {
        lock.lock();
        try {
            start(watch(watch.references, watch));
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            start(watch(references, watch));
        } finally {
            lock.unlock();
        }
    }

    private Watch watch(SegmentReferences references, Watch before) {
        Segments segments = config.segments();
        if (!references.segments().equals(segments)) {
            throw new ReferenceException("references must be of the segments that are watched, " + segments);
        }
        int sample = Math.max(SEGMENT_SAMPLE, WINDOW_SAMPLE / segments.count());
        List<SegmentWatch> watches = IntStream.range(0, segments.count())
                .mapToObj(i -> new SegmentWatch(
                        config,
                        references,
                        i,
                        sample,
                        before == null ? 0 : before.segments.get(i).number()))
                .toList();
        return new Watch(references, watches);
    }

    private void start(Watch next) {
        watch = next;
        verdicts = Verdicts.NOTHING;
    }

    private void evaluate(Complete complete) {
        boolean judged = false;
        try {
            DriftReport report = complete.segment().judge(complete, dropped, clock.instant());
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

    private void refused(Complete complete) {
        LOG.warn("Drift window {} was dropped: the executor takes no more", complete.number());
        release(complete, false);
    }

    /** Whether the verdict still counts. */
    private boolean publish(Complete complete, DriftReport report) {
        lock.lock();
        try {
            boolean counts = watch.segments.contains(complete.segment());
            if (counts) {
                complete.segment().known(complete.segment().known().and(report));
                verdicts = Verdicts.of(watch.segments, report);
            }
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /** Only now may the segment's next window be judged. */
    private void release(Complete complete, boolean judged) {
        lock.lock();
        try {
            dropped += judged ? 0 : 1;
            complete.segment().away(false);
        } finally {
            lock.unlock();
        }
    }
}

package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one segment: its windows, what they are compared with and what came out. Its state changes under the monitor's
 * lock; judging needs none.
 */
final class SegmentWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWatch.class);

    private final String name;
    private final DriftConfig config;
    private final Reference reference;
    private final SegmentJudge judge;
    private final long seed;
    private final ChangePoints changes;
    private final Chronicle chronicle;
    private final SlidingWindows windows;
    private long number;
    private boolean begun;
    private boolean away;
    private volatile Known known = Known.NOTHING;

    /** A complete window on its way to be judged. */
    record Complete(SegmentWatch segment, Window window, long number) {}

    /**
     * @param segment number of the segment
     * @param sample how many records of a window are kept
     */
    SegmentWatch(DriftConfig config, SegmentReferences references, PaneLayout layout, int segment, int sample) {
        this.name = references.segments().name(segment);
        this.config = config;
        this.reference = references
                .segment(segment)
                .filter(part -> comparable(part, layout))
                .orElse(null);
        this.seed = config.seed() + segment * 0x9E3779B97F4A7C15L;
        List<FieldSample> samples = reference == null
                ? List.of()
                : layout.names().stream().map(reference::sample).toList();
        this.judge = reference == null ? null : new SegmentJudge(config, reference, layout, samples, seed);
        this.changes = new ChangePoints(samples);
        this.chronicle = new Chronicle(name, references.segments().count(), layout.names(), samples);
        this.windows = new SlidingWindows(config, layout, sample, segment);
    }

    /** Whether a segment's reference has all the columns, of the same kind. */
    private static boolean comparable(Reference part, PaneLayout layout) {
        for (int i = 0; i < layout.names().size(); i++) {
            FieldKind kind = part.kind(layout.names().get(i));
            if (kind == null || kind.numeric() != layout.kind(i).numeric()) {
                LOG.warn(
                        "A segment is not compared: its records of the reference have no column {} like that of all",
                        layout.names().get(i));
                return false;
            }
        }
        return true;
    }

    /** Goes on with the numbers of windows. */
    void after(SegmentWatch before) {
        number = before.number;
    }

    SlidingWindows windows() {
        return windows;
    }

    Known known() {
        return known;
    }

    void known(Known next) {
        known = next;
    }

    /**
     * Ends the pane, which is over.
     *
     * @return the window to be judged; {@code null} if there is none yet
     */
    Complete end(Instant now) {
        Window window = windows.end(now);
        if (window == null) {
            return null;
        }
        number++;
        begun = true;
        return new Complete(this, window, number);
    }

    /** What is there now, whatever comes later. */
    SavedSegment copy() {
        return new SavedSegment(number, known.status(), windows.opened(), windows.copy(), changes.summaries());
    }

    /**
     * Goes on with what was kept elsewhere. Where windows have been completed since, only the open pane's records can be taken up.
     *
     * @return a pane whose records have yet to be added
     */
    Pane takeUp(SavedSegment saved) {
        Pane open = saved.panes().get(saved.panes().size() - 1);
        if (begun || !windows.beginning()) {
            return open;
        }
        begun = true;
        number = Math.max(number, saved.number());
        known = new Known(saved.status(), null);
        changes.resume(saved.summaries());
        return windows.resume(saved.panes(), saved.opened());
    }

    /** Forgets the open windows. */
    void restart() {
        windows.empty();
    }

    /** Whether a window of this segment waits to be judged or is being judged. */
    boolean away() {
        return away;
    }

    void away(boolean value) {
        away = value;
    }

    /** Judges a window of this segment. */
    DriftReport judge(Complete complete, long dropped, Instant now) {
        Window window = complete.window();
        double level = config.level(window.newRecords());
        SegmentJudge.Verdict verdict = judge == null
                ? new SegmentJudge.Verdict(DriftStatus.INSUFFICIENT_DATA, List.of(), List.of(), null)
                : judge.judge(window, complete.number(), level, SeededRandom.stream(seed, complete.number()));
        DriftReport report = new DriftReport(
                verdict.status(),
                name,
                complete.number(),
                config.panes(),
                window.records(),
                window.size(),
                reference == null ? 0 : reference.rows(),
                level,
                judge == null ? List.of() : changes.estimate(window, verdict.fields()),
                verdict.multivariate(),
                verdict.compatible(),
                reference == null ? Map.of() : reference.leftOut(),
                dropped,
                now);
        chronicle.add(report, window);
        return report;
    }

    DriftHistory.SegmentHistory history() {
        return chronicle.history(known.status());
    }
}

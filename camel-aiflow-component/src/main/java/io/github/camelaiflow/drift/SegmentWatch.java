package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.ReferenceException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of one segment: its windows, what they are compared with and what came out. Its state changes under the monitor's
 * lock; judging needs none.
 */
final class SegmentWatch {

    private final String name;
    private final DriftConfig config;
    private final Reference reference;
    private final WindowJudge judge;
    private final SlidingWindows windows;
    private long number;
    private boolean away;
    private Known known = Known.NOTHING;

    /** A complete window on its way to be judged. */
    record Complete(SegmentWatch segment, Window window, long number) {}

    /**
     * @param segment number of the segment
     * @param sample how many records of a window are kept
     * @param number how many windows there were before
     */
    SegmentWatch(DriftConfig config, SegmentReferences references, int segment, int sample, long number) {
        this.name = references.segments().name(segment);
        this.config = config;
        this.reference = references.segment(segment).orElse(null);
        this.number = number;
        PaneLayout layout = layout(config, references.whole());
        long seed = config.seed() + segment * 0x9E3779B97F4A7C15L;
        this.judge = reference == null ? null : new WindowJudge(reference, layout.names(), seed);
        this.windows = new SlidingWindows(config, layout, sample, segment);
    }

    private static PaneLayout layout(DriftConfig config, Reference reference) {
        List<String> names = config.fields().isEmpty() ? reference.fields() : config.fields();
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        for (String name : names) {
            if (reference.kind(name) == null) {
                throw new ReferenceException("field " + name + " must be one the reference can compare: "
                        + reference.leftOut().getOrDefault(name, "it is not in the reference"));
            }
            kinds.put(name, reference.kind(name));
        }
        return new PaneLayout(kinds);
    }

    SlidingWindows windows() {
        return windows;
    }

    long number() {
        return number;
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
        return new Complete(this, window, number);
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
        WindowJudge.Verdict verdict = judge == null
                ? new WindowJudge.Verdict(DriftStatus.INSUFFICIENT_DATA, List.of())
                : judge.judge(window.samples(), complete.number(), level);
        return new DriftReport(
                verdict.status(),
                name,
                complete.number(),
                config.panes(),
                window.records(),
                window.size(),
                reference == null ? 0 : reference.rows(),
                level,
                verdict.fields(),
                List.of(),
                reference == null ? Map.of() : reference.leftOut(),
                dropped,
                now);
    }
}

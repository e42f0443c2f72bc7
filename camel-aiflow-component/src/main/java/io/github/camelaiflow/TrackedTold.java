package io.github.camelaiflow;

import io.github.camelaiflow.feedback.TrackedSpan;
import io.github.camelaiflow.feedback.quality.QualityMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells how many predictions there are of each version and when they were made, so that the labelled share is known; not by segment, as that is
 * not counted. On one thread.
 */
final class TrackedTold {

    /** What was made before this began is told evenly over its span. */
    private static final int PARTS = 8;

    private final QualityMonitor quality;
    private final Map<Span, Long> known = new HashMap<>();
    private final Set<String> versions = new HashSet<>();
    /** Those that were there when this began. */
    private Set<Span> before;

    private record Span(String version, Instant start) {

        static Span of(TrackedSpan tracked) {
            return new Span(tracked.version(), tracked.start());
        }
    }

    TrackedTold(QualityMonitor quality) {
        this.quality = quality;
    }

    /** Tells what is new. */
    void tell(List<TrackedSpan> all, Instant now) {
        if (now == null) {
            return;
        }
        Set<Span> still = all.stream().map(Span::of).collect(Collectors.toSet());
        if (before == null) {
            before = still;
        }
        for (TrackedSpan tracked : all) {
            Span span = Span.of(tracked);
            long told = known.getOrDefault(span, 0L);
            long more = tracked.predictions() - told;
            if (more > 0 && tell(tracked, now, more, told == 0 && before.contains(span))) {
                known.put(span, tracked.predictions());
            }
        }
        known.keySet().retainAll(still);
    }

    /** False if there is no room: then it is told later. */
    private boolean tell(TrackedSpan tracked, Instant now, long more, boolean evenly) {
        Instant last = within(tracked, now);
        long back = evenly ? Duration.between(tracked.start(), last).toMillis() : 0;
        for (int part = 1; part <= PARTS; part++) {
            long some = more * part / PARTS - more * (part - 1) / PARTS;
            Instant at = last.minusMillis(back * (PARTS + 1 - part) / PARTS);
            if (some > 0 && !quality.predicted(tracked.version(), null, at, some)) {
                return false;
            }
        }
        if (versions.add(tracked.version())) {
            quality.complete(tracked.version(), tracked.start());
        }
        return true;
    }

    private static Instant within(TrackedSpan tracked, Instant now) {
        Instant last = tracked.end().minusMillis(1);
        return now.isBefore(tracked.start()) ? tracked.start() : now.isAfter(last) ? last : now;
    }
}

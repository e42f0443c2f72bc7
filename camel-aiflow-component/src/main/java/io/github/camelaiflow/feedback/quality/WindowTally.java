package io.github.camelaiflow.feedback.quality;

import java.time.Instant;

/** One window's outcomes. Not thread-safe. */
final class WindowTally {

    private final long number;
    private final Tally tally;
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;

    WindowTally(long number, QualityConfig config) {
        this.number = number;
        this.tally = new Tally(config);
    }

    long number() {
        return number;
    }

    void add(Scored scored) {
        tally.add(scored);
        from = scored.predictedAt().isBefore(from) ? scored.predictedAt() : from;
        to = scored.predictedAt().isAfter(to) ? scored.predictedAt() : to;
    }

    /** @param before predictions made until then have matured */
    WindowQuality told(Instant before) {
        return new WindowQuality(number, from, to, !to.isAfter(before), tally.count(), tally.metrics());
    }
}

package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.statistics.ReportingDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Outcomes that wait until their prediction is old enough, by the time of the feed: the latest that any outcome told. They are given on by the
 * time of their prediction. Not thread-safe.
 */
final class Maturing {

    /** About 150 bytes each. */
    static final int MOST_WAITING = 100_000;
    /** Before so many labels, how long labels take is not judged. */
    static final int FEWEST_TO_LEARN = 200;

    private final QualityConfig.Maturity maturity;
    private final Consumer<Scored> matured;
    private final PriorityQueue<Scored> waiting =
            new PriorityQueue<>(Comparator.comparing(Scored::predictedAt).thenComparing(Scored::position));
    private final ReportingDelay delays = new ReportingDelay();
    private Instant now = Instant.MIN;
    private Duration learnt;
    private long early;

    Maturing(QualityConfig.Maturity maturity, Consumer<Scored> matured) {
        this.maturity = maturity;
        this.matured = matured;
    }

    void add(Scored scored) {
        now = later(now, later(scored.predictedAt(), scored.knownAt()));
        if (maturity.age() == null) {
            learn(scored);
        }
        waiting.add(scored);
        release();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Anew after each twentieth more labels. */
    private void learn(Scored scored) {
        delays.add(scored.predictedAt().getEpochSecond(), scored.knownAt().getEpochSecond());
        long count = delays.count();
        if (count >= FEWEST_TO_LEARN && count % Math.max(1, Long.highestOneBit(count) / 16) == 0) {
            learnt = delays.age(maturity.share(), now.getEpochSecond());
        }
    }

    private void release() {
        Duration age = age();
        while (!waiting.isEmpty()) {
            boolean old = age != null && !waiting.peek().predictedAt().isAfter(limit(age));
            if (!old && waiting.size() <= MOST_WAITING) {
                return;
            }
            early += old ? 0 : 1;
            matured.accept(waiting.poll());
        }
    }

    private Instant limit(Duration age) {
        return now.minus(age);
    }

    /** The age of maturity; {@code null} while it is not known. */
    Duration age() {
        return maturity.age() == null ? learnt : maturity.age();
    }

    /** Predictions of before have matured. */
    Instant before() {
        return age() == null || now.equals(Instant.MIN) ? Instant.MIN : limit(age());
    }

    /** The latest time any outcome told; {@link Instant#MIN} without one. */
    Instant now() {
        return now;
    }

    int waiting() {
        return waiting.size();
    }

    /** How many were given on before their time, for want of room. */
    long early() {
        return early;
    }
}

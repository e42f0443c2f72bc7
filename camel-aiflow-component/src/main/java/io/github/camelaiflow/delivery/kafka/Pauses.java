package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.CommitException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** How long a worker takes nothing after which failure: longer each time, until it settles a batch. Used by one thread. */
final class Pauses {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_FOR_A_JUDGEMENT = Duration.ofSeconds(5);
    private static final Duration FIRST_WHEN_FENCED = Duration.ofSeconds(5);
    private static final Duration LONGEST_WHEN_FENCED = Duration.ofSeconds(60);

    private final Ticker ticker;
    private final Duration heartbeat;
    private final Backoff failed;
    private final Backoff unjudged;
    private final Backoff fenced;

    private boolean holding;
    private long resumeAt;
    private long fencedAt;

    /** @param random spreads them */
    Pauses(Ticker ticker, Duration heartbeat, RandomGenerator random) {
        this.ticker = ticker;
        this.heartbeat = heartbeat;
        this.failed = new Backoff(FIRST, LONGEST, random);
        this.unjudged = new Backoff(FIRST, LONGEST_FOR_A_JUDGEMENT, random);
        this.fenced = new Backoff(FIRST_WHEN_FENCED, LONGEST_WHEN_FENCED, random);
    }

    /** Something failed that has to do with Kafka or a store. */
    Duration failed() {
        return failed.next();
    }

    /** A batch could not be judged. */
    Duration unjudged() {
        return unjudged.next();
    }

    /** A commit failed. Who was fenced as a producer hears of it as a group member first, and must not fence a successor in its turn. */
    Duration uncommitted(CommitException failure) {
        Duration wait = failed.next();
        boolean superseded = failure.getCause() instanceof ProducerFencedException
                || failure.getCause() instanceof InvalidProducerEpochException;
        Duration least = heartbeat.multipliedBy(3).dividedBy(2);
        return superseded && wait.compareTo(least) < 0 ? least : wait;
    }

    /** Another member goes by this one's name. */
    Duration fenced() {
        fencedAt = ticker.nanos();
        return fenced.next();
    }

    /** A batch is settled. */
    void settled() {
        failed.reset();
        unjudged.reset();
        if (ticker.nanos() - fencedAt > LONGEST_WHEN_FENCED.multipliedBy(2).toNanos()) {
            fenced.reset();
        }
    }

    /** Nothing is taken for so long. */
    void begin(Duration wait) {
        holding = true;
        resumeAt = ticker.nanos() + wait.toNanos();
    }

    boolean isOver() {
        return !holding || ticker.nanos() - resumeAt >= 0;
    }

    /** How long it still is; none if it has ended, since whether it has may have been asked a moment before. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, resumeAt - ticker.nanos()));
    }

    void end() {
        holding = false;
    }
}

package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.DeliveryObserver;
import io.github.camelaiflow.delivery.ShownFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time of trouble of one thread, from its first failure to the next commit. Each kind of failure is told once in it, so that hours
 * without a broker are a line each and not a million. Only the thread itself writes; others may read what it says.
 */
final class Episode {

    private static final Logger LOG = LoggerFactory.getLogger(Episode.class);
    private static final int DEEPEST = 8;

    private final String who;
    private final DeliveryObserver observer;
    private final Set<String> told = new HashSet<>();
    private long since;
    private long tries;
    private boolean refused;
    private volatile long failures;
    private volatile String lastFailure;

    Episode(String who, DeliveryObserver observer) {
        this.who = who;
        this.observer = observer;
    }

    /**
     * Something failed.
     *
     * @param message what that means and what may be done, without values
     */
    void failed(String stage, String message, Throwable cause, long nanos) {
        if (tries == 0) {
            since = nanos;
        }
        tries++;
        failures++;
        String kind = kind(cause);
        lastFailure = stage + ": " + kind;
        observer.failed(stage, cause);
        if (told.add(lastFailure)) {
            LOG.warn(
                    "{}: {}; nothing of it is committed, and it is tried again ({})",
                    who,
                    message,
                    ShownFailure.line(cause));
            LOG.debug("{}: {}", who, message, ShownFailure.of(cause));
        }
    }

    /** Some outcomes will never be taken, and become dead letters, or smaller ones. */
    void refused(CommitException failure) {
        if (!refused) {
            LOG.warn(
                    "{}: {}; they become dead letters, as do later ones, each of which is counted; a dead letter that is too large"
                            + " leaves its value where it came from, and tells so in header aiflow-error-omitted",
                    who,
                    failure.getMessage());
            refused = true;
        }
        LOG.debug("{}: {}", who, failure.getMessage(), ShownFailure.of(failure));
    }

    /** The thread commits again, or has nothing left that failed. */
    void over(long nanos) {
        if (tries > 0) {
            Duration after = Duration.ofNanos(nanos - since);
            LOG.info(
                    "{}: works again, {} ms and {} failed tries after its trouble began", who, after.toMillis(), tries);
            observer.recovered(after);
            tries = 0;
            told.clear();
        }
    }

    long failures() {
        return failures;
    }

    String lastFailure() {
        return lastFailure;
    }

    /** The kind of the innermost cause: what wraps it is ours or the client's. */
    private static String kind(Throwable failure) {
        Throwable innermost = failure;
        for (int i = 0; i < DEEPEST && innermost.getCause() != null; i++) {
            innermost = innermost.getCause();
        }
        return innermost.getClass().getSimpleName();
    }
}

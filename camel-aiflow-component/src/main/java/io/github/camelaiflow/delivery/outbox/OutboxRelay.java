package io.github.camelaiflow.delivery.outbox;

import io.github.camelaiflow.delivery.ShownFailure;
import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is written to an outbox, on a thread of its own: in order, and each message once as long as nothing fails; after a failure some
 * may be sent again, under the same ids. Of several nodes that relay the same space one does at a time; if it dies, another one
 * follows after the time it holds. What a publisher will never take becomes a dead letter of the space, stage {@code outbox}, unless it
 * tells of a dead letter. Thread-safe.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    private final String space;
    private final RelayStep step;
    private final Settings settings;
    private final InstantSource clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private boolean stopping;
    private volatile Status status = new Status(false, 0, 0, null, null);

    private OutboxRelay(
            Store store,
            String space,
            String owner,
            Publisher publisher,
            Settings settings,
            InstantSource clock,
            ThreadFactory threads) {
        this.space = space;
        this.settings = settings;
        this.clock = clock;
        this.step = new RelayStep(
                store, space, owner, publisher, settings.hold(), settings.atOnce(), clock, System::nanoTime);
        this.thread = threads.newThread(this::run);
        thread.setName("aiflow-outbox-" + space);
    }

    /**
     * How a relay works.
     *
     * @param atOnce messages a publishing, at most
     * @param idle how long to wait before asking the store again when there was nothing to send
     * @param retry how long to wait after a failure
     * @param hold after so long without a sign of life from the node that sends another one does. A publishing that takes longer is sent
     *     again by that one, under the same ids and before all that follows it; the first one sends nothing after it
     */
    public record Settings(int atOnce, Duration idle, Duration retry, Duration hold) {

        /** 500 messages, 200 ms, 1 s, 20 s. */
        public static final Settings DEFAULT =
                new Settings(500, Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(20));

        /** @throws IllegalArgumentException if one is not above 0 */
        public Settings {
            if (atOnce < 1 || !positive(idle) || !positive(retry) || !positive(hold)) {
                throw new IllegalArgumentException("The settings of an outbox's relay must be above 0");
            }
        }

        private static boolean positive(Duration duration) {
            return !duration.isZero() && !duration.isNegative();
        }
    }

    /**
     * How a relay stands.
     *
     * @param active whether this node is the one that sends
     * @param sent messages since the start
     * @param refused messages that will never be taken, since the start
     * @param lastSent {@code null} if none yet
     * @param failure kind of the failure that keeps it from sending now, never its message; {@code null} if none
     */
    public record Status(boolean active, long sent, long refused, Instant lastSent, String failure) {}

    /**
     * Starts; whether or not store and publisher can be reached.
     *
     * @param space whose outbox is relayed
     * @param owner unique for each run of a node, such as a random UUID's text
     * @param publisher is closed with the relay
     * @param clock tells when messages were sent and set aside
     * @param threads makes the thread; it gets a name here
     */
    public static OutboxRelay start(
            Store store,
            String space,
            String owner,
            Publisher publisher,
            Settings settings,
            InstantSource clock,
            ThreadFactory threads) {
        OutboxRelay relay = new OutboxRelay(store, space, owner, publisher, settings, clock, threads);
        relay.thread.start();
        return relay;
    }

    private void run() {
        while (await(work())) {
            // on
        }
        try {
            step.release();
        } catch (RuntimeException e) {
            LOG.debug("Outbox {}: the store could not be told that this node sends no more", space, ShownFailure.of(e));
        }
    }

    /** Gives how long to wait then. */
    private Duration work() {
        try {
            long before = step.sent();
            boolean more = step.run();
            Instant last = step.sent() > before ? clock.instant() : status.lastSent();
            if (status.failure() != null) {
                LOG.info("Outbox {}: sends again", space);
            }
            status = new Status(step.active(), step.sent(), step.refused(), last, null);
            return more ? Duration.ZERO : settings.idle();
        } catch (Exception | Error e) {
            // What one message breaks down at must not end the thread unnoticed
            failed(e);
            return settings.retry();
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String kind = failure.getClass().getSimpleName();
        if (!kind.equals(status.failure())) {
            LOG.warn("Outbox {}: messages can't be sent now ({}); they wait, and are tried again", space, kind);
            LOG.debug("Outbox {}", space, ShownFailure.of(failure));
        }
        status = new Status(step.active(), step.sent(), step.refused(), status.lastSent(), kind);
    }

    /** Whether to go on. */
    private boolean await(Duration wait) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (left > 0 && !stopping) {
                left = stopped.awaitNanos(left);
            }
            return !stopping;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** How it stands now. */
    public Status status() {
        return status;
    }

    /**
     * Stops after the publishing in hand; what waits then is sent by another node or the next start.
     *
     * @return whether it ended within the grace; if not it is interrupted
     */
    public boolean stop(Duration grace) throws InterruptedException {
        lock.lock();
        try {
            stopping = true;
            stopped.signalAll();
        } finally {
            lock.unlock();
        }
        thread.join(Math.max(1, grace.toMillis()));
        boolean ended = !thread.isAlive();
        if (!ended) {
            thread.interrupt();
        }
        return ended;
    }

    /** Stops within 10 s. */
    @Override
    public void close() {
        try {
            stop(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}

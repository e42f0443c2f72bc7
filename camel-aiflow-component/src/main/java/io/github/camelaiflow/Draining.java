package io.github.camelaiflow;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ShutdownStrategy;

/**
 * The delivering routes of a context. Camel stops them one after the other and waits for all together as long as its shutdown timeout says; so
 * when the first is stopped with the context, all take no more records, and share that time. Thread-safe.
 */
final class Draining {

    private final Set<Runnable> routes = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;
    private Long begun;

    /** @param nanos a monotonic clock */
    Draining(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param takeNoMore has a route finish what it has, and comes back at once */
    void add(Runnable takeNoMore) {
        routes.add(takeNoMore);
    }

    void remove(Runnable takeNoMore) {
        routes.remove(takeNoMore);
    }

    /** The context starts, again. */
    synchronized void reset() {
        begun = null;
    }

    /** A route is being stopped, alone or with its context. */
    synchronized Times begin(CamelContext context) {
        ShutdownStrategy strategy = context.getShutdownStrategy();
        Duration all = Duration.of(strategy.getTimeout(), strategy.getTimeUnit().toChronoUnit());
        if (!context.isStopping()) {
            return new Times(nanos, nanos.getAsLong(), all);
        }
        if (begun == null) {
            begun = nanos.getAsLong();
            routes.forEach(Runnable::run);
        }
        return new Times(nanos, begun, all);
    }

    /**
     * By when what must end of a route: after 70 % of the time the batches in hand, after 80 % the threads that were interrupted for not having
     * finished, after 90 % the outbox's publishing in hand. The rest is for closing what is left.
     */
    static final class Times {

        private static final Duration LONGEST_PUBLISHING = Duration.ofSeconds(10);

        private final LongSupplier nanos;
        private final long begun;
        private final Duration all;

        Times(LongSupplier nanos, long begun, Duration all) {
            this.nanos = nanos;
            this.begun = begun;
            this.all = all;
        }

        /** How long batches in hand may take from now on. */
        Duration finish() {
            return until(70);
        }

        /** How long threads that were interrupted then may take to close. */
        Duration abandon() {
            return until(80).minus(finish());
        }

        /** How long a publishing in hand may take from now on. */
        Duration publish() {
            Duration left = until(90);
            return left.compareTo(LONGEST_PUBLISHING) < 0 ? left : LONGEST_PUBLISHING;
        }

        private Duration until(int percent) {
            Duration left = all.multipliedBy(percent).dividedBy(100).minusNanos(nanos.getAsLong() - begun);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }
}

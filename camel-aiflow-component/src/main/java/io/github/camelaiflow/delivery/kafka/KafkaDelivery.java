package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.BatchProcessor;
import io.github.camelaiflow.delivery.DeliveryObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * Delivers records of Kafka topics: takes them in batches, has them judged, and makes outcomes and offsets visible together, on as many
 * threads as configured. Thread-safe.
 */
public final class KafkaDelivery implements AutoCloseable {

    private static final Duration LAST_GRACE = Duration.ofSeconds(5);

    private final List<DeliveryWorker> workers;
    private final List<Thread> threads;

    private KafkaDelivery(List<DeliveryWorker> workers, List<Thread> threads) {
        this.workers = workers;
        this.threads = threads;
    }

    /**
     * Starts over Kafka: exactly-once or at-least-once. Comes back at once, whether or not a broker can be reached; failures are told to the
     * observer and in {@link #status}.
     *
     * @throws IllegalArgumentException for {@link io.github.camelaiflow.delivery.DeliveryMode#DATABASE}
     * @throws org.apache.kafka.common.config.ConfigException naming a property whose value Kafka does not take
     */
    public static KafkaDelivery start(DeliveryConfig config, BatchProcessor processor, DeliveryObserver observer) {
        KafkaClients clients = KafkaClients.of(config, UUID.randomUUID().toString());
        return start(config, clients, CommitFactory.of(config, clients), processor, observer);
    }

    /** As {@link #start(DeliveryConfig, BatchProcessor, DeliveryObserver)}, with commits of another kind: those of a database. */
    public static KafkaDelivery start(
            DeliveryConfig config, CommitFactory commits, BatchProcessor processor, DeliveryObserver observer) {
        return start(config, KafkaClients.of(config, UUID.randomUUID().toString()), commits, processor, observer);
    }

    private static KafkaDelivery start(
            DeliveryConfig config,
            KafkaClients clients,
            CommitFactory commits,
            BatchProcessor processor,
            DeliveryObserver observer) {
        Ticker ticker = Ticker.of(InstantSource.system());
        SplittableRandom random = new SplittableRandom();
        ThreadFactory threads = work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        };
        return start(config, clients, commits, processor, observer, ticker, random, threads);
    }

    /**
     * As the others, with all that comes from outside.
     *
     * @param random each worker gets one of its own, seeded by it
     * @param threads makes the threads; they get names here
     */
    public static KafkaDelivery start(
            DeliveryConfig config,
            KafkaClients clients,
            CommitFactory commits,
            BatchProcessor processor,
            DeliveryObserver observer,
            Ticker ticker,
            RandomGenerator random,
            ThreadFactory threads) {
        List<DeliveryWorker> workers = new ArrayList<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < config.consumersCount(); i++) {
            RandomGenerator own = new SplittableRandom(random.nextLong());
            DeliveryWorker worker = new DeliveryWorker(config, i, clients, commits, processor, observer, ticker, own);
            Thread thread = threads.newThread(worker::run);
            thread.setName("aiflow-deliver-" + config.route() + "-" + i);
            workers.add(worker);
            started.add(thread);
        }
        started.forEach(Thread::start);
        return new KafkaDelivery(List.copyOf(workers), List.copyOf(started));
    }

    /** How each thread stands, by number. */
    public List<ThreadStatus> status() {
        return workers.stream().map(DeliveryWorker::status).toList();
    }

    /**
     * Takes no more records: each thread finishes the batch in hand, commits it, and closes its connections. Comes back at once; {@link #stop}
     * waits.
     */
    public void drain() {
        workers.forEach(DeliveryWorker::stop);
    }

    /** As {@link #stop(Duration, Duration)}, with 5 s for threads that were interrupted. */
    public boolean stop(Duration grace) throws InterruptedException {
        return stop(grace, LAST_GRACE);
    }

    /**
     * Stops: each thread finishes the batch in hand, commits it, and closes its connections. A thread that has not done so within the grace
     * is interrupted, and its batch is left uncommitted: it comes again, to the next that takes it.
     *
     * @param last how long to wait then for such threads to close their connections; they go on to do so in any case
     * @return whether all finished within the grace
     * @throws InterruptedException if the caller is; then what was in hand is left uncommitted, too
     */
    public boolean stop(Duration grace, Duration last) throws InterruptedException {
        workers.forEach(DeliveryWorker::stop);
        try {
            if (join(grace)) {
                return true;
            }
        } catch (InterruptedException e) {
            abandon();
            throw e;
        }
        abandon();
        join(last);
        return false;
    }

    private void abandon() {
        workers.forEach(DeliveryWorker::abandon);
        threads.forEach(Thread::interrupt);
    }

    private boolean join(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean all = true;
        for (Thread thread : threads) {
            long left =
                    Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis());
            thread.join(left);
            all &= !thread.isAlive();
        }
        return all;
    }

    /** Stops without grace. */
    @Override
    public void close() {
        workers.forEach(DeliveryWorker::stop);
        abandon();
    }
}

package io.github.camelaiflow.it.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.BatchProcessor;
import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.DeliveryObserver;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.database.DatabaseCommit;
import io.github.camelaiflow.delivery.database.Rows;
import io.github.camelaiflow.delivery.kafka.CommitFactory;
import io.github.camelaiflow.delivery.kafka.DeliveryConfig;
import io.github.camelaiflow.delivery.kafka.DeliveryWorker;
import io.github.camelaiflow.delivery.kafka.KafkaClients;
import io.github.camelaiflow.delivery.kafka.Ticker;
import io.github.camelaiflow.store.Deliveries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** The workers of one process: the real ones, on simulated clients. */
final class SimWorkers implements DeliveryObserver {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** More than a store takes, and the simulated broker too. */
    private static final byte[] TOO_LARGE = new byte[(1 << 20) + 1];

    final SimProcess process;
    private final boolean kept;
    private final SimBroker broker;
    private final Plan plan;
    private final List<DeliveryWorker> workers = new ArrayList<>();
    private int inHand;
    private int returned;
    private int ended;

    /** @param kept whether it is there to stay, and started again if it dies */
    SimWorkers(SimProcess process, boolean kept, SimBroker broker, Plan plan, Wrong wrong, SplittableRandom random) {
        this.process = process;
        this.kept = kept;
        this.broker = broker;
        this.plan = plan;
        DeliveryConfig config = config();
        for (int i = 0; i < plan.threads(); i++) {
            KafkaClients own = wrong.clients(clients(config, wrong));
            CommitFactory commits = wrong.commits(commits(config, own, wrong, random));
            DeliveryWorker worker =
                    new DeliveryWorker(config, i, own, commits, processor(), this, ticker(), random.split()::nextLong);
            workers.add(worker);
            process.start("t" + i, () -> run(worker));
        }
    }

    private CommitFactory commits(DeliveryConfig config, KafkaClients own, Wrong wrong, SplittableRandom random) {
        if (plan.mode() != DeliveryMode.DATABASE) {
            return CommitFactory.of(config, own);
        }
        Rows rows = new Rows(SimDatabase.FLOW, Plan.OUT, Plan.DEAD, () -> ticker().now());
        return (thread, consumer) -> new DatabaseCommit(
                wrong.database(new SimConnection(broker, process, broker.database).as(Deliveries.class)),
                rows,
                () -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
    }

    private DeliveryConfig config() {
        return DeliveryConfig.of("route")
                .brokers("simulated:1")
                .topics(Plan.IN)
                .outTopic(Plan.OUT)
                .deadTopic(Plan.DEAD)
                .groupId(SimMembership.GROUP)
                .instance(plan.named() ? process.name : null)
                .consumersCount(plan.threads())
                .maxPollRecords(plan.maxPollRecords())
                .mode(plan.mode())
                .sessionTimeout(Duration.ofMillis(Plan.SESSION))
                .transactionTimeout(Duration.ofMillis(Plan.TRANSACTION_TIMEOUT))
                .properties(Map.of("max.poll.interval.ms", Long.toString(Plan.MAX_POLL_INTERVAL)))
                .build();
    }

    private void run(DeliveryWorker worker) {
        try {
            worker.run();
        } catch (Fibers.Killed e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (!process.dead()) {
                broker.checks.violated("a worker ended by " + e);
                e.printStackTrace();
            }
        } finally {
            ended++;
        }
    }

    private KafkaClients clients(DeliveryConfig config, Wrong wrong) {
        String run = process.name + "@" + broker.now();
        return new KafkaClients() {

            @Override
            @SuppressWarnings("unchecked")
            public Consumer<byte[], byte[]> consumer(int thread) {
                String member = config.instance() == null ? null : config.instance() + "-" + thread;
                return new SimConsumer(
                                broker,
                                process,
                                member,
                                config.maxPollRecords(),
                                wrong.reading(),
                                new SimConsumer.Timeouts(Plan.SESSION, Plan.MAX_POLL_INTERVAL))
                        .as(Consumer.class);
            }

            @Override
            @SuppressWarnings("unchecked")
            public Producer<byte[], byte[]> producer(int thread) {
                String name = config.instance() == null ? run : config.instance();
                String id =
                        switch (config.mode()) {
                            case EXACTLY_ONCE -> name + "-" + thread;
                            default -> null;
                        };
                return new SimProducer(broker, process, id, Plan.TRANSACTION_TIMEOUT).as(Producer.class);
            }
        };
    }

    private BatchProcessor processor() {
        return batch -> {
            broker.checks.trace(process, "process " + batch.size());
            if (broker.faults.strikes(Fault.PROCESSOR_THROWS)) {
                throw new IllegalStateException("the model is away");
            }
            if (broker.faults.strikes(Fault.SLOW)) {
                process.sleep(broker.faults.duration(3 * Plan.MAX_POLL_INTERVAL));
            } else if (broker.faults.yields()) {
                process.sleep(broker.faults.duration(200));
            }
            return batch.stream().map(SimWorkers::judge).toList();
        };
    }

    private static Outcome judge(Incoming record) {
        String value = new String(record.value(), UTF_8);
        return switch (Input.Kind.valueOf(value.substring(0, value.indexOf(' ')))) {
            case POISON -> new Outcome.DeadLetter(record.origin(), record.key(), record.value(), record.headers());
            case TOO_LARGE ->
                new Outcome.Decision(
                        record.origin(),
                        record.origin().decisionId(SimDatabase.FLOW),
                        record.key(),
                        TOO_LARGE,
                        record.headers());
            case DECIDED ->
                new Outcome.Decision(
                        record.origin(),
                        record.origin().decisionId(SimDatabase.FLOW),
                        record.key(),
                        ("decided " + value).getBytes(UTF_8),
                        record.headers());
        };
    }

    private Ticker ticker() {
        return new Ticker() {

            @Override
            public Instant now() {
                return START.plusMillis(broker.now() + process.clockOffset);
            }

            @Override
            public long nanos() {
                return broker.now() * 1_000_000;
            }

            @Override
            public void sleep(Duration duration) {
                process.sleep(duration.toMillis() + 1);
            }
        };
    }

    boolean kept() {
        return kept;
    }

    void stop() {
        workers.forEach(DeliveryWorker::stop);
    }

    boolean ended() {
        return ended == workers.size();
    }

    int inHand() {
        return inHand;
    }

    /** Records given back, as often as they were. */
    int returned() {
        return returned;
    }

    private void hand(int change) {
        inHand += change;
        broker.checks.inHand(process.name, inHand, workers.size());
    }

    @Override
    public void taken(int records) {
        hand(records);
    }

    @Override
    public void settled(int decisions, int deadLetters, Instant time) {
        hand(-decisions - deadLetters);
    }

    @Override
    public void returned(int records) {
        hand(-records);
        returned += records;
    }

    @Override
    public void failed(String stage, Throwable cause) {
        broker.checks.trace(process, "failed " + stage + " " + cause);
    }

    @Override
    public void recovered(Duration after) {
        broker.checks.trace(process, "recovered");
    }
}

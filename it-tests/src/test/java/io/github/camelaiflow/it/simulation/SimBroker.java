package io.github.camelaiflow.it.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** What of Kafka 4.1 matters to delivery: logs, the two coordinators, and being away. One thread at a time, so each request is atomic. */
final class SimBroker {

    static final long ABORT_INTERVAL = 10_000;
    private static final long TICK = 1_000;

    final Fibers fibers;
    final Faults faults;
    final Checks checks;
    final SimTransactions transactions;
    final SimGroup group;
    final SimDatabase database;
    private final Map<TopicPartition, SimLog> logs = new LinkedHashMap<>();
    private final Map<String, Integer> topics;
    /** The topic that refuses records, and until when. */
    String refusing = "";

    long refusingUntil;
    private long awayUntil;
    private long groupAwayUntil;

    /** @param input the topic that the group reads */
    SimBroker(Fibers fibers, Faults faults, Checks checks, Map<String, Integer> topics, String input) {
        this.fibers = fibers;
        this.faults = faults;
        this.checks = checks;
        this.topics = topics;
        topics.forEach(
                (topic, count) -> partitions(topic).forEach(partition -> logs.put(partition, new SimLog(partition))));
        transactions = new SimTransactions(this);
        group = new SimGroup(this, partitions(input));
        database = new SimDatabase(this);
        every(TICK, this::tick);
        every(ABORT_INTERVAL, transactions::abortOverdue);
    }

    long now() {
        return fibers.now();
    }

    SimLog log(TopicPartition partition) {
        return logs.get(partition);
    }

    List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, topics.get(topic))
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
    }

    int count(String topic) {
        return topics.get(topic);
    }

    /** Nothing is answered for a while. */
    void down(long millis) {
        awayUntil = Math.max(awayUntil, now() + millis);
        fibers.after(millis, () -> {
            if (now() >= awayUntil) {
                group.restarted();
            }
        });
    }

    /** The group's coordinator is away for a while. */
    void coordinatorAway(long millis) {
        groupAwayUntil = Math.max(groupAwayUntil, now() + millis);
        fibers.after(millis, group::restarted);
    }

    /** All is well again. */
    void heal() {
        awayUntil = groupAwayUntil = refusingUntil = 0;
        logs.values().forEach(log -> log.leaderAwayUntil = 0);
        group.restarted();
    }

    /** Since when a request to a partition is answered: the past or the future. */
    long available(SimLog log) {
        return Math.max(awayUntil, log.leaderAwayUntil);
    }

    long groupAvailable() {
        return Math.max(awayUntil, groupAwayUntil);
    }

    long transactionsAvailable() {
        return awayUntil;
    }

    private void tick() {
        if (groupAvailable() <= now()) {
            group.tick();
        }
    }

    private void every(long millis, Runnable work) {
        fibers.after(millis, () -> {
            work.run();
            every(millis, work);
        });
    }
}

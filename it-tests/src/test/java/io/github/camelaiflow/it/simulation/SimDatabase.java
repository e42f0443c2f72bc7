package io.github.camelaiflow.it.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.Deliveries;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Outbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The store that all processes share: the one in memory, seen from outside as a database whose transactions are atomic. */
final class SimDatabase {

    static final String FLOW = "flow";
    private static final String SPACE = "space";

    private final SimBroker broker;
    private final MemoryStore store;
    final Deliveries deliveries;
    final DeadLetters letters;
    final Outbox outbox;

    SimDatabase(SimBroker broker) {
        this.broker = broker;
        store = new MemoryStore(() -> Instant.EPOCH.plusMillis(broker.now()));
        deliveries = store.deliveries(SPACE);
        letters = store.deadLetters(SPACE);
        outbox = store.outbox(SPACE);
    }

    /** As a transaction: its rows, and the offsets that it moved, are visible at once. */
    Deliveries.Answer settle(Deliveries.Settlement settlement) {
        List<Outcome> added = added(settlement);
        Map<Integer, Long> before = deliveries.offsets(Plan.IN);
        Deliveries.Answer answer = deliveries.settle(settlement);
        if (!answer.settled()) {
            return answer;
        }
        if (answer.known() > 0) {
            broker.checks.violated("doubled: " + answer.known() + " decisions were there before their offset");
        }
        if (!deliveries.offsets(Plan.IN).equals(before)) {
            added.forEach(outcome -> broker.checks.visible(outcome.origin, outcome.text));
        }
        deliveries
                .offsets(Plan.IN)
                .forEach((partition, offset) -> broker.checks.moved(
                        new TopicPartition(Plan.IN, partition), before.getOrDefault(partition, 0L), offset));
        return answer;
    }

    private List<Outcome> added(Deliveries.Settlement settlement) {
        List<Outcome> added = new ArrayList<>();
        for (Deliveries.Decision decision : settlement.decisions()) {
            added.add(outcome(Plan.OUT, decision.partition(), decision.offset(), decision.message()));
        }
        for (DeadLetters.Letter letter : settlement.letters()) {
            added.add(outcome(Plan.DEAD, letter.partition(), letter.offset(), letter.message()));
        }
        added.sort(Comparator.comparingInt(Outcome::partition).thenComparingLong(Outcome::offset));
        return added;
    }

    private static Outcome outcome(String topic, int partition, long offset, Message message) {
        return new Outcome(partition, offset, origin(message), topic + ": " + new String(message.value(), UTF_8));
    }

    private static String origin(Message message) {
        return message.headers().stream()
                .filter(header -> header.name().equals(Input.ORIGIN))
                .map(header -> new String(header.value(), UTF_8))
                .findFirst()
                .orElseThrow();
    }

    /** The origins of all rows, as somebody reads them who comes later. */
    List<String> read() {
        List<String> read = new ArrayList<>();
        for (TopicPartition partition : broker.partitions(Plan.IN)) {
            deliveries
                    .decisions(Plan.IN, partition.partition(), -1, 1_000)
                    .forEach(kept -> read.add(origin(kept.decision().message())));
        }
        letters.list(Criteria.ALL, 0, 1_000)
                .forEach(letter ->
                        read.add(origin(letters.get(letter.id()).orElseThrow().message())));
        return read;
    }

    /** The origins of what is to be told. */
    List<String> told() {
        return outbox.next(0, 1_000).stream()
                .map(waiting -> origin(waiting.draft().message()))
                .toList();
    }

    private record Outcome(int partition, long offset, String origin, String text) {}
}

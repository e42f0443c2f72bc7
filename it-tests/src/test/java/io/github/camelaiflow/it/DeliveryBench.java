package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.delivery.BatchProcessor;
import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Ledger;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.delivery.Outcome.Decision;
import io.github.camelaiflow.delivery.kafka.CommitFactory;
import io.github.camelaiflow.delivery.kafka.DeliveryConfig;
import io.github.camelaiflow.delivery.kafka.KafkaClients;
import io.github.camelaiflow.delivery.kafka.KafkaDelivery;
import io.github.camelaiflow.delivery.kafka.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One group's topics, what goes in, and the account of what came out, id by id. An id is a number; each has one of a few keys, and the ids of
 * a key rise. An id that {@link #POISON} divides becomes a dead letter.
 */
final class DeliveryBench implements AutoCloseable {

    static final int POISON = 17;
    private static final int KEYS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final KafkaTestClient client;
    final String name;
    final String in;
    final String out;
    final String dead;
    final Ledger ledger = new Ledger();
    private final String brokers;
    private final List<KafkaDelivery> running = new ArrayList<>();
    private int sent;

    /** @param name that no other bench of the broker has; topics are yet to be created */
    DeliveryBench(String brokers, String name) {
        this.brokers = brokers;
        this.name = name;
        client = new KafkaTestClient(brokers);
        in = name + "-in";
        out = name + "-out";
        dead = name + "-dead";
    }

    DeliveryBench withTopics(int partitions) {
        client.createTopics(partitions, in, out, dead);
        return this;
    }

    DeliveryConfig.Builder config() {
        return DeliveryConfig.of(name)
                .brokers(brokers)
                .topics(in)
                .outTopic(out)
                .deadTopic(dead)
                .groupId(name)
                .mode(DeliveryMode.EXACTLY_ONCE);
    }

    KafkaDelivery start(DeliveryConfig config, BatchProcessor processor) {
        return add(KafkaDelivery.start(config, processor, ledger));
    }

    /** As {@link #start(DeliveryConfig, BatchProcessor)}, with these clients. */
    KafkaDelivery start(DeliveryConfig config, KafkaClients clients) {
        return add(KafkaDelivery.start(
                config,
                clients,
                CommitFactory.of(config, clients),
                DeliveryBench::judge,
                ledger,
                Ticker.of(InstantSource.system()),
                new SplittableRandom(1),
                Thread::new));
    }

    private KafkaDelivery add(KafkaDelivery delivery) {
        running.add(delivery);
        return delivery;
    }

    /** Sends the next ids. */
    void send(int records) {
        List<ProducerRecord<String, byte[]>> batch = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            int id = sent++;
            batch.add(new ProducerRecord<>(
                    in, "key-" + id % KEYS, Integer.toString(id).getBytes(UTF_8)));
        }
        client.send(batch);
    }

    int sent() {
        return sent;
    }

    static List<Outcome> judge(List<Incoming> batch) {
        return batch.stream().map(DeliveryBench::judge).toList();
    }

    static Outcome judge(Incoming record) {
        return id(record.value()) % POISON == 0
                ? new DeadLetter(record.origin(), record.key(), record.value(), record.headers())
                : new Decision(
                        record.origin(), record.origin().decisionId("it"), record.key(), record.value(), List.of());
    }

    static int id(byte[] value) {
        return Integer.parseInt(new String(value, UTF_8));
    }

    /** Waits until as many outcomes are visible as records were sent, at least. */
    void awaitAll() {
        await("all records have outcomes")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> visible() >= sent);
    }

    /** Outcomes that consumers see that read committed records. */
    int visible() {
        return client.readAll(out).size() + client.readAll(dead).size();
    }

    /** By id the decision ids under which it is visible; a dead letter's is empty. */
    Map<Integer, Set<String>> decidedIds() {
        Map<Integer, Set<String>> ids = new HashMap<>();
        client.readAll(out).forEach(record -> ids.computeIfAbsent(id(record.value()), any -> new HashSet<>())
                .add(new String(
                        record.headers().lastHeader("aiflow-decision-id").value(), UTF_8)));
        client.readAll(dead).forEach(record -> ids.computeIfAbsent(id(record.value()), any -> new HashSet<>())
                .add(""));
        return ids;
    }

    /** Each id has one outcome, of its kind, and the decisions of each key are in order. */
    void assertNothingLostNothingDoubled() {
        Map<Integer, Integer> times = new HashMap<>();
        List<ConsumerRecord<String, byte[]>> decisions = client.readAll(out);
        List<ConsumerRecord<String, byte[]>> deadLetters = client.readAll(dead);
        decisions.forEach(record -> times.merge(id(record.value()), 1, Integer::sum));
        deadLetters.forEach(record -> times.merge(id(record.value()), 1, Integer::sum));
        Set<Integer> lost = new HashSet<>();
        for (int id = 0; id < sent; id++) {
            if (!times.containsKey(id)) {
                lost.add(id);
            }
        }
        assertThat(lost).as("lost").isEmpty();
        assertThat(times.values()).as("times each was decided").containsOnly(1);
        assertThat(times).hasSize(sent);
        assertThat(decisions).noneMatch(record -> id(record.value()) % POISON == 0);
        assertThat(deadLetters).allMatch(record -> id(record.value()) % POISON == 0);
        assertOrder(decisions);
    }

    private static void assertOrder(List<ConsumerRecord<String, byte[]>> decisions) {
        Map<String, Integer> last = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : decisions) {
            Integer before = last.put(record.key(), id(record.value()));
            assertThat(before == null || before < id(record.value()))
                    .as("order of " + record.key())
                    .isTrue();
        }
    }

    /** Nothing is in hand any more, and all that was taken is accounted for. */
    void assertAccount() {
        Ledger.Account account = ledger.account();
        assertThat(account.gap()).isZero();
        assertThat(account.pending()).isZero();
    }

    void stop() throws InterruptedException {
        for (KafkaDelivery delivery : running) {
            delivery.stop(Duration.ofSeconds(30));
        }
        running.clear();
    }

    @Override
    public void close() {
        running.forEach(KafkaDelivery::close);
        client.close();
    }
}

package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What every {@link KafkaBroker} must do for the tests of the routes to mean something on it. */
abstract class BrokerContract extends WithKafka {

    private static final int KEYS = 20;
    private static final int RECORDS = 200;

    BrokerContract(KafkaBroker broker) {
        super(broker);
    }

    @Test
    void createsTopicsWithTheAskedPartitions() {
        kafka().createTopics(2, "wide-a", "wide-b");
        kafka().createTopics(1, "narrow");

        assertThat(kafka().partitions("wide-a")).isEqualTo(2);
        assertThat(kafka().partitions("wide-b")).isEqualTo(2);
        assertThat(kafka().partitions("narrow")).isEqualTo(1);
        assertThat(kafka().readAll("narrow")).isEmpty();
    }

    @Test
    void givesBackEveryRecordOfAKeyInOrderFromOnePartition() {
        kafka().createTopics(2, "by-key");
        var sent = records("by-key");
        kafka().send(sent);

        var read = kafka().readAll("by-key");

        assertThat(valuesByKey(read)).isEqualTo(sentValuesByKey(sent));
        assertThat(read.stream().collect(groupingBy(ConsumerRecord::key, mapping(ConsumerRecord::partition, toList()))))
                .allSatisfy((key, partitions) -> assertThat(partitions).as(key).containsOnly(partitions.get(0)));
        assertThat(read).extracting(ConsumerRecord::partition).contains(0, 1);
    }

    @Test
    void keepsAddressRecordsAndCommittedOffsetsOverARestart() {
        kafka().createTopics(2, "kept");
        var sent = records("kept");
        kafka().send(sent);
        consumeAsGroup("readers", "kept");
        String address = broker().bootstrapServers();
        var committed = kafka().committed("readers");

        broker().restart();

        assertThat(broker().bootstrapServers()).isEqualTo(address);
        assertThat(valuesByKey(kafka().readAll("kept"))).isEqualTo(sentValuesByKey(sent));
        assertThat(committed.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(RECORDS);
        assertThat(kafka().committed("readers")).isEqualTo(committed);
        kafka().send(records("kept"));
        assertThat(kafka().readAll("kept")).hasSize(2 * RECORDS);
    }

    @Test
    void showsCommittedTransactionsOnly() {
        kafka().createTopics(1, "ledger");
        try (var producer = kafka().producer(Map.of("transactional.id", "teller"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record("ledger", "kept", "committed"));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(record("ledger", "gone", "aborted"));
            producer.flush();
            producer.abortTransaction();
        }

        assertThat(kafka().readAll("ledger")).extracting(ConsumerRecord::key).containsExactly("kept");
    }

    private void consumeAsGroup(String group, String topic) {
        Map<String, Object> settings =
                Map.of("group.id", group, "auto.offset.reset", "earliest", "enable.auto.commit", false);
        try (var consumer = kafka().consumer(settings)) {
            consumer.subscribe(List.of(topic));
            await("the group reads " + topic).atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200));
                return consumer.assignment().stream()
                                .mapToLong(consumer::position)
                                .sum()
                        == RECORDS;
            });
            consumer.commitSync();
        }
    }

    private static List<ProducerRecord<String, byte[]>> records(String topic) {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> record(topic, "key-" + i % KEYS, "value-" + i))
                .toList();
    }

    private static ProducerRecord<String, byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(topic, key, value.getBytes(UTF_8));
    }

    private static Map<String, List<String>> valuesByKey(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .collect(groupingBy(ConsumerRecord::key, mapping(r -> new String(r.value(), UTF_8), toList())));
    }

    private static Map<String, List<String>> sentValuesByKey(List<ProducerRecord<String, byte[]>> records) {
        return records.stream()
                .collect(groupingBy(ProducerRecord::key, mapping(r -> new String(r.value(), UTF_8), toList())));
    }
}

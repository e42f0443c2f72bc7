package io.github.camelaiflow.it;

import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.kafka.DeliveryConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records a second by mode and batch, on one thread and four partitions, against a plain copy: poll, send, commit without waiting for
 * either. Broker and clients share this JVM. Prints a table; run by hand.
 */
final class DeliveryRates {

    private DeliveryRates() {}

    /** Batches may be given; 1, 50, 200 and 500 by default. */
    public static void main(String[] arguments) throws Exception {
        int[] batches = arguments.length == 0
                ? new int[] {1, 50, 200, 500}
                : Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
        try (KafkaBroker broker = new InProcessBroker()) {
            broker.start();
            measure(broker, "warm-up", DeliveryMode.EXACTLY_ONCE, 200, 5_000);
            System.out.println("| batch | plain copy/s | at least once/s | exactly once/s |");
            System.out.println("|---|---|---|---|");
            for (int batch : batches) {
                int records = batch == 1 ? 500 : 10_000;
                System.out.printf(
                        "| %d | %.0f | %.0f | %.0f |%n",
                        batch,
                        plain(broker, "plain-" + batch, batch, records),
                        measure(broker, "at-least-" + batch, DeliveryMode.AT_LEAST_ONCE, batch, records),
                        measure(broker, "exactly-" + batch, DeliveryMode.EXACTLY_ONCE, batch, records));
            }
        }
    }

    private static double measure(KafkaBroker broker, String name, DeliveryMode mode, int batch, int records)
            throws Exception {
        try (DeliveryBench bench = new DeliveryBench(broker.bootstrapServers(), name).withTopics(4)) {
            bench.send(records);
            DeliveryConfig config =
                    bench.config().mode(mode).maxPollRecords(batch).build();
            bench.start(config, DeliveryBench::judge);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> bench.ledger.account().in() > 0);
            long start = System.nanoTime();
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> bench.ledger.account().decisions()
                                    + bench.ledger.account().deadLetters()
                            >= records);
            double rate = records / seconds(start);
            bench.stop();
            return rate;
        }
    }

    private static double plain(KafkaBroker broker, String name, int batch, int records) {
        try (DeliveryBench bench = new DeliveryBench(broker.bootstrapServers(), name).withTopics(4)) {
            bench.send(records);
            var settings = Map.<String, Object>of(
                    "group.id",
                    name,
                    "auto.offset.reset",
                    "earliest",
                    "enable.auto.commit",
                    "false",
                    "max.poll.records",
                    batch);
            try (var consumer = bench.client.consumer(settings);
                    var producer = bench.client.producer(Map.of())) {
                consumer.subscribe(List.of(bench.in));
                long start = 0;
                int copied = 0;
                while (copied < records) {
                    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
                    for (var record : consumer.poll(Duration.ofMillis(200))) {
                        start = start == 0 ? System.nanoTime() : start;
                        producer.send(new ProducerRecord<>(bench.out, record.key(), record.value()));
                        next.put(
                                new TopicPartition(record.topic(), record.partition()),
                                new OffsetAndMetadata(record.offset() + 1));
                        copied++;
                    }
                    consumer.commitAsync(next, null);
                }
                producer.flush();
                return records / seconds(start);
            }
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}

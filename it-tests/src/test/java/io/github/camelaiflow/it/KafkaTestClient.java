package io.github.camelaiflow.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a test does with Kafka, with every answer waited for: a call returns when the broker has said yes, or throws
 * {@link IllegalStateException}. Keys are text, values bytes. Not thread-safe.
 */
public final class KafkaTestClient implements AutoCloseable {

    /** On a partition that has just been made a producer with more of them may leave out the first, and wait for ever: KAFKA-15591. */
    private static final Map<String, Object> ONE_IN_FLIGHT = Map.of("max.in.flight.requests.per.connection", 1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final Admin admin;

    public KafkaTestClient(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Creates the topics, each with that many partitions and one replica; returns when all partitions have a leader. */
    public void createTopics(int partitions, String... topics) {
        var wanted = Arrays.stream(topics)
                .map(topic -> new NewTopic(topic, partitions, (short) 1))
                .toList();
        get(admin.createTopics(wanted).all(), "creating topics");
        await("topics have leaders").atMost(PATIENCE).until(() -> haveLeaders(List.of(topics)));
    }

    private boolean haveLeaders(List<String> topics) throws InterruptedException {
        try {
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            return false; // the broker learns of a new topic a moment after the controller
        }
    }

    /** How many partitions the topic has. */
    public int partitions(String topic) {
        return get(admin.describeTopics(List.of(topic)).allTopicNames(), "describing " + topic)
                .get(topic)
                .partitions()
                .size();
    }

    /** Sends the records in order; returns where each went when all are acknowledged by all replicas. */
    public List<RecordMetadata> send(List<ProducerRecord<String, byte[]>> records) {
        try (var producer = producer(ONE_IN_FLIGHT)) {
            List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
            records.forEach(record -> acknowledged.add(producer.send(record)));
            return acknowledged.stream().map(future -> get(future, "sending")).toList();
        }
    }

    /**
     * All committed records that the topic holds at the time of the call, partition by partition, each in order. Reads
     * without a group, so nothing on the broker changes.
     */
    public List<ConsumerRecord<String, byte[]>> readAll(String topic) {
        try (var consumer = consumer(Map.of("isolation.level", "read_committed"))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("The end of " + topic + " was not reached within " + PATIENCE);
                }
                consumer.poll(POLL).forEach(read::add);
            }
            read.removeIf(record -> record.offset() >= ends.get(partitionOf(record)));
            read.sort((a, b) -> Integer.compare(a.partition(), b.partition()));
            return read;
        }
    }

    /** How many records the topic holds, aborted ones and marks of transactions included. */
    public long size(String topic) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions(topic); partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return get(admin.listOffsets(ends).all(), "size of " + topic).values().stream()
                .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .sum();
    }

    /** The group's committed offset of every partition it has committed; empty when it has committed none. */
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(
                        admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                                .partitionsToOffsetAndMetadata(),
                        "offsets of " + group)
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    /** A new producer with text keys and byte values; the settings come on top of Kafka's own defaults. */
    public KafkaProducer<String, byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(withServers(settings), new StringSerializer(), new ByteArraySerializer());
    }

    /** A new consumer with text keys and byte values; the settings come on top of Kafka's own defaults. */
    public KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(withServers(settings), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Whether a broker answers within that time. */
    public boolean answersWithin(Duration patience) {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private Map<String, Object> withServers(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    private static <T> T get(Future<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted: Kafka, " + what, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refused: " + what, e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka did not answer within " + PATIENCE + ": " + what, e);
        }
    }
}

package io.github.camelaiflow.it.campaign;

import static java.util.stream.Collectors.toSet;

import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics of one scene, and those who send and look. What is sent is sent once and in order, however often the broker dies. */
final class Topics implements AutoCloseable {

    static final int PARTITIONS = 4;
    private static final int PARTITIONS_OUT = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final String servers;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    Topics(String name, String servers) {
        this.name = name;
        this.servers = servers;
        admin = Admin.create(Map.of("bootstrap.servers", servers));
        create(in(), PARTITIONS);
        create(out(), PARTITIONS_OUT);
        createDead();
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "max.block.ms",
                        (int) PATIENCE.toMillis(),
                        "linger.ms",
                        0,
                        "max.in.flight.requests.per.connection", // KAFKA-15591: more may lose the first
                        1,
                        "reconnect.backoff.max.ms",
                        100),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    String in() {
        return name + "-in";
    }

    String out() {
        return name + "-out";
    }

    String dead() {
        return name + "-dead";
    }

    String group() {
        return name + "-group";
    }

    String labels() {
        return name + "-labels";
    }

    /** One partition: of two that contradict each other the first holds. */
    void createLabels() {
        create(labels(), 1);
    }

    void createDead() {
        create(dead(), PARTITIONS_OUT);
    }

    void deleteDead() {
        get(admin.deleteTopics(List.of(dead())).all());
    }

    /** The broker deletes, and learns of new topics, a moment after it has said yes. */
    private void create(String topic, int partitions) {
        until("topic " + topic, () -> {
            try {
                admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                        .all()
                        .get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    return false;
                }
            }
            try {
                return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                        .allMatch(partition -> partition.leader() != null);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Sends in order; returns when all are acknowledged. */
    void send(Collection<Entry> entries) {
        send(entries.stream()
                .map(entry -> new ProducerRecord<>(in(), entry.partition(), entry.key(), entry.value()))
                .toList());
    }

    /** Sends in order; returns when all are acknowledged. */
    void sendLabels(Collection<byte[]> labels) {
        send(labels.stream()
                .map(label -> new ProducerRecord<String, byte[]>(labels(), label))
                .toList());
    }

    private void send(List<ProducerRecord<String, byte[]>> records) {
        var acknowledged = records.stream().map(producer::send).toList();
        acknowledged.forEach(future -> {
            try {
                future.get(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("Not sent", e);
            }
        });
    }

    /** How many records that were sent have not been committed by the apps. */
    long uncommitted() {
        return uncommitted(in(), PARTITIONS, group());
    }

    /** The static members of the apps' group that have partitions. */
    Set<String> membersAtWork() {
        var described = get(admin.describeConsumerGroups(List.of(group())).all());
        return described.get(group()).members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .map(member -> member.groupInstanceId().orElse(""))
                .collect(toSet());
    }

    String labelsGroup() {
        return name + "-labels-group";
    }

    /** How many labels that were sent have not been committed by the apps. */
    long untakenLabels() {
        return uncommitted(labels(), 1, labelsGroup());
    }

    private long uncommitted(String topic, int partitions, String group) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        var committed = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return get(admin.listOffsets(ends).all()).entrySet().stream()
                .mapToLong(end -> end.getValue().offset()
                        - (committed.get(end.getKey()) == null
                                ? 0
                                : committed.get(end.getKey()).offset()))
                .sum();
    }

    /** Someone who reads what is committed, without a group. */
    KafkaConsumer<String, byte[]> reader() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "fetch.max.wait.ms",
                        50,
                        "reconnect.backoff.max.ms",
                        100),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(String topic) {
        return List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1), new TopicPartition(topic, 2));
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka refused", e);
        }
    }

    private interface Check {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    private static void until(String what, Check check) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!check.holds()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Not within " + PATIENCE + ": " + what);
                }
                Child.pause(50);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}

package io.github.camelaiflow.delivery.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic "in" of two partitions, a group of one member, and what became visible. Fails on order: each operation throws what was put in its
 * queue, one at a time. Time stands still but for sleeps and polls, which take as long as they were asked to.
 */
final class FakeKafka implements KafkaClients, Ticker {

    static final TopicPartition FIRST = new TopicPartition("in", 0);
    static final TopicPartition SECOND = new TopicPartition("in", 1);

    final Map<TopicPartition, List<String>> log =
            new HashMap<>(Map.of(FIRST, new ArrayList<>(), SECOND, new ArrayList<>()));
    final Map<TopicPartition, Long> committed = new HashMap<>();
    /** What was written beside a committed offset. */
    final Map<TopicPartition, String> beside = new HashMap<>();

    final List<ProducerRecord<byte[], byte[]>> visible = new ArrayList<>();
    final Map<String, List<Supplier<RuntimeException>>> failures = new HashMap<>();
    final List<FakeProducer> producers = new ArrayList<>();
    final List<FakeConsumer> consumers = new ArrayList<>();
    Collection<TopicPartition> assignment = Set.of(FIRST, SECOND);
    ConsumerGroupMetadata group = new ConsumerGroupMetadata("group", 3, "member", Optional.empty());
    boolean commitsBeforeItFails;
    int largest = 1000;
    boolean transactional = true;
    /** What is sent in a transaction stays with the client until it is flushed. */
    boolean lingers;

    /** A transaction of more records is not answered in time. */
    int mostInTime = Integer.MAX_VALUE;

    long nanos;

    /** One more of the operation's next calls throws this. */
    void fail(String operation, Supplier<RuntimeException> with) {
        failures.computeIfAbsent(operation, any -> new ArrayList<>()).add(with);
    }

    private void perhapsFail(String operation) {
        List<Supplier<RuntimeException>> queue = failures.getOrDefault(operation, List.of());
        if (!queue.isEmpty()) {
            throw queue.remove(0).get();
        }
    }

    List<String> visibleIn(String topic) {
        return visible.stream()
                .filter(record -> record.topic().equals(topic))
                .map(record -> record.value() == null ? null : new String(record.value(), UTF_8))
                .toList();
    }

    @Override
    public Consumer<byte[], byte[]> consumer(int thread) {
        perhapsFail("consumer");
        FakeConsumer consumer = new FakeConsumer();
        consumers.add(consumer);
        return consumer;
    }

    @Override
    public Producer<byte[], byte[]> producer(int thread) {
        perhapsFail("producer");
        FakeProducer producer = new FakeProducer();
        producers.add(producer);
        return producer;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochSecond(0, nanos);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) {
        nanos += duration.toNanos();
    }

    final class FakeConsumer extends MockConsumer<byte[], byte[]> {

        private boolean joined;

        FakeConsumer() {
            super("earliest");
            updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            perhapsFail("poll");
            if (!joined) {
                joined = true;
                rebalance(assignment);
                assignment.forEach(partition -> seek(partition, FakeKafka.this.committed.getOrDefault(partition, 0L)));
            }
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken = new LinkedHashMap<>();
            for (TopicPartition partition : List.of(FIRST, SECOND)) {
                if (assignment().contains(partition) && !paused().contains(partition)) {
                    take(partition, taken);
                }
            }
            if (taken.isEmpty()) {
                nanos += timeout.toNanos();
            }
            return new ConsumerRecords<>(taken, Map.of());
        }

        private void take(TopicPartition partition, Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken) {
            List<String> values = log.get(partition);
            for (long offset = position(partition); offset < values.size(); offset++) {
                byte[] value = values.get((int) offset).getBytes(UTF_8);
                taken.computeIfAbsent(partition, any -> new ArrayList<>())
                        .add(new ConsumerRecord<>("in", partition.partition(), offset, null, value));
            }
            seek(partition, values.size());
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
            perhapsFail("committed");
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            partitions.stream()
                    .filter(FakeKafka.this.committed::containsKey)
                    .forEach(partition -> offsets.put(
                            partition,
                            new OffsetAndMetadata(
                                    FakeKafka.this.committed.get(partition), beside.getOrDefault(partition, ""))));
            return offsets;
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            if (commitsBeforeItFails) {
                offsets.forEach((partition, offset) -> FakeKafka.this.committed.put(partition, offset.offset()));
            }
            perhapsFail("commitSync");
            offsets.forEach((partition, offset) -> FakeKafka.this.committed.put(partition, offset.offset()));
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            offsets.forEach((partition, offset) -> {
                FakeKafka.this.committed.put(partition, offset.offset());
                beside.put(partition, offset.metadata());
            });
        }

        @Override
        public synchronized ConsumerGroupMetadata groupMetadata() {
            return group;
        }
    }

    final class FakeProducer extends MockProducer<byte[], byte[]> {

        private final List<java.util.function.Consumer<RuntimeException>> lingering = new ArrayList<>();
        private boolean broken;
        private ConsumerGroupMetadata sentAs;

        FakeProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        ConsumerGroupMetadata sentAs() {
            return sentAs;
        }

        @Override
        public void initTransactions() {
            perhapsFail("init");
            super.initTransactions();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            perhapsFail("send");
            if (broken) {
                throw new KafkaException("Cannot execute transactional method because we are in an error state");
            }
            if (length(record.key()) + length(record.value()) > largest) {
                broken = transactional;
                RecordTooLargeException refusal = new RecordTooLargeException("too large");
                callback.onCompletion(null, refusal);
                lingering.forEach(other -> other.accept(refusal));
                lingering.clear();
                return CompletableFuture.failedFuture(refusal);
            }
            if (!transactional) {
                visible.add(record);
            }
            Future<RecordMetadata> done = super.send(record, callback);
            return lingers && transactional ? lingering(callback) : done;
        }

        private Future<RecordMetadata> lingering(Callback callback) {
            CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
            lingering.add(failure -> {
                if (failure == null) {
                    sent.complete(null);
                } else {
                    callback.onCompletion(null, failure);
                    sent.completeExceptionally(failure);
                }
            });
            return sent;
        }

        @Override
        public synchronized void flush() {
            lingering.forEach(sent -> sent.accept(null));
            lingering.clear();
            super.flush();
        }

        private static int length(byte[] bytes) {
            return bytes == null ? 0 : bytes.length;
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata metadata) {
            perhapsFail("offsets");
            if (uncommittedRecords().size() > mostInTime) {
                nanos += Duration.ofSeconds(9).toNanos();
                throw new TimeoutException("no answer");
            }
            sentAs = metadata;
            super.sendOffsetsToTransaction(offsets, metadata);
        }

        @Override
        public void commitTransaction() {
            if (commitsBeforeItFails) {
                commitNow();
            }
            perhapsFail("commit");
            if (!commitsBeforeItFails) {
                commitNow();
            }
            super.commitTransaction();
        }

        private void commitNow() {
            visible.addAll(uncommittedRecords());
            uncommittedOffsets()
                    .values()
                    .forEach(offsets ->
                            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset())));
        }

        @Override
        public void abortTransaction() {
            perhapsFail("abort");
            broken = false;
            super.abortTransaction();
        }
    }
}

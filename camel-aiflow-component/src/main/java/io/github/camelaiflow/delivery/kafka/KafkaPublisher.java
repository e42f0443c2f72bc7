package io.github.camelaiflow.delivery.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.outbox.PublishException;
import io.github.camelaiflow.delivery.outbox.Publisher;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Outbox.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends to Kafka topics, the destinations. Each publishing is one transaction, so that consumers that read committed messages see all of
 * it or nothing, and a node that lost its turn can't send any more. A message's id is in its header {@link #MESSAGE_ID}.
 */
public final class KafkaPublisher implements Publisher {

    /** By this header a receiver knows copies. */
    public static final String MESSAGE_ID = "aiflow-message-id";

    private final Supplier<Producer<byte[], byte[]>> producers;
    private Producer<byte[], byte[]> producer;

    /** @param producers give new ones with a {@code transactional.id} that is the outbox's alone, the same on all nodes */
    KafkaPublisher(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /**
     * Connects when it is opened.
     *
     * @param config gives brokers and the settings of producers
     * @param space the outbox's; names its transactions, {@code GROUP-outbox-SPACE}
     */
    public static KafkaPublisher of(DeliveryConfig config, String space) {
        Map<String, Object> settings = new ClientSettings(config, "outbox").producer(0);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "aiflow-outbox-" + space);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.groupId() + "-outbox-" + space);
        settings.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(config.transactionTimeout().toMillis()));
        return new KafkaPublisher(
                () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** By the name of its transactions Kafka fences the one before, and ends what that left open. */
    @Override
    public boolean open() {
        if (producer != null) {
            return false;
        }
        try {
            producer = producers.get();
            producer.initTransactions();
            return true;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void publish(List<Draft> messages) throws Exception {
        if (producer == null) {
            throw new IllegalStateException("The publisher must be open");
        }
        try {
            producer.beginTransaction();
            send(messages);
            producer.commitTransaction();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private void send(List<Draft> messages) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Refusals refusals = new Refusals(true);
        KafkaException stopped = null;
        for (int i = 0; i < messages.size() && stopped == null; i++) {
            try {
                sent.add(producer.send(record(messages.get(i)), refusals.of(i)));
                stopped = stops(sent.get(i));
            } catch (KafkaException e) {
                // The transaction is lost by one that was sent before, whose future tells more
                stopped = e;
            }
        }
        producer.flush();
        KafkaException failure = null;
        for (Future<RecordMetadata> future : sent) {
            KafkaException one = failure(future);
            if (one != null
                    && Sends.refusal(one) == null
                    && (failure == null || failure instanceof TransactionAbortedException)) {
                failure = one;
            }
        }
        Map<Integer, String> refused = refusals.all();
        if (!refused.isEmpty()) {
            throw new PublishException(refused, failure);
        }
        if (failure != null || stopped != null) {
            throw failure == null ? stopped : failure;
        }
    }

    /** What is known at once, a missing topic for example: each message after it would wait as long. */
    private static KafkaException stops(Future<RecordMetadata> future) throws InterruptedException {
        KafkaException failure = future.isDone() ? failure(future) : null;
        return Sends.refusal(failure) == null ? failure : null;
    }

    private static ProducerRecord<byte[], byte[]> record(Draft draft) {
        Message message = draft.message();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(draft.destination(), message.key(), message.value());
        message.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        record.headers().remove(MESSAGE_ID).add(MESSAGE_ID, draft.id().getBytes(UTF_8));
        return record;
    }

    private static KafkaException failure(Future<RecordMetadata> future) throws InterruptedException {
        try {
            future.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            Quietly.close(producer);
            producer = null;
        }
    }
}

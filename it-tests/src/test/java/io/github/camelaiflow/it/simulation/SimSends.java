package io.github.camelaiflow.it.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownProducerIdException;

/** A producer's records on their way: buffered, delivered in order, given up after the delivery timeout. */
final class SimSends {

    /** A value of more bytes is refused. */
    static final int MAX_REQUEST = 1_000;

    private static final long DELIVERY_TIMEOUT = 9_000;

    private final SimProducer producer;
    private final SimBroker broker;
    private final List<Send> buffer = new ArrayList<>();
    private boolean any;

    SimSends(SimProducer producer) {
        this.producer = producer;
        this.broker = producer.broker;
    }

    /** Whether a record may have reached the broker since the last end of a transaction. */
    boolean any() {
        return any || !buffer.isEmpty();
    }

    Future<RecordMetadata> add(ProducerRecord<byte[], byte[]> record, Callback callback) {
        int partition = record.key() == null
                ? producer.faults.pick(broker.count(record.topic()))
                : (Arrays.hashCode(record.key()) & 0x7fffffff) % broker.count(record.topic());
        Send send = new Send(
                broker.log(new TopicPartition(record.topic(), partition)), record, callback, new CompletableFuture<>());
        if (record.value() != null && record.value().length > MAX_REQUEST) {
            send.fail(producer.abortable(new RecordTooLargeException("too large")));
        } else {
            buffer.add(send);
            broker.checks.buffered(producer.process, buffer.size());
        }
        return send.future;
    }

    /** Sends what is buffered. After a failure the rest of a transaction is dropped. */
    void deliver(long blockedUntil) {
        while (!buffer.isEmpty()) {
            Send send = buffer.get(0);
            long patience = Math.min(DELIVERY_TIMEOUT, blockedUntil - producer.now());
            any = true;
            try {
                long offset = producer.request(
                        "produce", patience, () -> broker.available(send.log), this::error, () -> append(send));
                buffer.remove(send);
                send.done(offset);
            } catch (KafkaException e) {
                if (e instanceof TimeoutException && patience < DELIVERY_TIMEOUT) {
                    throw e;
                }
                failed(send, e);
            }
        }
    }

    private void failed(Send send, KafkaException failure) {
        RuntimeException cause = failure;
        if (producer.id() != null) {
            boolean fatal = failure instanceof ProducerFencedException;
            boolean late = failure instanceof TimeoutException || failure instanceof InvalidTxnStateException;
            cause = late
                    ? new TransactionAbortableException(
                            "Transaction Request was aborted after exhausting retries.", failure)
                    : failure;
            cause = fatal ? producer.fatal(cause) : producer.abortable(cause);
        }
        buffer.remove(send);
        send.fail(failure);
        if (producer.id() != null) {
            buffer.forEach(other -> other.fail(new TransactionAbortedException()));
            buffer.clear();
        }
    }

    private long append(Send send) {
        if (broker.refusing.equals(send.log.partition.topic()) && producer.now() < broker.refusingUntil) {
            throw new TopicAuthorizationException(broker.refusing);
        }
        ProducerRecord<byte[], byte[]> record = send.record;
        if (producer.id() != null) {
            return broker.transactions.produce(
                    producer.id(),
                    send.epoch,
                    send.log,
                    record.key(),
                    record.value(),
                    record.headers(),
                    producer.now());
        }
        long offset = send.log.append(record.key(), record.value(), record.headers(), producer.now(), null);
        broker.checks.visible(List.of(send.log.entry(offset)));
        return offset;
    }

    private RuntimeException error() {
        return producer.faults.pick(List.<RuntimeException>of(
                new TopicAuthorizationException("out"),
                new OutOfOrderSequenceException("sequence"),
                new UnknownProducerIdException("producer id"),
                new InvalidTxnStateException("state"),
                new InvalidProducerEpochException("epoch"),
                new ProducerFencedException("fenced")));
    }

    /** Nothing of what is buffered is sent. */
    void drop() {
        buffer.forEach(send -> send.fail(new TransactionAbortedException()));
        buffer.clear();
    }

    void ended() {
        any = false;
    }

    private final class Send {
        private final SimLog log;
        private final ProducerRecord<byte[], byte[]> record;
        private final Callback callback;
        private final CompletableFuture<RecordMetadata> future;
        private final int epoch = producer.epoch();

        private Send(
                SimLog log,
                ProducerRecord<byte[], byte[]> record,
                Callback callback,
                CompletableFuture<RecordMetadata> future) {
            this.log = log;
            this.record = record;
            this.callback = callback;
            this.future = future;
        }

        private void done(long offset) {
            RecordMetadata metadata = new RecordMetadata(log.partition, offset, 0, broker.now(), 0, 0);
            future.complete(metadata);
            if (callback != null) {
                callback.onCompletion(metadata, null);
            }
        }

        private void fail(RuntimeException cause) {
            future.completeExceptionally(cause);
            if (callback != null) {
                callback.onCompletion(null, cause);
            }
        }
    }
}

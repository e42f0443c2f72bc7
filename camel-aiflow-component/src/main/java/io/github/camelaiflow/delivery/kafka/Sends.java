package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.Incoming.Header;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TransactionAbortedException;

/** The outcomes of one batch on their way to their topics. */
final class Sends {

    /** Word for what is larger than its topic or its producer takes. */
    static final String TOO_LARGE = "RECORD_TOO_LARGE";

    private final Producer<byte[], byte[]> producer;
    private final String outTopic;
    private final String deadTopic;
    private final Map<Integer, Future<RecordMetadata>> sent = new LinkedHashMap<>();
    private final Refusals refusals;

    /** @param transactional whether the producer is in a transaction */
    Sends(Producer<byte[], byte[]> producer, String outTopic, String deadTopic, boolean transactional) {
        this.producer = producer;
        this.refusals = new Refusals(transactional);
        this.outTopic = outTopic;
        this.deadTopic = deadTopic;
    }

    /**
     * Hands it to the producer.
     *
     * @throws KafkaException if it is known at once that no more can be sent
     */
    void send(int index, Outcome outcome) {
        Future<RecordMetadata> future = producer.send(record(outcome), refusals.of(index));
        sent.put(index, future);
        // Else each record after it would wait as long for what is missing, a topic for example.
        KafkaException failure = future.isDone() ? failure(future) : null;
        if (failure != null && refusal(failure) == null) {
            throw failure;
        }
    }

    private ProducerRecord<byte[], byte[]> record(Outcome outcome) {
        boolean decided = outcome instanceof Decision;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(decided ? outTopic : deadTopic, outcome.key(), outcome.value());
        List<Header> headers = outcome instanceof Decision decision ? decision.sent() : outcome.headers();
        headers.forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }

    /**
     * Waits until the broker has answered about all that was handed over.
     *
     * @throws KafkaException the first failure, unless outcomes were refused
     */
    void await() {
        producer.flush();
        List<KafkaException> failures = new ArrayList<>();
        for (Future<RecordMetadata> future : sent.values()) {
            KafkaException failure = failure(future);
            if (failure != null && !(failure instanceof TransactionAbortedException)) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** What will never be taken, of that which was answered: by index a word why. */
    Map<Integer, String> refused() {
        return refusals.all();
    }

    /** Which are acknowledged. */
    List<Integer> acknowledged() {
        return sent.keySet().stream()
                .filter(index -> sent.get(index).isDone() && failure(sent.get(index)) == null)
                .toList();
    }

    /** A stable word if a record will never be taken; {@code null} if it may be, or was. */
    static String refusal(KafkaException failure) {
        if (failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException) {
            return TOO_LARGE;
        }
        if (failure != null
                && (failure.getClass() == InvalidRecordException.class
                        || failure instanceof InvalidTimestampException)) {
            return "RECORD_NOT_TAKEN";
        }
        return null;
    }

    private static KafkaException failure(Future<RecordMetadata> future) {
        try {
            future.get();
            return null;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            return e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        }
    }

    /** As none of the outcomes may be visible. */
    static CommitException orNone(Sends sends, RuntimeException failure) {
        Map<Integer, String> refused = sends.refused();
        return refused.isEmpty()
                ? CommitException.none("outcomes could not be sent", failure)
                : CommitException.refused(refused, failure);
    }
}

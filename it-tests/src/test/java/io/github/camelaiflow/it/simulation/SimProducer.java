package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.it.simulation.SimProducerState.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** {@code KafkaProducer}, with or without transactions, as far as delivery uses it. Its methods are found by name. */
final class SimProducer extends SimClient {

    static final long MAX_BLOCK = 9_000;

    private final String id;
    private final long transactionTimeout;
    private final SimSends sends;
    private final SimProducerState state;

    private boolean offsetsSent;
    private Runnable pendingOffsets;
    private int epoch;

    /** @param id the transactional id; null for none */
    SimProducer(SimBroker broker, SimProcess process, String id, long transactionTimeout) {
        super(broker, process);
        this.id = id;
        this.transactionTimeout = transactionTimeout;
        state = new SimProducerState(id == null ? State.OPEN : State.NEW);
        sends = new SimSends(this);
    }

    String id() {
        return id;
    }

    int epoch() {
        return epoch;
    }

    void initTransactions() {
        check("initTransactions");
        epoch = timed(
                "initTransactions",
                () -> request(
                        "initTransactions",
                        MAX_BLOCK,
                        broker::transactionsAvailable,
                        () -> fatal(faults.pick(List.of(
                                new ClusterAuthorizationException("cluster"),
                                new TransactionalIdAuthorizationException("id"),
                                new ProducerFencedException("fenced")))),
                        () -> broker.transactions.init(id, transactionTimeout)));
        state.now = State.READY;
    }

    void beginTransaction() {
        point("beginTransaction");
        check("beginTransaction");
        state.checkError();
        if (state.now != State.READY) {
            throw new IllegalStateException(
                    "TransactionalId " + id + ": Invalid transition attempted from state " + state.now);
        }
        state.now = State.OPEN;
        offsetsSent = false;
    }

    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return send(record, null);
    }

    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        point("send");
        process.checkAlive();
        state.checkOpen();
        if (state.error instanceof ProducerFencedException) {
            CompletableFuture<RecordMetadata> failed = new CompletableFuture<>();
            failed.completeExceptionally(state.error);
            return failed;
        }
        state.checkUnanswered("send");
        state.checkError();
        if (state.now != State.OPEN) {
            throw new IllegalStateException("Cannot add a partition to the transaction while in state " + state.now);
        }
        Future<RecordMetadata> future = sends.add(record, callback);
        if (faults.yields()) {
            sends.deliver(Long.MAX_VALUE);
        }
        return future;
    }

    void flush() {
        process.checkAlive();
        state.checkOpen();
        point("flush");
        sends.deliver(Long.MAX_VALUE);
        point("flushed");
    }

    void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata member) {
        check("sendOffsetsToTransaction");
        state.checkError();
        if (state.now != State.OPEN) {
            throw new IllegalStateException(
                    "Cannot send offsets if a transaction is not in progress (currentState= " + state.now + ")");
        }
        if (offsets.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> plain = new HashMap<>();
        offsets.forEach((partition, offset) -> plain.put(partition, offset.offset()));
        offsets(plain, member);
    }

    private void offsets(Map<TopicPartition, Long> plain, ConsumerGroupMetadata member) {
        int own = epoch;
        offsetsSent = true;
        try {
            request("sendOffsetsToTransaction", MAX_BLOCK, broker::groupAvailable, this::offsetsError, () -> {
                broker.transactions.addOffsets(id, own, plain, member);
                return null;
            });
            pendingOffsets = null;
        } catch (UnknownMemberIdException | IllegalGenerationException e) {
            throw abortable(new CommitFailedException(
                    "Transaction offset Commit failed due to consumer group metadata mismatch"));
        } catch (FencedInstanceIdException e) {
            throw abortable(e);
        } catch (ProducerFencedException e) {
            throw fatal(e);
        } catch (TimeoutException e) {
            // The client goes on asking before it ends the transaction.
            pendingOffsets = () -> offsets(plain, member);
            throw e;
        }
    }

    private RuntimeException offsetsError() {
        return switch (faults.pick(5)) {
            case 0 ->
                abortable(new CommitFailedException(
                        "Transaction offset Commit failed due to consumer group metadata mismatch"));
            case 1 -> abortable(new FencedInstanceIdException("fenced"));
            case 2 -> abortable(new GroupAuthorizationException("group"));
            case 3 -> fatal(new ProducerFencedException("fenced"));
            default -> fatal(new KafkaException("Unexpected error in TxnOffsetCommitResponse"));
        };
    }

    void commitTransaction() {
        check("commitTransaction");
        state.checkError();
        if (state.now != State.OPEN) {
            throw new IllegalStateException(
                    "Invalid transition attempted from state " + state.now + " to state COMMITTING_TRANSACTION");
        }
        long deadline = now() + MAX_BLOCK;
        timed("commitTransaction", () -> {
            sends.deliver(deadline);
            state.checkError();
            if (pendingOffsets != null) {
                pendingOffsets.run();
            }
            return null;
        });
        end("commitTransaction", true, deadline);
    }

    void abortTransaction() {
        check("abortTransaction");
        if (state.now == State.FATAL) {
            state.checkError();
        }
        if (state.now != State.OPEN && state.now != State.ABORTABLE) {
            throw new IllegalStateException(
                    "Invalid transition attempted from state " + state.now + " to state ABORTING_TRANSACTION");
        }
        sends.drop();
        end("abortTransaction", false, now() + MAX_BLOCK);
    }

    private void end(String what, boolean commit, long deadline) {
        if (!sends.any() && !offsetsSent) {
            point(what);
        } else {
            int own = epoch;
            try {
                epoch = timed(
                        what,
                        () -> request(
                                what,
                                deadline - now(),
                                broker::transactionsAvailable,
                                () -> endError(commit),
                                () -> broker.transactions.end(id, own, commit)));
            } catch (ProducerFencedException | InvalidTxnStateException e) {
                throw fatal(e);
            }
        }
        sends.ended();
        pendingOffsets = null;
        state.error = null;
        state.now = State.READY;
    }

    private RuntimeException endError(boolean commit) {
        return switch (faults.pick(commit ? 5 : 4)) {
            case 0 -> fatal(new ProducerFencedException("fenced"));
            case 1 -> fatal(new InvalidTxnStateException("state"));
            case 2 -> fatal(new InvalidPidMappingException("mapping"));
            case 3 -> fatal(new KafkaException("Unhandled error in EndTxnResponse"));
            default -> abortable(new TransactionAbortableException("abortable"));
        };
    }

    void close() {
        close(Duration.ofSeconds(30));
    }

    void close(Duration timeout) {
        if (state.now == State.CLOSED) {
            return;
        }
        point("close producer");
        if (timeout.isZero()) {
            sends.drop();
        } else if (id == null) {
            sends.deliver(now() + timeout.toMillis());
        } else if (state.now == State.OPEN || state.now == State.ABORTABLE) {
            abortQuietly();
        }
        state.now = State.CLOSED;
        point("closed producer");
    }

    private void abortQuietly() {
        try {
            abortTransaction();
        } catch (KafkaException e) {
            // A producer that closes asks for the abort and looks no further.
        }
    }

    /** Remembers that a call got no answer. */
    private <T> T timed(String what, Supplier<T> call) {
        try {
            T answer = call.get();
            state.unanswered = null;
            return answer;
        } catch (TimeoutException e) {
            state.unanswered = what;
            throw e;
        }
    }

    RuntimeException abortable(RuntimeException cause) {
        return id == null ? cause : state.abortable(cause);
    }

    RuntimeException fatal(RuntimeException cause) {
        return state.fatal(cause);
    }

    private void check(String what) {
        process.checkAlive();
        state.checkOpen();
        state.checkUnanswered(what);
    }
}

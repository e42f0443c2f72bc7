package io.github.camelaiflow.it.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;

/**
 * The transaction coordinator, as of Kafka 4 (transactions of version 2): the epoch rises with each end of a transaction, a partition joins by
 * its first record, an end is decided first and marked on the partitions after. What it throws is a request's error; the client makes of it
 * what the real one does.
 */
final class SimTransactions {

    private final Map<String, Id> ids = new HashMap<>();
    private final SimBroker broker;

    SimTransactions(SimBroker broker) {
        this.broker = broker;
    }

    /** A new epoch for an id; ends what the former left open, and until that is marked asks to come again. */
    int init(String name, long timeout) {
        Id id = ids.computeIfAbsent(name, n -> new Id());
        if (id.open != null) {
            id.epoch++;
            id.lastEnd = null;
            decide(id, Transaction.State.ABORTED);
        }
        if (id.completing != null) {
            throw new ConcurrentTransactionsException("markers are being written");
        }
        id.timeout = timeout;
        id.lastEnd = null;
        return ++id.epoch;
    }

    /** The record's offset. */
    long produce(String name, int epoch, SimLog log, byte[] key, byte[] value, Headers headers, long time) {
        Id id = ids.get(name);
        if (id.epoch != epoch) {
            throw new InvalidProducerEpochException("epoch is " + id.epoch);
        }
        Transaction transaction = join(id);
        transaction.logs.add(log);
        long offset = log.append(key, value, headers, time, transaction);
        transaction.entries.add(log.entry(offset));
        return offset;
    }

    void addOffsets(String name, int epoch, Map<TopicPartition, Long> offsets, ConsumerGroupMetadata member) {
        Id id = ids.get(name);
        if (id.epoch != epoch) {
            throw new ProducerFencedException("epoch is " + id.epoch);
        }
        if (id.completing != null) {
            throw new ConcurrentTransactionsException("markers are being written");
        }
        broker.group.validate(member, true);
        Transaction transaction = join(id);
        transaction.offsets.putAll(offsets);
        broker.group.pending(transaction);
    }

    /** Ends a transaction; the epoch after it. Asked again for the same end, answers the same. */
    int end(String name, int epoch, boolean commit) {
        Id id = ids.get(name);
        if (id.lastEnd != null && id.lastEnd.equals(new End(epoch, commit)) && id.epoch == epoch + 1) {
            return id.epoch;
        }
        if (id.epoch != epoch) {
            throw new ProducerFencedException("epoch is " + id.epoch);
        }
        if (id.completing != null) {
            throw new ConcurrentTransactionsException("markers are being written");
        }
        if (id.open == null && commit) {
            throw new InvalidTxnStateException("nothing to commit");
        }
        id.epoch++;
        id.lastEnd = new End(epoch, commit);
        if (id.open != null) {
            decide(id, commit ? Transaction.State.COMMITTED : Transaction.State.ABORTED);
        }
        return id.epoch;
    }

    /** Ends what takes too long; the broker calls it once an abort interval. */
    void abortOverdue() {
        for (Id id : ids.values()) {
            if (id.open != null && broker.now() - id.open.began > id.timeout) {
                id.epoch++;
                id.lastEnd = null;
                decide(id, Transaction.State.ABORTED);
            }
        }
    }

    private Transaction join(Id id) {
        if (id.completing != null) {
            throw new ConcurrentTransactionsException("markers are being written");
        }
        if (id.open == null) {
            id.open = new Transaction(broker.now());
        }
        return id.open;
    }

    /** The decision; markers follow one by one. */
    private void decide(Id id, Transaction.State state) {
        Transaction transaction = id.open;
        id.open = null;
        transaction.state = state;
        id.completing = transaction;
        if (state == Transaction.State.COMMITTED) {
            broker.checks.visible(transaction.entries);
        }
        List<Runnable> marks = new ArrayList<>();
        transaction.logs.forEach(log -> marks.add(() -> log.mark(transaction)));
        if (!transaction.offsets.isEmpty()) {
            marks.add(() -> broker.group.ended(transaction));
        }
        write(marks, id);
    }

    private void write(List<Runnable> marks, Id id) {
        if (marks.isEmpty()) {
            id.completing.complete = true;
            id.completing = null;
            return;
        }
        long delay = broker.faults.markerDelay();
        Runnable mark = marks.remove(broker.faults.pick(marks.size()));
        if (delay == 0) {
            mark.run();
            write(marks, id);
        } else {
            broker.fibers.after(delay, () -> {
                mark.run();
                write(marks, id);
            });
        }
    }

    private record End(int epoch, boolean commit) {}

    private static final class Id {
        private int epoch = -1;
        private long timeout;
        private Transaction open;
        private Transaction completing;
        private End lastEnd;
    }
}

package io.github.camelaiflow.it.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** One partition: records, markers of transactions, and how far a consumer that reads committed messages sees. */
final class SimLog {

    final TopicPartition partition;
    /** Requests to this partition's leader wait until then. */
    long leaderAwayUntil;

    private final List<Entry> entries = new ArrayList<>();
    /** Transactions without their marker here, with their first offsets. */
    private final Map<Transaction, Long> open = new LinkedHashMap<>();

    SimLog(TopicPartition partition) {
        this.partition = partition;
    }

    /** Appends; {@code transaction} is null for a record outside of any. */
    long append(byte[] key, byte[] value, Headers headers, long time, Transaction transaction) {
        long offset = entries.size();
        if (transaction != null) {
            open.putIfAbsent(transaction, offset);
        }
        entries.add(new Entry(partition.topic(), offset, key, value, headers, time, transaction, false));
        return offset;
    }

    /** The transaction's end is known here. */
    void mark(Transaction transaction) {
        if (open.remove(transaction) != null) {
            entries.add(new Entry(partition.topic(), entries.size(), null, null, null, 0, transaction, true));
        }
    }

    long end() {
        return entries.size();
    }

    /** The last stable offset: where the first transaction that is open began. */
    long stable() {
        return open.isEmpty() ? entries.size() : open.values().iterator().next();
    }

    Entry entry(long offset) {
        return entries.get((int) offset);
    }

    /** The next record at or after an offset that the isolation level shows; null if there is none yet. */
    Entry next(long offset, boolean committedOnly) {
        long end = committedOnly ? stable() : end();
        for (long at = offset; at < end; at++) {
            Entry entry = entries.get((int) at);
            if (!entry.marker && !(committedOnly && entry.aborted())) {
                return entry;
            }
        }
        return null;
    }

    record Entry(
            String topic,
            long offset,
            byte[] key,
            byte[] value,
            Headers headers,
            long time,
            Transaction transaction,
            boolean marker) {

        boolean aborted() {
            return transaction != null && transaction.state == Transaction.State.ABORTED;
        }
    }
}

package io.github.camelaiflow.it.simulation;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnstableOffsetCommitException;

/** A group's offsets: committed ones, and those that wait for the end of a transaction. */
final class SimOffsets {

    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Set<Transaction>> pending = new HashMap<>();
    private final Checks checks;

    SimOffsets(Checks checks) {
        this.checks = checks;
    }

    /** The committed offset; null if there is none. With {@code stable} a pending one has to be waited for. */
    Long fetch(TopicPartition partition, boolean stable) {
        if (stable && !pending.getOrDefault(partition, Set.of()).isEmpty()) {
            throw new UnstableOffsetCommitException("a transaction is open");
        }
        return committed.get(partition);
    }

    Long committed(TopicPartition partition) {
        return committed.get(partition);
    }

    void commit(TopicPartition partition, long offset) {
        Long before = committed.put(partition, offset);
        checks.committed(partition, before == null ? 0 : before, offset);
    }

    void pending(Transaction transaction) {
        transaction.offsets.keySet().forEach(p -> pending.computeIfAbsent(p, x -> new LinkedHashSet<>())
                .add(transaction));
    }

    void ended(Transaction transaction) {
        transaction.offsets.forEach((partition, offset) -> {
            pending.get(partition).remove(transaction);
            if (transaction.state == Transaction.State.COMMITTED) {
                commit(partition, offset);
            }
        });
    }
}

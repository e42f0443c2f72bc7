package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.Commit;
import io.github.camelaiflow.delivery.Partition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Where a consumer stands in its partitions. A partition of which that is open is paused until it is found out. */
final class Positions implements ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> consumer;
    private final Commit commit;

    /** By partition the offset to go on with if nothing was ever settled; {@code null} for its beginning. */
    private final Map<TopicPartition, Long> open = new HashMap<>();

    private boolean paused;
    private volatile SortedSet<Partition> assigned = Offsets.of(List.of());

    Positions(Consumer<byte[], byte[]> consumer, Commit commit) {
        this.consumer = consumer;
        this.commit = commit;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (commit.keepsOffsets()) {
            partitions.forEach(partition -> open.put(partition, null));
        }
        if (paused || !open.isEmpty()) {
            consumer.pause(partitions);
            paused = true;
        }
        assigned = Offsets.of(consumer.assignment());
        commit.assigned(assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        open.keySet().removeAll(partitions);
        SortedSet<Partition> left = Offsets.of(consumer.assignment());
        left.removeAll(Offsets.of(partitions));
        assigned = left;
    }

    /** Readable by other threads. */
    SortedSet<Partition> assigned() {
        return assigned;
    }

    /** Takes no records until {@link #resume}, of partitions that come meanwhile neither. */
    void pause() {
        consumer.pause(consumer.assignment());
        paused = true;
    }

    void resume() {
        if (paused) {
            consumer.resume(consumer.assignment());
            paused = false;
        }
    }

    /** Takes the records again, of those partitions that are still ours. */
    void rewind(Map<Partition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (consumer.assignment().contains(Offsets.of(partition))) {
                consumer.seek(Offsets.of(partition), offset);
            }
        });
    }

    /** Takes these again. */
    void giveBack(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            rewind(Map.of(
                    Offsets.of(partition), polled.records(partition).get(0).offset()));
        }
    }

    /** Nobody knows where any of them stands. */
    void loseAll() {
        consumer.assignment().forEach(partition -> open.put(partition, null));
        pause();
    }

    /** Nobody knows whether these are settled. */
    void lose(Map<Partition, Long> first) {
        first.forEach((partition, offset) -> {
            if (consumer.assignment().contains(Offsets.of(partition))) {
                open.put(Offsets.of(partition), offset);
            }
        });
        pause();
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    /** Whether all of them were lost and have been ours since. */
    boolean areOpen(Collection<Partition> partitions) {
        return partitions.stream().map(Offsets::of).allMatch(open::containsKey);
    }

    /**
     * Finds out where to go on, and goes there.
     *
     * @return the offsets settled of the partitions that were open
     * @throws Exception if that can't be said now
     */
    Map<Partition, Long> find() throws Exception {
        Map<Partition, Long> settled = commit.positions(Offsets.of(open.keySet()));
        Map<Partition, Long> before = committedBefore(settled.keySet());
        open.forEach((partition, fallback) -> {
            Partition ours = Offsets.of(partition);
            Long offset = settled.getOrDefault(ours, fallback == null ? before.get(ours) : fallback);
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        });
        open.clear();
        return settled;
    }

    /** Of a route that kept its offsets in the group before it kept them elsewhere. */
    private Map<Partition, Long> committedBefore(Set<Partition> settled) {
        Set<Partition> unsettled = Offsets.of(open.keySet());
        unsettled.removeAll(settled);
        unsettled.removeIf(partition -> open.get(Offsets.of(partition)) != null);
        return commit.keepsOffsets() ? Offsets.committedToGoOn(consumer, unsettled) : Map.of();
    }
}

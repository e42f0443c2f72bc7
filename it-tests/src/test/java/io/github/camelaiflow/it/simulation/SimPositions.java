package io.github.camelaiflow.it.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnstableOffsetCommitException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Where a consumer stands in the partitions it is assigned, and the records that come next. */
final class SimPositions {

    private final SimBroker broker;
    private final Wrong.Reading reading;
    /** {@code null} until it is known what was committed. */
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();

    private final Set<TopicPartition> paused = new LinkedHashSet<>();
    private int turn;

    SimPositions(SimBroker broker, Wrong.Reading reading) {
        this.broker = broker;
        this.reading = reading;
    }

    void assigned(Set<TopicPartition> partitions) {
        positions.clear();
        paused.retainAll(partitions);
        partitions.forEach(partition -> positions.put(partition, null));
    }

    Set<TopicPartition> assignment() {
        return new LinkedHashSet<>(positions.keySet());
    }

    void pause(Collection<TopicPartition> partitions) {
        partitions.forEach(this::check);
        paused.addAll(partitions);
    }

    void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(this::check);
        paused.removeAll(partitions);
    }

    void seek(TopicPartition partition, long offset) {
        check(partition);
        positions.put(partition, offset);
    }

    /** {@code null} if it isn't known yet. */
    Long position(TopicPartition partition) {
        check(partition);
        return positions.get(partition);
    }

    /** At most so many records, of partitions in turn. */
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fetch(int most) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new LinkedHashMap<>();
        List<TopicPartition> order = new ArrayList<>(positions.keySet());
        int room = most;
        turn++;
        for (int i = 0; i < order.size() && room > 0; i++) {
            TopicPartition partition = order.get((i + turn) % order.size());
            SimLog log = broker.log(partition);
            if (paused.contains(partition) || broker.available(log) > broker.now() || !known(partition)) {
                continue;
            }
            List<ConsumerRecord<byte[], byte[]>> records =
                    fetch(log, i == order.size() - 1 ? room : 1 + broker.faults.pick(room));
            if (!records.isEmpty()) {
                found.put(partition, records);
                room -= records.size();
            }
        }
        return found;
    }

    private boolean known(TopicPartition partition) {
        if (positions.get(partition) == null) {
            try {
                Long committed = broker.group.offsets.fetch(partition, reading.stable());
                positions.put(partition, committed == null ? 0 : committed);
            } catch (UnstableOffsetCommitException e) {
                return false;
            }
        }
        return true;
    }

    private List<ConsumerRecord<byte[], byte[]>> fetch(SimLog log, int most) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (records.size() < most) {
            SimLog.Entry entry = log.next(positions.get(log.partition), reading.committed());
            if (entry == null) {
                positions.merge(log.partition, reading.committed() ? log.stable() : log.end(), Math::max);
                break;
            }
            records.add(record(log.partition, entry));
            positions.put(log.partition, entry.offset() + 1);
        }
        return records;
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, SimLog.Entry entry) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                entry.offset(),
                entry.time(),
                TimestampType.CREATE_TIME,
                entry.key().length,
                entry.value().length,
                entry.key(),
                entry.value(),
                new RecordHeaders(entry.headers()),
                Optional.empty());
    }

    private void check(TopicPartition partition) {
        if (!positions.containsKey(partition)) {
            throw new IllegalStateException("not assigned: " + partition);
        }
    }
}

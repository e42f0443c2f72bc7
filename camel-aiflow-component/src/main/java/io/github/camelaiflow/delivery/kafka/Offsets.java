package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.Partition;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Our words for partitions and offsets, and Kafka's. */
final class Offsets {

    /** Beside an offset that is the store's. */
    private static final String SHOWN = "shown by aiflow";

    private Offsets() {}

    static Partition of(TopicPartition partition) {
        return new Partition(partition.topic(), partition.partition());
    }

    static TopicPartition of(Partition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }

    static SortedSet<Partition> of(Collection<TopicPartition> partitions) {
        SortedSet<Partition> sorted =
                new TreeSet<>(Comparator.comparing(Partition::topic).thenComparing(Partition::number));
        partitions.forEach(partition -> sorted.add(of(partition)));
        return sorted;
    }

    static Map<TopicPartition, OffsetAndMetadata> of(Map<Partition, Long> next) {
        return next.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> of(entry.getKey()), entry -> new OffsetAndMetadata(entry.getValue())));
    }

    /** The same, only to be looked at: nobody is to go on from there. */
    static Map<TopicPartition, OffsetAndMetadata> shown(Map<Partition, Long> next) {
        return next.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> of(entry.getKey()), entry -> new OffsetAndMetadata(entry.getValue(), SHOWN)));
    }

    /** What the group has committed; waits for transactions under way. Nothing for a partition without. */
    static Map<Partition, Long> committed(Consumer<byte[], byte[]> consumer, Set<Partition> partitions) {
        return committed(consumer, partitions, offset -> true);
    }

    /** The same, without what was only {@link #shown}. */
    static Map<Partition, Long> committedToGoOn(Consumer<byte[], byte[]> consumer, Set<Partition> partitions) {
        return committed(consumer, partitions, offset -> !offset.metadata().equals(SHOWN));
    }

    private static Map<Partition, Long> committed(
            Consumer<byte[], byte[]> consumer, Set<Partition> partitions, Predicate<OffsetAndMetadata> counts) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<Partition, Long> committed = new HashMap<>();
        consumer.committed(partitions.stream().map(Offsets::of).collect(Collectors.toSet()))
                .forEach((partition, offset) -> {
                    if (offset != null && counts.test(offset)) {
                        committed.put(of(partition), offset.offset());
                    }
                });
        return committed;
    }
}

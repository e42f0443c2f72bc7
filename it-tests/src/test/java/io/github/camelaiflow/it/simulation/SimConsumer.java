package io.github.camelaiflow.it.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnstableOffsetCommitException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** {@code KafkaConsumer} with the classic protocol and an eager assignor, as far as delivery uses it. Its methods are found by name. */
final class SimConsumer extends SimClient {

    private static final long API_TIMEOUT = 10_000;

    private final SimMembership membership;
    private final int maxPollRecords;
    private final Wrong.Reading reading;
    private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    private final Set<TopicPartition> paused = new LinkedHashSet<>();
    private boolean wakeup;
    private boolean closed;
    private int turn;

    SimConsumer(SimBroker broker, SimProcess process, String instance, int maxPollRecords, Wrong.Reading reading, Timeouts timeouts) {
        super(broker, process);
        this.maxPollRecords = maxPollRecords;
        this.reading = reading;
        membership = new SimMembership(this, instance, timeouts);
    }

    /** @param session and so on in milliseconds */
    record Timeouts(long session, long maxPollInterval) {}

    String instance() {
        return membership.instance;
    }

    long sessionTimeout() {
        return membership.timeouts.session;
    }

    long maxPollInterval() {
        return membership.timeouts.maxPollInterval;
    }

    long lastHeartbeat() {
        return membership.lastHeartbeat();
    }

    boolean leftForSlowness() {
        return membership.leftForSlowness();
    }

    boolean closed() {
        return closed;
    }

    void assigned(Set<TopicPartition> partitions) {
        positions.clear();
        paused.retainAll(partitions);
        partitions.forEach(partition -> positions.put(partition, null));
    }

    void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        point("subscribe");
        membership.listener = listener;
    }

    void subscribe(Collection<String> topics) {
        subscribe(topics, null);
    }

    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        point("poll");
        checkOpen();
        membership.polled();
        if (faults.strikes(Fault.REFUSED)) {
            throw pollError();
        }
        long deadline = now() + timeout.toMillis() + 1;
        while (true) {
            checkWakeup();
            boolean member = broker.groupAvailable() <= now() && membership.advance();
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = fetch(member);
            if (!records.isEmpty() || now() >= deadline) {
                point("polled");
                membership.polled();
                return records(records);
            }
            process.sleep(Math.min(deadline - now(), member ? 500 : 100));
        }
    }

    private RuntimeException pollError() {
        return faults.pick(List.<RuntimeException>of(
                new KafkaException("unexpected error"),
                new TimeoutException("position"),
                new TopicAuthorizationException("in"),
                new GroupAuthorizationException("group"),
                new SaslAuthenticationException("no login now")));
    }

    private ConsumerRecords<byte[], byte[]> records(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        records.keySet().forEach(partition -> next.put(partition, new OffsetAndMetadata(positions.get(partition))));
        return new ConsumerRecords<>(records, next);
    }

    /** Without membership nothing new is fetched: the partitions have been given back. */
    private Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fetch(boolean member) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new LinkedHashMap<>();
        if (!member) {
            return found;
        }
        List<TopicPartition> order = new ArrayList<>(positions.keySet());
        int room = maxPollRecords;
        turn++;
        for (int i = 0; i < order.size() && room > 0; i++) {
            TopicPartition partition = order.get((i + turn) % order.size());
            SimLog log = broker.log(partition);
            if (paused.contains(partition) || broker.available(log) > now() || !positioned(partition)) {
                continue;
            }
            int most = i == order.size() - 1 ? room : 1 + faults.pick(room);
            List<ConsumerRecord<byte[], byte[]>> records = fetch(log, most);
            if (!records.isEmpty()) {
                found.put(partition, records);
                room -= records.size();
            }
        }
        return found;
    }

    private boolean positioned(TopicPartition partition) {
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
        TopicPartition partition = log.partition;
        while (records.size() < most) {
            SimLog.Entry entry = log.next(positions.get(partition), reading.committed());
            if (entry == null) {
                positions.merge(partition, reading.committed() ? log.stable() : log.end(), Math::max);
                break;
            }
            records.add(new ConsumerRecord<>(partition.topic(), partition.partition(), entry.offset(), entry.time(), TimestampType.CREATE_TIME,
                    entry.key().length, entry.value().length, entry.key(), entry.value(), new RecordHeaders(entry.headers()), Optional.empty()));
            positions.put(partition, entry.offset() + 1);
        }
        return records;
    }

    ConsumerGroupMetadata groupMetadata() {
        point("groupMetadata");
        checkOpen();
        return membership.metadata();
    }

    Set<TopicPartition> assignment() {
        return new LinkedHashSet<>(positions.keySet());
    }

    Set<TopicPartition> paused() {
        return new LinkedHashSet<>(paused);
    }

    void pause(Collection<TopicPartition> partitions) {
        partitions.forEach(this::checkAssigned);
        paused.addAll(partitions);
    }

    void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(this::checkAssigned);
        paused.removeAll(partitions);
    }

    void seek(TopicPartition partition, long offset) {
        checkAssigned(partition);
        positions.put(partition, offset);
    }

    void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> seek(partition, 0));
    }

    long position(TopicPartition partition) {
        return position(partition, Duration.ofMillis(API_TIMEOUT));
    }

    long position(TopicPartition partition, Duration timeout) {
        checkAssigned(partition);
        if (positions.get(partition) == null) {
            Long offset = stable(List.of(partition), timeout.toMillis()).get(partition);
            positions.put(partition, offset == null ? 0 : offset);
        }
        return positions.get(partition);
    }

    Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return committed(partitions, Duration.ofMillis(API_TIMEOUT));
    }

    Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
        stable(partitions, timeout.toMillis()).forEach((partition, offset) ->
                found.put(partition, offset == null ? null : new OffsetAndMetadata(offset)));
        return found;
    }

    private Map<TopicPartition, Long> stable(Collection<TopicPartition> partitions, long timeout) {
        checkOpen();
        long deadline = now() + timeout;
        while (true) {
            checkWakeup();
            try {
                return request("committed", deadline - now(), broker::groupAvailable, () -> new KafkaException("unexpected error"), () -> {
                    Map<TopicPartition, Long> found = new HashMap<>();
                    partitions.forEach(partition -> found.put(partition, broker.group.offsets.fetch(partition, reading.stable())));
                    return found;
                });
            } catch (UnstableOffsetCommitException e) {
                if (now() >= deadline) {
                    throw new TimeoutException("offsets are not stable", e);
                }
                process.sleep(Math.min(200, deadline - now()));
            }
        }
    }

    void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        commitSync(offsets, Duration.ofMillis(API_TIMEOUT));
    }

    void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        checkOpen();
        if (!membership.member()) {
            throw new CommitFailedException("not part of the group");
        }
        ConsumerGroupMetadata metadata = membership.metadata();
        try {
            request("commitSync", timeout.toMillis(), broker::groupAvailable, this::commitError, () -> {
                broker.group.validate(metadata, false);
                offsets.forEach((partition, offset) -> broker.group.offsets.commit(partition, offset.offset()));
                return null;
            });
        } catch (UnknownMemberIdException | IllegalGenerationException e) {
            throw new CommitFailedException("the group went on without this member");
        }
    }

    /** Its answer comes whenever, so it can as well come at once. */
    void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        Exception failure = null;
        try {
            commitSync(offsets, Duration.ZERO);
        } catch (KafkaException e) {
            failure = e;
        }
        if (callback != null) {
            callback.onComplete(offsets, failure);
        }
    }

    private RuntimeException commitError() {
        return faults.pick(List.<RuntimeException>of(
                new CommitFailedException("the group went on without this member"),
                new RebalanceInProgressException("rebalance"),
                new FencedInstanceIdException("fenced"),
                new GroupAuthorizationException("group"),
                new KafkaException("unexpected error")));
    }

    void enforceRebalance() {
        broker.group.rebalance();
    }

    void enforceRebalance(String reason) {
        enforceRebalance();
    }

    void wakeup() {
        wakeup = true;
    }

    void close() {
        close(CloseOptions.timeout(Duration.ofSeconds(30)));
    }

    void close(Duration timeout) {
        close(CloseOptions.timeout(timeout));
    }

    void close(CloseOptions options) {
        if (closed) {
            return;
        }
        point("close consumer");
        membership.close(options);
        closed = true;
        point("closed consumer");
    }

    private void checkAssigned(TopicPartition partition) {
        checkOpen();
        if (!positions.containsKey(partition)) {
            throw new IllegalStateException("not assigned: " + partition);
        }
    }

    private void checkOpen() {
        process.checkAlive();
        if (closed) {
            throw new IllegalStateException("This consumer has already been closed.");
        }
    }

    private void checkWakeup() {
        if (wakeup) {
            wakeup = false;
            throw new WakeupException();
        }
    }
}

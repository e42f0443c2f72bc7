package io.github.camelaiflow.it.simulation;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** {@code KafkaConsumer} with the classic protocol and an eager assignor, as far as delivery uses it. Its methods are found by name. */
final class SimConsumer extends SimClient {

    private static final long API_TIMEOUT = 10_000;

    private final SimMembership membership;
    private final int maxPollRecords;
    private final Wrong.Reading reading;
    private final SimPositions positions;
    private boolean wakeup;
    private boolean closed;

    SimConsumer(
            SimBroker broker,
            SimProcess process,
            String instance,
            int maxPollRecords,
            Wrong.Reading reading,
            Timeouts timeouts) {
        super(broker, process);
        this.maxPollRecords = maxPollRecords;
        this.reading = reading;
        positions = new SimPositions(broker, reading);
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

    void assigned(Set<TopicPartition> partitions) {
        positions.assigned(partitions);
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
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records =
                    member ? positions.fetch(maxPollRecords) : Map.of();
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
        records.keySet()
                .forEach(partition -> next.put(partition, new OffsetAndMetadata(positions.position(partition))));
        return new ConsumerRecords<>(records, next);
    }

    ConsumerGroupMetadata groupMetadata() {
        point("groupMetadata");
        checkOpen();
        return membership.metadata();
    }

    Set<TopicPartition> assignment() {
        return positions.assignment();
    }

    void pause(Collection<TopicPartition> partitions) {
        checkOpen();
        positions.pause(partitions);
    }

    void resume(Collection<TopicPartition> partitions) {
        checkOpen();
        positions.resume(partitions);
    }

    void seek(TopicPartition partition, long offset) {
        checkOpen();
        positions.seek(partition, offset);
    }

    void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> seek(partition, 0));
    }

    Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return committed(partitions, Duration.ofMillis(API_TIMEOUT));
    }

    Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
        stable(partitions, timeout.toMillis())
                .forEach((partition, offset) ->
                        found.put(partition, offset == null ? null : new OffsetAndMetadata(offset)));
        return found;
    }

    private Map<TopicPartition, Long> stable(Collection<TopicPartition> partitions, long timeout) {
        checkOpen();
        long deadline = now() + timeout;
        while (true) {
            checkWakeup();
            try {
                return request(
                        "committed",
                        deadline - now(),
                        broker::groupAvailable,
                        () -> new KafkaException("unexpected error"),
                        () -> {
                            Map<TopicPartition, Long> found = new HashMap<>();
                            partitions.forEach(partition ->
                                    found.put(partition, broker.group.offsets.fetch(partition, reading.stable())));
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

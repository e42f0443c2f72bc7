package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.Commit;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What a worker holds of Kafka, made and closed together: a consumer, its commit, and where it stands. */
final class Connection {

    private final Consumer<byte[], byte[]> consumer;
    private final Commit commit;
    private final Positions positions;
    private boolean subscribed;

    private Connection(Consumer<byte[], byte[]> consumer, Commit commit) {
        this.consumer = consumer;
        this.commit = commit;
        this.positions = new Positions(consumer, commit);
    }

    /** Reaches for no broker yet. */
    static Connection open(int thread, KafkaClients clients, CommitFactory commits) {
        Consumer<byte[], byte[]> consumer = clients.consumer(thread);
        try {
            return new Connection(consumer, commits.open(thread, consumer));
        } catch (RuntimeException e) {
            Quietly.close(consumer);
            throw e;
        }
    }

    Commit commit() {
        return commit;
    }

    Positions positions() {
        return positions;
    }

    /** Joins the group with the next poll, if it has not. */
    void subscribe(List<String> topics) {
        if (!subscribed) {
            consumer.subscribe(topics, positions);
            subscribed = true;
        }
    }

    boolean isSubscribed() {
        return subscribed;
    }

    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /** A topic that this waits for; {@code null} if none is known to be missing. */
    String missing(TopicWatch topics) {
        return topics.unassigned(consumer);
    }

    /** Keeps the membership, and takes nothing. */
    void hold(Duration timeout) {
        positions.pause();
        positions.giveBack(consumer.poll(timeout));
    }

    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /** Shows those who watch the group's lag how far it is, where nobody goes on from the group's own offsets. */
    void show(Batch settled) {
        if (commit.keepsOffsets()) {
            consumer.commitAsync(Offsets.shown(settled.next()), null);
        }
    }

    void close() {
        commit.close();
        Quietly.close(consumer);
    }
}

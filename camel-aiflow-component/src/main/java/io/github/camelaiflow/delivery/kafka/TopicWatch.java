package io.github.camelaiflow.delivery.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;

/** Asks for topics as long as a thread has no partitions: for a missing one a group waits, and only the client's own log tells. Used by one thread. */
final class TopicWatch {

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final List<String> topics;
    private final Ticker ticker;
    private Long asked;
    private String missing;

    TopicWatch(List<String> topics, Ticker ticker) {
        this.topics = topics;
        this.ticker = ticker;
    }

    /** The thread has partitions; true if a topic was missing before. */
    boolean assigned() {
        boolean wasMissing = missing != null;
        asked = null;
        missing = null;
        return wasMissing;
    }

    /** The thread has none, as it may have beside others: a topic that is missing, or {@code null} if that isn't known. Asks now and then. */
    String unassigned(Consumer<?, ?> consumer) {
        long now = ticker.nanos();
        if (asked == null) {
            asked = now;
        } else if (now - asked >= PERIOD.toNanos()) {
            asked = now;
            missing = ask(consumer);
        }
        return missing;
    }

    private String ask(Consumer<?, ?> consumer) {
        try {
            for (String topic : topics) {
                if (consumer.partitionsFor(topic, ANSWER).isEmpty()) {
                    return topic;
                }
            }
            return null;
        } catch (TimeoutException e) {
            return missing;
        }
    }
}

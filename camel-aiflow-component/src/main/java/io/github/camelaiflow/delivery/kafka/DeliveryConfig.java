package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.DeliveryMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What is delivered, from where to where, and how.
 *
 * @param route names threads, client ids and what is known by name to the broker
 * @param brokers as {@code bootstrap.servers}
 * @param topics at least one
 * @param outTopic of decisions; {@code null} only with {@link DeliveryMode#DATABASE}
 * @param deadTopic of dead letters; {@code null} only with {@link DeliveryMode#DATABASE}
 * @param instance a name that no other running instance of the group has: the group then waits for it to come back, for the session timeout.
 *     {@code null}: the instance has no name, and leaves the group when it is stopped
 * @param consumersCount threads
 * @param maxPollRecords records a batch, at most
 * @param sessionTimeout after so long without a sign of life the group gives a thread's partitions to others
 * @param heartbeatInterval at most a third of the session timeout
 * @param transactionTimeout after so long the broker undoes the transaction of a thread that is gone
 * @param properties further settings of Kafka's clients, such as {@code security.protocol}; each goes to the clients that know it
 */
public record DeliveryConfig(
        String route,
        String brokers,
        List<String> topics,
        String outTopic,
        String deadTopic,
        String groupId,
        String instance,
        int consumersCount,
        int maxPollRecords,
        DeliveryMode mode,
        Duration sessionTimeout,
        Duration heartbeatInterval,
        Duration transactionTimeout,
        Map<String, String> properties) {

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** @throws IllegalArgumentException naming all that is wrong and how it is mended */
    public DeliveryConfig {
        topics = List.copyOf(topics);
        properties = Map.copyOf(properties);
        List<String> problems = new ArrayList<>();
        required(problems, "route", route);
        required(problems, "brokers", brokers);
        required(problems, "groupId", groupId);
        topics(problems, topics, outTopic, deadTopic, mode);
        if (instance != null && instance.isBlank()) {
            problems.add("instance is blank: give a name, or leave it out");
        }
        atLeastOne(problems, "consumersCount", consumersCount);
        atLeastOne(problems, "maxPollRecords", maxPollRecords);
        positive(problems, "sessionTimeout", sessionTimeout);
        positive(problems, "heartbeatInterval", heartbeatInterval);
        positive(problems, "transactionTimeout", transactionTimeout);
        if (heartbeatInterval.multipliedBy(3).compareTo(sessionTimeout) > 0) {
            problems.add("heartbeatInterval " + heartbeatInterval.toMillis()
                    + " must be at most a third of sessionTimeout " + sessionTimeout.toMillis());
        }
        problems.addAll(ClientSettings.refusals(properties));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Delivery of route " + route + ": " + String.join("; ", problems));
        }
    }

    private static void topics(
            List<String> problems, List<String> topics, String outTopic, String deadTopic, DeliveryMode mode) {
        if (topics.isEmpty()) {
            problems.add("topic is missing");
        }
        topics.forEach(topic -> legal(problems, "topic", topic));
        if (mode == null) {
            problems.add("delivery is missing: exactly-once, at-least-once or database");
        } else if (mode != DeliveryMode.DATABASE) {
            required(problems, "out", outTopic);
            required(problems, "dead", deadTopic);
        }
        if (outTopic != null) {
            legal(problems, "out", outTopic);
            if (topics.contains(outTopic)) {
                problems.add("out is also a topic that is read: " + outTopic);
            }
        }
        if (deadTopic != null) {
            legal(problems, "dead", deadTopic);
            if (topics.contains(deadTopic) || deadTopic.equals(outTopic)) {
                problems.add("dead must be a topic of its own: " + deadTopic);
            }
        }
    }

    private static void legal(List<String> problems, String option, String topic) {
        if (!topic.isEmpty() && (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals(".."))) {
            problems.add(option + " is no name that Kafka takes for a topic: " + topic);
        }
    }

    private static void required(List<String> problems, String option, String value) {
        if (value == null || value.isBlank()) {
            problems.add(option + " is missing");
        }
    }

    private static void atLeastOne(List<String> problems, String option, int value) {
        if (value < 1) {
            problems.add(option + " must be at least 1, not " + value);
        }
    }

    private static void positive(List<String> problems, String option, Duration value) {
        if (value.isZero() || value.isNegative()) {
            problems.add(option + " must be above 0");
        }
    }

    /** How long a batch may take; after that the group gives the thread's partitions to others. */
    Duration maxPollInterval() {
        String set = properties.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        return set == null ? Duration.ofMinutes(5) : Duration.ofMillis(Long.parseLong(set.trim()));
    }

    /** How the broker knows a thread as a group member; {@code null} if the instance has no name. */
    String memberName(int thread) {
        return instance == null ? null : instance + "-" + route + "-" + thread;
    }

    /** Of the {@link #properties} what producers get: all but what only consumers know. */
    public Map<String, String> producerProperties() {
        return ClientSettings.ofProducers(properties);
    }

    /** A configuration with defaults: exactly-once, one thread, 200 records a batch, session 6 s, heartbeat 1 s, transaction 10 s. */
    public static Builder of(String route) {
        return new Builder(route);
    }

    /** Collects a configuration. Not thread-safe. */
    public static final class Builder {

        private final String route;
        private String brokers;
        private List<String> topics = List.of();
        private String outTopic;
        private String deadTopic;
        private String groupId;
        private String instance;
        private int consumersCount = 1;
        private int maxPollRecords = 200;
        private DeliveryMode mode = DeliveryMode.EXACTLY_ONCE;
        private Duration sessionTimeout = Duration.ofSeconds(6);
        private Duration heartbeatInterval = Duration.ofSeconds(1);
        private Duration transactionTimeout = Duration.ofSeconds(10);
        private Map<String, String> properties = Map.of();

        private Builder(String route) {
            this.route = route;
        }

        public Builder brokers(String value) {
            brokers = value;
            return this;
        }

        public Builder topics(String... value) {
            topics = List.of(value);
            return this;
        }

        public Builder outTopic(String value) {
            outTopic = value;
            return this;
        }

        public Builder deadTopic(String value) {
            deadTopic = value;
            return this;
        }

        public Builder groupId(String value) {
            groupId = value;
            return this;
        }

        public Builder instance(String value) {
            instance = value;
            return this;
        }

        public Builder consumersCount(int value) {
            consumersCount = value;
            return this;
        }

        public Builder maxPollRecords(int value) {
            maxPollRecords = value;
            return this;
        }

        public Builder mode(DeliveryMode value) {
            mode = value;
            return this;
        }

        public Builder sessionTimeout(Duration value) {
            sessionTimeout = value;
            return this;
        }

        public Builder heartbeatInterval(Duration value) {
            heartbeatInterval = value;
            return this;
        }

        public Builder transactionTimeout(Duration value) {
            transactionTimeout = value;
            return this;
        }

        public Builder properties(Map<String, String> value) {
            properties = value;
            return this;
        }

        /** @throws IllegalArgumentException naming all that is wrong */
        public DeliveryConfig build() {
            return new DeliveryConfig(
                    route,
                    brokers,
                    topics,
                    outTopic,
                    deadTopic,
                    groupId,
                    instance,
                    consumersCount,
                    maxPollRecords,
                    mode,
                    sessionTimeout,
                    heartbeatInterval,
                    transactionTimeout,
                    properties);
        }
    }
}

package io.github.camelaiflow.it;

import java.util.HashMap;
import java.util.Map;

/**
 * Topics of one test, and the route's transports on them, with settings that lose nothing. Of these {@code pollOnError} is
 * easily forgotten: by default a commit that fails, since the broker died, ends in a consumer that seeks past a record and
 * then hangs.
 */
record ClaimsTopics(String bootstrapServers, String in, String out, String dead, String group) {

    /** How many records a consumer takes at once, and so the most that it may see again after a failure. */
    static final int MAX_POLL_RECORDS = 50;

    static final int PARTITIONS = 3;

    private static final String BYTES_IN = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    private static final String BYTES_OUT = "org.apache.kafka.common.serialization.ByteArraySerializer";
    private static final String COMMITS = "org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory";

    /** Creates the topics; their names begin with the given one. */
    static ClaimsTopics create(KafkaBroker broker, KafkaTestClient kafka, String name) {
        ClaimsTopics topics = createButDead(broker, kafka, name);
        topics.createDead(kafka);
        return topics;
    }

    /** Creates the topics but that of the dead letters. */
    static ClaimsTopics createButDead(KafkaBroker broker, KafkaTestClient kafka, String name) {
        ClaimsTopics topics = new ClaimsTopics(
                broker.bootstrapServers(), name + "-in", name + "-out", name + "-dead", name + "-group");
        kafka.createTopics(PARTITIONS, topics.in, topics.out);
        return topics;
    }

    /** Creates the topic of the dead letters. */
    void createDead(KafkaTestClient kafka) {
        kafka.createTopics(2, dead);
    }

    /** The route's transports. */
    Map<String, String> properties() {
        return properties(30_000);
    }

    /** As {@link #properties()}, where a topic is missing: who sends gives up after a second. */
    Map<String, String> impatientProperties() {
        return properties(1_000);
    }

    private Map<String, String> properties(int maxBlockMillis) {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                "claims.in",
                "kafka:" + in + "?brokers=" + bootstrapServers + "&groupId=" + group + "&groupInstanceId=" + group
                        + "-1&valueDeserializer=" + BYTES_IN
                        + "&pollOnError=RECONNECT&pollTimeoutMs=500&sessionTimeoutMs=6000&heartbeatIntervalMs=1000&maxPollRecords="
                        + MAX_POLL_RECORDS
                        + "&isolationLevel=read_committed&autoOffsetReset=earliest"
                        + "&autoCommitEnable=false&allowManualCommit=true&breakOnFirstError=true"
                        + "&kafkaManualCommitFactory=#class:" + COMMITS);
        properties.put("claims.out", producer(out, maxBlockMillis));
        properties.put("claims.dead", producer(dead, maxBlockMillis));
        return properties;
    }

    /** As delivered, by the process of that name. */
    Map<String, String> delivered(String mode, String instance) {
        return new HashMap<>(Map.of(
                "claims.delivery.start", "true",
                "claims.delivery", mode,
                "claims.topic.in", in,
                "claims.topic.out", out,
                "claims.topic.dead", dead,
                "claims.group", group,
                "claims.instance", instance,
                "claims.consumers", "2",
                "claims.max-poll", String.valueOf(MAX_POLL_RECORDS),
                "camel.component.kafka.brokers", bootstrapServers));
    }

    private String producer(String topic, int maxBlockMillis) {
        return "kafka:" + topic + "?brokers=" + bootstrapServers + "&maxBlockMs=" + maxBlockMillis + "&valueSerializer="
                + BYTES_OUT;
    }
}

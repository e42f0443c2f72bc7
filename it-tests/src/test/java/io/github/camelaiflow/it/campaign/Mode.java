package io.github.camelaiflow.it.campaign;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How the app delivers. */
enum Mode {
    /** {@code aiflow:deliver}: outcomes and offsets in one transaction. */
    EXACTLY_ONCE(true, null),
    /** The same in the packaged Quarkus app. */
    PACKAGED_EXACTLY_ONCE(true, null),
    /** {@code aiflow:deliver}: outcomes and offsets in one transaction of the flow's store. */
    DATABASE(true, null),
    /** {@code aiflow:deliver}: outcomes first, offsets after. */
    AT_LEAST_ONCE(true, null),
    /** Camel's Kafka endpoints with settings that lose nothing: outcomes first, offsets after. */
    ENDPOINTS(true, null),
    PLAIN_AUTOCOMMIT(false, PlainRoutes.Kind.AUTOCOMMIT),
    PLAIN_TRANSACTED(false, PlainRoutes.Kind.TRANSACTED),
    PLAIN_BATCHING(false, PlainRoutes.Kind.BATCHING),
    PLAIN_EAGER(false, PlainRoutes.Kind.EAGER);

    static final int MAX_POLL_RECORDS = 50;
    static final int SESSION_TIMEOUT = 6_000;
    static final int SHUTDOWN_TIMEOUT = 10;

    private static final String SHIPPED =
            "classpath:templates/aiflow-decide.camel.yaml,classpath:templates/aiflow-deliver.camel.yaml,"
                    + "classpath:routes/claims.camel.yaml,classpath:routes/claims-delivery.camel.yaml";
    private static final String BYTES_IN = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    private static final String BYTES_OUT = "org.apache.kafka.common.serialization.ByteArraySerializer";
    private static final String COMMITS = "org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory";

    private final boolean ours;
    private final PlainRoutes.Kind plain;

    Mode(boolean ours, PlainRoutes.Kind plain) {
        this.ours = ours;
        this.plain = plain;
    }

    /** Whether it is one of those that promise to lose nothing; the others are the negative control. */
    boolean isOurs() {
        return ours;
    }

    /**
     * Whether the faults here surely cost it records. Batches and the eager repository lose only when a kill falls between two moments a
     * few milliseconds apart; the tests of the lint rules make it fall there.
     */
    boolean isSureToLose() {
        return this == PLAIN_AUTOCOMMIT || this == PLAIN_TRANSACTED;
    }

    /** What it can be fed: one of a batch that cannot be decided is lost without any fault, since its original message is the batch. */
    Feed.Kind takes(Feed.Kind kind) {
        return this == PLAIN_BATCHING ? Feed.Kind.CLEAN : kind;
    }

    /** Whether each outcome must be visible once; otherwise up to a poll of them are visible twice after a fault. */
    boolean isOnce() {
        return this == EXACTLY_ONCE || this == PACKAGED_EXACTLY_ONCE || this == DATABASE;
    }

    /** Whether all that is settled is committed to the broker as well. */
    boolean commitsToBroker() {
        return hasDerivedIds() && this != DATABASE;
    }

    /** Whether a record that is decided again gets the same id, so that a sink can drop it. */
    boolean hasDerivedIds() {
        return isOnce() || this == AT_LEAST_ONCE;
    }

    /** As it is written in reports. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The app's properties. */
    Map<String, String> properties(Topics topics, String servers, String instance, int threads) {
        Map<String, String> all = new HashMap<>(Map.of(
                AppMain.ROUTES,
                SHIPPED,
                "camel.component.kafka.brokers",
                servers,
                "camel.main.shutdown-timeout",
                String.valueOf(SHUTDOWN_TIMEOUT),
                "claims.topic.in",
                topics.in(),
                "claims.topic.out",
                topics.out(),
                "claims.topic.dead",
                topics.dead(),
                "claims.group",
                topics.group()));
        if (plain != null) {
            all.put(AppMain.PLAIN, plain.name());
        } else if (this == ENDPOINTS) {
            all.put("claims.in", reading(topics, instance));
            all.put("claims.out", "kafka:" + topics.out() + "?maxBlockMs=1000&valueSerializer=" + BYTES_OUT);
            all.put("claims.dead", "kafka:" + topics.dead() + "?maxBlockMs=1000&valueSerializer=" + BYTES_OUT);
        } else {
            all.put("claims.delivery.start", "true");
            all.put("claims.delivery", this == PACKAGED_EXACTLY_ONCE ? "exactly-once" : text());
            all.put("claims.instance", instance);
            all.put("claims.consumers", String.valueOf(threads));
            all.put("claims.max-poll", String.valueOf(MAX_POLL_RECORDS));
        }
        if (this == PACKAGED_EXACTLY_ONCE) {
            all.remove(AppMain.ROUTES);
            all.putAll(Map.of(
                    PackagedApp.JAR,
                    Path.of(System.getProperty("aiflow.app")).toAbsolutePath().toString(),
                    "quarkus.profile",
                    "kafka",
                    "kafka.brokers",
                    servers,
                    "quarkus.http.host",
                    "127.0.0.1",
                    "quarkus.http.port",
                    "0",
                    "quarkus.camel.jolokia.server.port",
                    "0",
                    "demo.enabled",
                    "false"));
        }
        return all;
    }

    private static String reading(Topics topics, String instance) {
        return reading(topics.in(), topics.group(), instance);
    }

    /** Where labels come from, for one instance. */
    static String readingLabels(Topics topics, String instance) {
        return reading(topics.labels(), topics.labelsGroup(), instance + "-labels");
    }

    private static String reading(String topic, String group, String instance) {
        return "kafka:" + topic + "?groupId=" + group + "&groupInstanceId=" + instance
                + "&valueDeserializer=" + BYTES_IN
                + "&pollOnError=RECONNECT&pollTimeoutMs=500&heartbeatIntervalMs=1000&sessionTimeoutMs="
                + SESSION_TIMEOUT + "&maxPollRecords=" + MAX_POLL_RECORDS
                + "&isolationLevel=read_committed&autoOffsetReset=earliest"
                + "&autoCommitEnable=false&allowManualCommit=true&breakOnFirstError=true"
                + "&kafkaManualCommitFactory=#class:" + COMMITS;
    }
}

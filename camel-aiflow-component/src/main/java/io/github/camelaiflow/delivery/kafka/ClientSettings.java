package io.github.camelaiflow.delivery.kafka;

import static java.util.Map.entry;

import io.github.camelaiflow.delivery.DeliveryMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Settings of Kafka's clients: what the promise of delivery needs, what recovers fast, and what the user adds. */
final class ClientSettings {

    private static final String OWN = "it is an option of its own";
    private static final String PROMISE = "nothing lost and nothing doubled rests on it";

    private static final Map<String, String> REFUSED = Map.ofEntries(
            entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, OWN + ": brokers"),
            entry(ConsumerConfig.GROUP_ID_CONFIG, OWN + ": groupId"),
            entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, OWN + ": instance"),
            entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, OWN + ": maxPollRecords"),
            entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, OWN + ": sessionTimeout"),
            entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, OWN + ": heartbeatInterval"),
            entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, OWN + ": transactionTimeout"),
            entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, OWN + ": instance"),
            entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "only the classic protocol takes over in seconds"),
            entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, PROMISE),
            entry(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, PROMISE),
            entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, PROMISE),
            entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, PROMISE),
            entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, PROMISE),
            entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, PROMISE),
            entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, PROMISE),
            entry(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, PROMISE),
            entry(ProducerConfig.ACKS_CONFIG, PROMISE),
            entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, PROMISE),
            entry(ProducerConfig.RETRIES_CONFIG, PROMISE),
            entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, PROMISE),
            entry(ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG, PROMISE),
            entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, PROMISE),
            entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, PROMISE),
            entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, "the order of each key rests on it"),
            entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "the order of each key rests on it"));

    private final DeliveryConfig config;
    private final String run;

    /** @param run stands in for the instance's name where it has none */
    ClientSettings(DeliveryConfig config, String run) {
        this.config = config;
        this.run = run;
    }

    /** What is wrong with the properties, each with its mend; never a value. */
    static List<String> refusals(Map<String, String> properties) {
        return new TreeMap<>(properties)
                .keySet().stream()
                        .filter(REFUSED::containsKey)
                        .map(name -> "properties must not set " + name + ", since " + REFUSED.get(name) + ": remove it")
                        .toList();
    }

    /** @throws ConfigException naming a setting that Kafka does not take */
    void check() {
        new ConsumerConfig(with(
                consumer(0),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
        new ProducerConfig(with(
                producer(0),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class));
    }

    private static Map<String, Object> with(Map<String, Object> settings, String key, String value, Class<?> type) {
        settings.put(key, type);
        settings.put(value, type);
        return settings;
    }

    Map<String, Object> consumer(int thread) {
        Map<String, Object> settings = common(thread);
        // Sticky or cooperative assignors hand out records while the group is being rearranged; with an eager one a
        // batch is always of a
        // settled generation. Nothing is gained by keeping a partition, since nothing is kept for one from batch to
        // batch.
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RoundRobinAssignor.class.getName());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.putAll(added(ConsumerConfig.configNames(), ProducerConfig.configNames()));
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.groupId());
        if (config.instance() != null) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.memberName(thread));
        }
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxPollRecords());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(config.sessionTimeout()));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(config.heartbeatInterval()));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    Map<String, Object> producer(int thread) {
        Map<String, Object> settings = common(thread);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "9000");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "9000");
        // A dead letter is its record and some headers: a record that just fitted must not be refused by the client.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "4194304");
        settings.putAll(added(ProducerConfig.configNames(), ConsumerConfig.configNames()));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        if (config.mode() == DeliveryMode.EXACTLY_ONCE) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(thread));
            settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(config.transactionTimeout()));
        }
        return settings;
    }

    private String transactionalId(int thread) {
        String instance = config.instance() == null ? run : config.instance();
        return config.groupId() + "-" + instance + "-" + config.route() + "-" + thread;
    }

    /** What lets a client find a broker again soon after it is back. */
    private Map<String, Object> common(int thread) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.brokers());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "aiflow-" + config.route() + "-" + thread);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, "50");
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        settings.put(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, "500");
        settings.put(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "1000");
        settings.put(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, "2000");
        return settings;
    }

    private Map<String, String> added(Set<String> known, Set<String> others) {
        return added(config.properties(), known, others);
    }

    /** Of what the user adds, what a producer gets. */
    static Map<String, String> ofProducers(Map<String, String> properties) {
        return added(properties, ProducerConfig.configNames(), ConsumerConfig.configNames());
    }

    /** What the user adds for one client: all but what only the other knows. */
    private static Map<String, String> added(Map<String, String> properties, Set<String> known, Set<String> others) {
        Map<String, String> added = new HashMap<>(properties);
        added.keySet().removeIf(name -> others.contains(name) && !known.contains(name));
        return added;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}

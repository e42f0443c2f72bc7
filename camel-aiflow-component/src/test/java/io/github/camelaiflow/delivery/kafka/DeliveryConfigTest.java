package io.github.camelaiflow.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.delivery.DeliveryMode;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration refuses, and what Kafka's clients get of it. */
class DeliveryConfigTest {

    private static DeliveryConfig.Builder valid() {
        return DeliveryConfig.of("claims")
                .brokers("one:9092")
                .topics("in")
                .outTopic("out")
                .deadTopic("dead")
                .groupId("group");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> DeliveryConfig.of("claims")
                        .topics("a b")
                        .outTopic("a b")
                        .consumersCount(0)
                        .heartbeatInterval(Duration.ofSeconds(4))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "route claims",
                        "brokers is missing",
                        "groupId is missing",
                        "dead is missing",
                        "out is also a topic that is read",
                        "consumersCount must be at least 1, not 0",
                        "heartbeatInterval 4000 must be at most a third of sessionTimeout 6000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enable.auto.commit",
                "isolation.level",
                "transactional.id",
                "acks",
                "enable.idempotence",
                "auto.offset.reset",
                "group.protocol",
                "partitioner.class",
                "interceptor.classes"
            })
    void whatWouldBreakThePromiseIsRefused(String name) {
        assertThatThrownBy(
                        () -> valid().properties(Map.of(name, "secret-value")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not set " + name)
                .hasMessageNotContaining("secret-value");
    }

    @Test
    void aDatabaseNeedsNoTopicsForOutcomes() {
        DeliveryConfig config = DeliveryConfig.of("claims")
                .brokers("one:9092")
                .topics("in")
                .groupId("group")
                .mode(DeliveryMode.DATABASE)
                .build();
        assertThat(config.outTopic()).isNull();
    }

    @Test
    void clientsGetWhatThePromiseNeeds() {
        ClientSettings settings = new ClientSettings(valid().instance("pod-1").build(), "run");
        Map<String, Object> consumer = settings.consumer(1);
        assertThat(consumer)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("group.instance.id", "pod-1-claims-1")
                .containsEntry("session.timeout.ms", 6000);
        Map<String, Object> producer = settings.producer(1);
        assertThat(producer)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("transactional.id", "group-pod-1-claims-1")
                .containsEntry("transaction.timeout.ms", 10000);
        assertThat(ProducerConfig.configNames()).containsAll(producer.keySet());
        assertThat(ConsumerConfig.configNames()).containsAll(consumer.keySet());
    }

    @Test
    void whatKafkaDoesNotTakeIsSaidBeforeAnythingStarts() {
        DeliveryConfig config =
                valid().properties(Map.of("max.poll.interval.ms", "soon")).build();
        assertThatThrownBy(() -> KafkaClients.of(config, "run"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("max.poll.interval.ms");
    }

    @Test
    void anInstanceWithoutANameHasTransactionsOfItsRun() {
        ClientSettings settings = new ClientSettings(valid().build(), "run-7");
        assertThat(settings.consumer(0)).doesNotContainKey("group.instance.id");
        assertThat(settings.producer(0)).containsEntry("transactional.id", "group-run-7-claims-0");
    }

    @Test
    void furtherSettingsGoToTheClientThatKnowsThem() {
        ClientSettings settings = new ClientSettings(
                valid().properties(Map.of(
                                "security.protocol", "SSL",
                                "fetch.min.bytes", "10",
                                "compression.type", "zstd",
                                "of.a.login.module", "x"))
                        .build(),
                "run");
        assertThat(settings.consumer(0))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("fetch.min.bytes", "10")
                .containsEntry("of.a.login.module", "x")
                .doesNotContainKey("compression.type");
        assertThat(settings.producer(0))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("compression.type", "zstd")
                .containsEntry("of.a.login.module", "x")
                .doesNotContainKey("fetch.min.bytes");
    }
}

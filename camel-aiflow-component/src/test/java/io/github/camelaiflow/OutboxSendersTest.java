package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.kafka.DeliveryConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxSendersTest {

    private final OutboxSenders senders = new OutboxSenders();

    @BeforeEach
    void one() {
        senders.add("claims", "one:uri", config("one").build());
    }

    private static DeliveryConfig.Builder config(String route) {
        return DeliveryConfig.of(route)
                .brokers("a:9092,b:9092")
                .topics("in")
                .outTopic("out")
                .deadTopic("dead")
                .groupId("claims")
                .mode(DeliveryMode.DATABASE);
    }

    @Test
    void routesThatReadDifferentlySendAlike() {
        DeliveryConfig.Builder other = config("other")
                .brokers("b:9092, a:9092")
                .maxPollRecords(7)
                .properties(Map.of("fetch.min.bytes", "7", "max.poll.interval.ms", "60000"));
        assertThatCode(() -> senders.add("claims", "other:uri", other.build())).doesNotThrowAnyException();
    }

    @Test
    void thoseThatSendOtherwiseAreRefused() {
        refused(config("other").groupId("others"), "groupId");
        refused(config("other").brokers("c:9092"), "brokers");
        refused(config("other").transactionTimeout(Duration.ofSeconds(77)), "transactionTimeout");
        refused(config("other").properties(Map.of("compression.type", "gzip")), "properties of Kafka's producers");
        refused(config("other").properties(Map.of("ssl.truststore.password", "s3cret")), "producers");
    }

    private void refused(DeliveryConfig.Builder other, String difference) {
        assertThatThrownBy(() -> senders.add("claims", "other:uri", other.build()))
                .hasMessageContaining(difference)
                .hasMessageContaining("one:uri")
                .hasMessageContaining("other:uri")
                .hasMessageNotContaining("s3cret");
    }
}

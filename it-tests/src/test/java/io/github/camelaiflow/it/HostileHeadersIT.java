package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.wire.InboundEdge;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** What a sender writes into a record's headers to steer routes, producers and dead letters: none of it gets behind the edge. */
final class HostileHeadersIT extends WithKafka {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String EVIL = "stolen";
    private static final Map<String, String> HOSTILE = Map.ofEntries(
            Map.entry("kafka.OVERRIDE_TOPIC", EVIL),
            Map.entry("KAFKA.OVERRIDE_TOPIC", EVIL),
            Map.entry("CamelKafkaOverrideTopic", EVIL),
            Map.entry("kafka.TOPIC", EVIL),
            Map.entry("kafka.PARTITION", "7"),
            Map.entry("kafka.OFFSET", "4711"),
            Map.entry("kafka.PARTITION_KEY", "0"),
            Map.entry("kafka.KEY", "forged-key"),
            Map.entry("CamelHttpUri", "http://127.0.0.1:1/" + EVIL),
            Map.entry("cAmElFileName", EVIL),
            Map.entry("CamelAiflowPredictionId", EVIL),
            Map.entry("CamelAiflowLabel", EVIL),
            Map.entry("CamelAiflowActor", EVIL),
            Map.entry("CamelAiflowOrigins", EVIL),
            Map.entry("org.apache.camel.Evil", EVIL),
            Map.entry("aiflow-error-stage", "forged"),
            Map.entry("AIFLOW-ERROR-Topic", EVIL),
            Map.entry("aiflow-error-offset", "4711"),
            Map.entry("aiflow-error-decision-id", EVIL),
            Map.entry("aiflow-error-omitted", "value"));

    private final ObjectMapper json = new ObjectMapper();

    HostileHeadersIT() {
        super(new InProcessBroker());
    }

    private static ProducerRecord<String, byte[]> record(String topic, String key, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        HOSTILE.forEach((name, said) -> record.headers().add(name, said.getBytes(UTF_8)));
        record.headers().add("trace", "t-1".getBytes(UTF_8));
        return record;
    }

    @Test
    void nothingOfItReachesAPlainRouteOrItsProducer() throws Exception {
        kafka().createTopics(1, "plain-in", "plain-out", EVIL);
        kafka().send(List.of(record("plain-in", "k-1", "body".getBytes(UTF_8))));
        String brokers = "brokers=" + broker().bootstrapServers();

        DefaultCamelContext context = new DefaultCamelContext();
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kafka:plain-in?groupId=plain&autoOffsetReset=earliest&autoCommitEnable=false&allowManualCommit=true"
                                    + "&breakOnFirstError=true&pollOnError=RECONNECT&"
                                    + brokers)
                            .process(new InboundEdge())
                            .to("mock:behind")
                            .to("kafka:plain-out?" + brokers);
                }
            });
            context.start();
            await("it came through")
                    .atMost(PATIENCE)
                    .until(() -> kafka().readAll("plain-out").size() == 1);

            Exchange exchange = context.getEndpoint("mock:behind", MockEndpoint.class)
                    .getReceivedExchanges()
                    .get(0);
            assertThat(exchange.getMessage().getHeaders().keySet())
                    .allSatisfy(name -> assertThat(name.toLowerCase(Locale.ROOT))
                            .doesNotStartWith("camel")
                            .doesNotStartWith("kafka.")
                            .doesNotStartWith("org.apache.camel")
                            .doesNotStartWith("aiflow-error-"));
            assertThat(exchange.getMessage().getHeader("trace", String.class)).isEqualTo("t-1");
            assertThat(exchange.getProperty("CamelAiflowOrigins")).isEqualTo(List.of(new Origin("plain-in", 0, 0)));
            assertThat(exchange.getProperty("CamelAiflowRecordKey")).isEqualTo("k-1");
        } finally {
            context.stop();
        }
        assertThat(kafka().readAll(EVIL)).isEmpty();
    }

    @Test
    void nothingOfItDecidesWhatTheDeliveredRouteSendsWhere() throws Exception {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), "hostile");
        Claim claim = new ClaimGenerator(Plan.clean(61)).claims(1).toList().get(0);
        Map<String, Object> wrong = new HashMap<>(claim.fields());
        wrong.put("claim_amount", -1);
        kafka().send(List.of(
                record(topics.in(), "good", json.writeValueAsBytes(claim.fields())),
                record(topics.in(), "bad", json.writeValueAsBytes(wrong))));
        Map<String, String> properties = topics.delivered("exactly-once", "one");
        properties.put("claims.unmarshal", "none");

        try (ClaimsRoute route = ClaimsRoute.start(properties)) {
            await("both came out")
                    .atMost(PATIENCE)
                    .until(() -> kafka().readAll(topics.out()).size()
                                    + kafka().readAll(topics.dead()).size()
                            == 2);
            assertThat(route.failures()).isZero();
        }

        ConsumerRecord<String, byte[]> decision = kafka().readAll(topics.out()).get(0);
        assertThat(decision.key()).isEqualTo("good");
        assertThat(new String(decision.value(), UTF_8)).doesNotContain(EVIL);
        assertThat(told(decision)).doesNotContainValue(EVIL);
        ConsumerRecord<String, byte[]> dead = kafka().readAll(topics.dead()).get(0);
        assertThat(dead.key()).isEqualTo("bad");
        assertThat(told(dead))
                .doesNotContainValue(EVIL)
                .doesNotContainValue("forged")
                .doesNotContainValue("4711")
                .containsEntry("aiflow-error-stage", "validate")
                .containsEntry("aiflow-error-topic", topics.in())
                .doesNotContainKey("aiflow-error-omitted");
    }

    private static Map<String, String> told(ConsumerRecord<String, byte[]> record) {
        Map<String, String> told = new HashMap<>();
        for (Header header : record.headers()) {
            assertThat(told).as("said once").doesNotContainKey(header.key().toLowerCase(Locale.ROOT));
            told.put(header.key().toLowerCase(Locale.ROOT), new String(header.value(), UTF_8));
        }
        return told;
    }
}

package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Ledger;
import io.github.camelaiflow.delivery.kafka.CommitFactory;
import io.github.camelaiflow.delivery.kafka.DeliveryConfig;
import io.github.camelaiflow.delivery.kafka.KafkaClients;
import io.github.camelaiflow.delivery.kafka.KafkaDelivery;
import io.github.camelaiflow.delivery.kafka.Ticker;
import io.github.camelaiflow.delivery.outbox.OutboxRelay;
import io.github.camelaiflow.delivery.outbox.Publisher;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Outbox;
import io.github.camelaiflow.store.Store;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.ProducerTemplate;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Values that occur nowhere else are sent in every field, key and header of records of all kinds, and looked for wherever an operator, a
 * scraper or another caller looks. They stand in answers to who sent them (the decision's key) and in dead letters' bodies, nowhere else.
 */
@QuarkusTest
@TestProfile(CanaryTest.Talkative.class)
class CanaryTest {

    /** In every planted text, and no number of the app's own begins so. */
    private static final String TEXT = "Canary7f3a";

    private static final String DIGITS = "91827364";

    public static final class Talkative implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "claims.steering", "true",
                    "quarkus.log.category.\"io.github.camelaiflow\".level", "DEBUG",
                    "quarkus.log.category.\"org.apache.camel\".level", "INFO",
                    "quarkus.log.level", "INFO");
        }
    }

    @Inject
    CamelContext context;

    @Inject
    ProducerTemplate template;

    private final Collection<String> logged = new ConcurrentLinkedQueue<>();
    private final Collection<Map<String, Object>> deadLetters = new ConcurrentLinkedQueue<>();
    private final List<String> errors = new ArrayList<>();
    private final Handler ear = new Ear();
    private Consumer dead;
    private Consumer decided;

    private final class Ear extends Handler {
        private final Formatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getLoggerName() + " " + formatter.format(entry) + " " + entry.getMessage() + " "
                    + Arrays.toString(entry.getParameters()));
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @BeforeEach
    void listen() throws Exception {
        Logger.getLogger("").addHandler(ear);
        dead = context.getEndpoint("direct:claims-dead")
                .createConsumer(exchange ->
                        deadLetters.add(Map.copyOf(exchange.getMessage().getHeaders())));
        decided = context.getEndpoint("direct:claims-decided").createConsumer(exchange -> {});
        dead.start();
        decided.start();
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(ear);
        dead.stop();
        decided.stop();
    }

    /** Good, but for the values. */
    private static ObjectNode claim(int i) {
        return Claims.genuine(TEXT + "-key-" + i)
                .put("policy_id", TEXT + "-policy-" + i)
                .put("claim_amount", Double.parseDouble("0." + DIGITS + i))
                .put("vehicle_value", Double.parseDouble(DIGITS + "." + i));
    }

    private static List<ObjectNode> wrong(int i) {
        return List.of(
                claim(i).put("claim_type", TEXT + "-type"),
                claim(i).put("region", TEXT + "-region"),
                claim(i).put("claim_amount", -Double.parseDouble(DIGITS)),
                claim(i).put("claim_amount", TEXT + "-amount"),
                claim(i).put("claim_id", TEXT + " not matched"),
                claim(i).put("police_report", TEXT),
                claim(i).put("vehicle_age", Long.parseLong(DIGITS)),
                claim(i).putNull("vehicle_age"),
                claim(i).put(TEXT + "-field", TEXT));
    }

    private HttpResponse<String> post(String path, String body) {
        HttpResponse<String> response = Http.post(
                path + "?" + TEXT + "=" + TEXT,
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/json",
                "X-" + TEXT,
                TEXT,
                "CamelAiflowLabel",
                TEXT,
                "kafka.KEY",
                TEXT,
                "traceparent",
                "00-" + "0".repeat(31) + "1-" + "0".repeat(15) + "1-01",
                "Cookie",
                "session=" + TEXT);
        if (response.statusCode() >= 400) {
            errors.add(response.statusCode() + " " + response.headers().map() + " " + response.body());
        }
        return response;
    }

    @Test
    void noValueIsToldToAnybodyElse() throws Exception {
        overHttp();
        throughTheRoute();
        delivering();
        labels();

        assertThat(errors).hasSizeGreaterThan(15);
        assertThat(deadLetters).hasSizeGreaterThan(8);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(Http.get("/q/metrics").body()).contains("aiflow_inference_records_total"));
        assertSilent("logs", logged);
        assertSilent("errors", errors);
        assertSilent("dead letters", deadLetters.stream().map(Map::toString).toList());
        assertSilent("metrics", List.of(Http.get("/q/metrics").body()));
        assertSilent("health", List.of(Http.get("/q/health").body()));
        assertSilent("beans", attributes());
        for (String page : List.of(
                "/validation/claims",
                "/drift/claims",
                "/quality/claims",
                "/claims/quality",
                "/rollout/claims",
                "/rollout/claims/decisions")) {
            assertSilent(page, List.of(Http.get(page).body()));
        }
    }

    private void overHttp() {
        ArrayNode batch = Http.JSON.createArrayNode();
        for (int i = 0; i < 20; i++) {
            assertThat(post("/claims", claim(i).toString()).statusCode()).isEqualTo(200);
            batch.add(claim(i));
        }
        assertThat(post("/claims", batch.toString()).statusCode()).isEqualTo(200);
        for (ObjectNode wrong : wrong(1)) {
            post("/claims", wrong.toString());
            post("/claims", batch.deepCopy().add(wrong).toString());
        }
        for (String text : List.of(
                "{\"claim_id\": \"" + TEXT,
                "\"" + TEXT + "\"",
                TEXT,
                "{\"" + TEXT + "\": 1, \"" + TEXT + "\": 2}",
                "[\"" + TEXT + "\"]",
                "{\"claim_amount\": " + DIGITS + "x}")) {
            post("/claims", text);
        }
        post("/v2/models/claims/infer", "{\"inputs\": [{\"name\": \"" + TEXT + "\", \"datatype\": \"" + TEXT + "\"}]}");
        post(
                "/v2/models/claims/infer",
                "{\"id\": \"q\", \"inputs\": [{\"name\": \"region\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\""
                        + TEXT + "\"]}]}");
        post("/v2/models/" + TEXT + "/infer", "{}");
        post("/rollout/claims/promote", "{\"actor\": {\"" + TEXT + "\": 1}}");
    }

    private void throughTheRoute() {
        Map<String, Object> headers = Map.of("X-Note", "kept", "kafka.KEY", TEXT, "CamelAiflowLabel", TEXT);
        for (String text :
                List.of(TEXT, "\0\0\0\0\7" + TEXT, "\u00c3\u0001" + TEXT, "{\"claim_id\": \"" + TEXT + "\"}", "")) {
            for (int i = 0; i < 2; i++) {
                template.sendBodyAndHeaders("direct:claims", text.getBytes(StandardCharsets.ISO_8859_1), headers);
            }
        }
    }

    /** What clients, formats and steps throw may quote a record; a delivering thread and an outbox log that they failed. */
    private void delivering() throws Exception {
        RuntimeException quoting = new IllegalStateException(TEXT, new IllegalArgumentException(TEXT));
        DeliveryConfig config = DeliveryConfig.of("canary")
                .brokers("localhost:1")
                .topics("in")
                .outTopic("out")
                .deadTopic("dead")
                .groupId("canary")
                .mode(DeliveryMode.EXACTLY_ONCE)
                .build();
        KafkaClients clients = new KafkaClients() {
            @Override
            public org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer(int thread) {
                throw quoting;
            }

            @Override
            public Producer<byte[], byte[]> producer(int thread) {
                throw quoting;
            }
        };
        Publisher publisher = new Publisher() {
            @Override
            public boolean open() {
                throw quoting;
            }

            @Override
            public void publish(List<Outbox.Draft> messages) {
                throw quoting;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Store store = new MemoryStore(InstantSource.system());
        store.outbox("canary").put(List.of(new Outbox.Draft("id", "out", new Message(null, null, List.of()))));
        KafkaDelivery delivery = KafkaDelivery.start(
                config,
                clients,
                CommitFactory.of(config, clients),
                batch -> List.of(),
                new Ledger(),
                Ticker.of(InstantSource.system()),
                new SplittableRandom(7),
                Thread::new);
        OutboxRelay relay = OutboxRelay.start(
                store, "canary", "node", publisher, OutboxRelay.Settings.DEFAULT, InstantSource.system(), Thread::new);
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> Stream.of("Route canary", "Outbox canary")
                    .allMatch(name ->
                            logged.stream().filter(line -> line.contains(name)).count() > 1));
        } finally {
            delivery.stop(Duration.ofSeconds(30));
            relay.stop(Duration.ofSeconds(30));
        }
    }

    private void labels() {
        post("/claims/labels", "{\"claim_id\": \"" + TEXT + "-key-1\", \"label\": \"fraud\"}");
        post("/claims/labels", "{\"claim_id\": \"" + TEXT + "-key-2\", \"label\": \"" + TEXT + "-label\"}");
        post("/claims/labels", "{\"claim_id\": [\"" + TEXT + "\"], \"label\": \"fraud\"}");
        post("/claims/labels", "{\"claim_id\": \"c\", \"label\": \"fraud\", \"time\": \"" + TEXT + "\"}");
        post("/claims/labels", "{\"claim_id\": \"c\", \"label\": \"fraud\", \"selectionProbability\": " + DIGITS + "}");
        post("/claims/labels", "{\"claim_id\": \"" + TEXT);
        post("/rollout/claims/labels", "{\"version\": \"" + TEXT + "\", \"loss\": 1}");
        template.sendBody(
                "direct:claims-labels", "{\"claim_id\": {\"a\": \"" + TEXT + "\"}, \"label\": \"" + TEXT + "\"}");
    }

    private static void assertSilent(String place, Collection<String> said) {
        assertThat(said).as(place).isNotEmpty();
        List<String> told = said.stream()
                .filter(text -> text.contains(TEXT) || text.contains(DIGITS) || text.contains("9.1827364"))
                .map(text -> {
                    int at = Math.max(text.indexOf(TEXT), Math.max(text.indexOf(DIGITS), text.indexOf("9.1827364")));
                    return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
                })
                .collect(Collectors.toList());
        assertThat(told).as(place).isEmpty();
    }

    /** Every attribute that can be read, of Camel's beans and ours. */
    private static List<String> attributes() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> said = new ArrayList<>();
        try {
            for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    said.add(name + " " + attribute.getName() + " = " + read(server, name, attribute));
                }
            }
        } catch (JMException e) {
            throw new AssertionError(e);
        }
        assertThat(said).hasSizeGreaterThan(500);
        return said;
    }

    private static String read(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            Object value = attribute.isReadable() ? server.getAttribute(name, attribute.getName()) : null;
            return value instanceof Object[] items ? Arrays.deepToString(items) : String.valueOf(value);
        } catch (JMException | RuntimeMBeanException e) {
            return "";
        }
    }
}

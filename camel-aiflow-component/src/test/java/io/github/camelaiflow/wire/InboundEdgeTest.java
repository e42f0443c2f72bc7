package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.delivery.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboundEdgeTest {

    private static final List<String> HOSTILE = List.of(
            "CamelHttpUri",
            "CamelAiflowPrediction",
            "CamelKafkaManualCommit",
            "CamelMetricsName",
            "org.apache.camel.component.anything",
            "kafka.OVERRIDE_TOPIC",
            "kafka.PARTITION_KEY",
            "kafka.TOPIC",
            "kafka.PARTITION",
            "kafka.OFFSET",
            "kafka.KEY",
            "aiflow-error-topic");

    private final CamelContext context = new DefaultCamelContext();
    private final InboundEdge edge = new InboundEdge();

    @BeforeEach
    void routes() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("mock:dead")
                        .deadLetterHandleNewException(false)
                        .useOriginalMessage()
                        .onPrepareFailure(new DeadLetterHeaders()));
                from("direct:in")
                        .process(edge)
                        .choice()
                        .when(body().isEqualTo("bad"))
                        .throwException(new IllegalStateException("bad"))
                        .otherwise()
                        .to("mock:out");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** The names as given, all capitals, all small, and in seeded mixtures. */
    private static Map<String, Object> hostile() {
        Random random = new Random(6);
        Map<String, Object> headers = new LinkedHashMap<>();
        for (String name : HOSTILE) {
            headers.put(name, "hostile");
            headers.put(name.toUpperCase(Locale.ROOT), "hostile");
            headers.put(name.toLowerCase(Locale.ROOT), "hostile");
            StringBuilder mixed = new StringBuilder();
            name.chars()
                    .forEach(c ->
                            mixed.append((char) (random.nextBoolean() ? c ^ (Character.isLetter(c) ? 32 : 0) : c)));
            headers.put(mixed.toString(), "hostile");
        }
        headers.put("X-Note", "kept");
        headers.put("camera", "kept");
        return headers;
    }

    @Test
    void whatSteersIsStrippedInAnyCase() throws Exception {
        MockEndpoint out = context.getEndpoint("mock:out", MockEndpoint.class);
        out.expectedMessageCount(1);

        context.createProducerTemplate().sendBodyAndHeaders("direct:in", "good", hostile());

        out.assertIsSatisfied();
        Exchange exchange = out.getExchanges().get(0);
        assertThat(exchange.getMessage().getHeaders().keySet()).containsExactlyInAnyOrder("X-Note", "camera");
        assertThat(exchange.getProperty(AiflowConstants.ORIGINS)).isNull();
        assertThat(exchange.getProperty(AiflowConstants.RECORD_KEY)).isNull();
    }

    @Test
    void aDeadLetterIsMadeFromTheOriginalMessageAndCarriesNothingHostileEither() throws Exception {
        MockEndpoint dead = context.getEndpoint("mock:dead", MockEndpoint.class);
        dead.expectedMessageCount(1);

        context.createProducerTemplate().sendBodyAndHeaders("direct:in", "bad", hostile());

        dead.assertIsSatisfied();
        Map<String, Object> headers = dead.getExchanges().get(0).getMessage().getHeaders();
        assertThat(headers.values()).doesNotContain("hostile");
        assertThat(headers).containsEntry("aiflow-error-stage", "route").doesNotContainKey("aiflow-error-topic");
        assertThat(headers.keySet()).contains("X-Note", "camera").hasSize(5);
    }

    @Test
    void ofKafkasConsumerOriginAndKeyAreKept() {
        Exchange exchange = fromKafka("claims", 3, 42L);
        exchange.getMessage().setHeader("kafka.KEY", "c-1");
        exchange.getMessage().setHeader("kafka.OVERRIDE_TOPIC", "elsewhere");

        edge.process(exchange);

        assertThat(exchange.getProperty(AiflowConstants.ORIGINS)).isEqualTo(List.of(new Origin("claims", 3, 42)));
        assertThat(exchange.getProperty(AiflowConstants.RECORD_KEY)).isEqualTo("c-1");
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void inABatchEachRecordsOriginIsKeptAndItsHeadersStripped() {
        List<Exchange> records = new ArrayList<>();
        for (long offset = 7; offset < 10; offset++) {
            Exchange record = fromKafka("claims", 0, offset);
            hostile().forEach((name, value) -> {
                if (!record.getMessage().getHeaders().containsKey(name)) {
                    record.getMessage().setHeader(name, value);
                }
            });
            records.add(record);
        }
        Exchange batch = kafka().createExchange();
        batch.getMessage().setBody(records);
        batch.getMessage().setHeader("CamelKafkaManualCommit", "commit");

        edge.process(batch);

        assertThat(batch.getProperty(AiflowConstants.ORIGINS))
                .isEqualTo(List.of(new Origin("claims", 0, 7), new Origin("claims", 0, 8), new Origin("claims", 0, 9)));
        assertThat(batch.getProperty(AiflowConstants.RECORD_KEY)).isNull();
        assertThat(batch.getMessage().getHeaders()).isEmpty();
        assertThat(records).allSatisfy(record -> assertThat(
                        record.getMessage().getHeaders().keySet())
                .containsExactlyInAnyOrder("X-Note", "camera"));
    }

    @Test
    void anOriginOfAnotherShapeThanTheConsumersIsNotBelieved() {
        Exchange exchange = fromKafka("claims", 3, 42L);
        exchange.getMessage().setHeader("kafka.OFFSET", "42".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        edge.process(exchange);

        assertThat(exchange.getProperty(AiflowConstants.ORIGINS)).isNull();
    }

    @Test
    void anEdgeBehindAnEdgeTakesNothingAway() {
        Exchange exchange = fromKafka("claims", 3, 42L);

        edge.process(exchange);
        edge.process(exchange);

        assertThat(exchange.getProperty(AiflowConstants.ORIGINS)).isEqualTo(List.of(new Origin("claims", 3, 42)));
    }

    private Endpoint kafka() {
        return context.getEndpoint("kafka:claims?brokers=localhost:1&groupId=claims");
    }

    private Exchange fromKafka(String topic, int partition, long offset) {
        Exchange exchange = kafka().createExchange();
        exchange.getMessage().setHeader("kafka.TOPIC", topic);
        exchange.getMessage().setHeader("kafka.PARTITION", partition);
        exchange.getMessage().setHeader("kafka.OFFSET", offset);
        return exchange;
    }
}

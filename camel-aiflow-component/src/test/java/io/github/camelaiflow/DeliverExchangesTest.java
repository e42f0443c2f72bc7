package io.github.camelaiflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Incoming.Header;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.delivery.Outcome.Decision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.spi.DataFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the records of a poll, without Kafka. */
class DeliverExchangesTest {

    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean down;
    private volatile boolean stopping;
    private CamelContext context;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        context = new FlowFolder(temp).context(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:decide")
                        .to("aiflow:validate:claims?onInvalid=split")
                        .process(exchange -> {
                            calls.incrementAndGet();
                            if (down) {
                                throw new AiflowModelException("claims", "v1", true, "must be reachable", null);
                            }
                        })
                        .to("aiflow:infer:claims?onError=mark")
                        .process(DeliverExchangesTest::decide);
                from("direct:throw")
                        .to("aiflow:validate:claims")
                        .process(exchange -> calls.incrementAndGet())
                        .to("aiflow:infer:claims")
                        .process(DeliverExchangesTest::decide);
                from("direct:one")
                        .filter(simple("${bodyAs(String)} contains 'keep'"))
                        .setBody(constant("decided"));
                from("direct:one-decision").setBody(constant("decided"));
                from("direct:short").setBody(constant(List.of("one")));
                from("direct:undo").setBody(constant("decided")).markRollbackOnly();
                from("direct:rename").process(DeliverExchangesTest::rename);
                from("direct:scribble").process(DeliverExchangesTest::scribble);
                from("direct:parts")
                        .setBody(constant(List.of(claim(1), claim(2))))
                        .split(body(), new UseLatestAggregationStrategy())
                        .to("aiflow:infer:claims")
                        .end()
                        .setBody(constant("decided"));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static void decide(Exchange exchange) {
        List<?> ids = exchange.getMessage().getHeader(AiflowConstants.PREDICTION_ID, List.class);
        exchange.getMessage().setBody(ids.stream().map(Object::toString).toList());
    }

    /** Changes its input, as steps may. */
    @SuppressWarnings("unchecked")
    private static void rename(Exchange exchange) {
        List<Map<String, String>> records = exchange.getMessage().getBody(List.class);
        records.forEach(record -> record.put("new", Objects.requireNonNull(record.remove("old"))));
        List<String> decisions =
                records.stream().map(record -> record.get("new")).toList();
        if (decisions.contains("poison")) {
            throw new IllegalArgumentException("cannot be decided");
        }
        exchange.getMessage().setBody(decisions);
    }

    /** Changes the very bytes. */
    private static void scribble(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> records = body instanceof List<?> list ? list : List.of(body);
        List<String> decisions = records.stream()
                .map(record -> new String((byte[]) record, UTF_8))
                .toList();
        records.forEach(record -> Arrays.fill((byte[]) record, (byte) '#'));
        if (decisions.contains("poison")) {
            throw new IllegalArgumentException("cannot be decided");
        }
        exchange.getMessage().setBody(body instanceof List<?> ? decisions : decisions.get(0));
    }

    private DeliverExchanges exchanges(String route, boolean batch, int redeliveries) {
        return exchanges(route, null, batch, redeliveries);
    }

    private DeliverExchanges exchanges(String route, Decoder decoder, boolean batch, int redeliveries) {
        return new DeliverExchanges(new DeliveredRoute(context, route, () -> stopping), decoder, batch, redeliveries);
    }

    /** Reads a record's bytes. */
    @FunctionalInterface
    private interface Decoder extends DataFormat {

        Object decode(byte[] value) throws Exception;

        @Override
        default Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
            return decode(stream.readAllBytes());
        }

        @Override
        default void marshal(Exchange exchange, Object graph, OutputStream stream) {}

        @Override
        default void start() {}

        @Override
        default void stop() {}
    }

    private static Incoming record(long offset, String value) {
        return new Incoming(
                new Origin("claims", 0, offset),
                ("k" + offset).getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                List.of(
                        new Header("trace", "t".getBytes(UTF_8)),
                        new Header("CamelFoo", "x".getBytes(UTF_8)),
                        new Header("KAFKA.override_topic", "x".getBytes(UTF_8)),
                        new Header("aiflow-error-reason", "forged".getBytes(UTF_8))),
                Instant.EPOCH);
    }

    private static String claim(long offset) {
        return "{\"id\": \"c" + offset + "\", \"amount\": 0.5, \"type\": \"fire\"}";
    }

    private static List<Incoming> claims(int count) {
        List<Incoming> records = new ArrayList<>();
        for (int offset = 0; offset < count; offset++) {
            records.add(record(offset, claim(offset)));
        }
        return records;
    }

    private static Map<String, String> headers(Outcome outcome) {
        return outcome.headers().stream()
                .collect(Collectors.toMap(Header::name, header -> new String(header.value(), UTF_8)));
    }

    @Test
    void ofARecordsHeadersItsTraceAndTheLetterItWasReachTheDecision() throws Exception {
        Incoming plain = record(0, claim(0));
        List<Header> headers = new ArrayList<>(plain.headers());
        headers.add(new Header("traceparent", "00-4bf9-00f0-01".getBytes(UTF_8)));
        headers.add(new Header("tracestate", null));
        headers.add(new Header("aiflow-replay-of", "letter".getBytes(UTF_8)));
        headers.add(new Header("aiflow-decision-id", "forged".getBytes(UTF_8)));
        Incoming traced = new Incoming(plain.origin(), plain.key(), plain.value(), headers, plain.time());
        for (boolean batch : new boolean[] {true, false}) {
            String route = batch ? "direct:decide" : "direct:one-decision";
            Outcome outcome =
                    exchanges(route, batch, 3).process(List.of(traced)).get(0);
            assertThat(headers(outcome))
                    .isEqualTo(Map.of("traceparent", "00-4bf9-00f0-01", "aiflow-replay-of", "letter"));
            assertThat(((Decision) outcome).sent()).extracting(Header::name).containsOnlyOnce("aiflow-decision-id");
        }
    }

    @Test
    void aBatchIsOneCallAndEachRecordHasADecisionOfItsOwn() throws Exception {
        List<Outcome> outcomes = exchanges("direct:decide", true, 3).process(claims(50));

        assertThat(calls).hasValue(1);
        assertThat(outcomes).hasSize(50);
        for (int i = 0; i < 50; i++) {
            Decision decision = (Decision) outcomes.get(i);
            assertThat(decision.origin().offset()).isEqualTo(i);
            assertThat(decision.id()).isEqualTo(new Origin("claims", 0, i).decisionId("claims"));
            assertThat(new String(decision.value(), UTF_8)).isEqualTo(decision.id());
            assertThat(new String(decision.key(), UTF_8)).isEqualTo("k" + i);
        }
    }

    @Test
    void whatIsWrongBecomesADeadLetterAlone() throws Exception {
        List<Incoming> records = claims(20);
        records.set(3, record(3, "{\"id\": \"c3\", \"amount\": 7, \"type\": \"arson\"}"));
        records.set(7, record(7, "no json 4711"));
        records.set(11, record(11, null));

        List<Outcome> outcomes = exchanges("direct:decide", true, 3).process(records);

        assertThat(outcomes).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(outcomes.get(i).origin().offset()).isEqualTo(i);
            assertThat(outcomes.get(i)).isInstanceOf(List.of(3, 7, 11).contains(i) ? DeadLetter.class : Decision.class);
        }
        assertThat(new String(outcomes.get(3).value(), UTF_8)).contains("arson");
        assertThat(headers(outcomes.get(3)))
                .containsEntry("aiflow-error-stage", "validate")
                .containsEntry("aiflow-error-reason", "INVALID")
                .containsEntry("aiflow-error-fields", "amount,type")
                .containsEntry("aiflow-error-topic", "claims")
                .containsEntry("aiflow-error-partition", "0")
                .containsEntry("aiflow-error-offset", "3")
                .containsEntry("aiflow-error-route", "route-1")
                .containsEntry("trace", "t")
                .doesNotContainKeys("CamelFoo", "KAFKA.override_topic")
                .doesNotContainValue("forged");
        assertThat(headers(outcomes.get(7)))
                .containsEntry("aiflow-error-stage", "decode")
                .containsEntry("aiflow-error-reason", "UNDECODABLE");
        assertThat(outcomes.get(11).value()).isNull();
    }

    @Test
    void aBatchThatFailsAsAWholeIsAskedAboutByHalves() throws Exception {
        List<Incoming> records = claims(64);
        records.set(40, record(40, "{\"id\": \"c\", \"amount\": 7, \"type\": \"arson\"}"));

        List<Outcome> outcomes = exchanges("direct:throw", true, 3).process(records);

        assertThat(outcomes).filteredOn(DeadLetter.class::isInstance).hasSize(1);
        assertThat(outcomes.get(40)).isInstanceOf(DeadLetter.class);
        assertThat(calls).as("calls that reach the model").hasValue(6);
    }

    @Test
    void whatMayPassIsTriedAgainAndThenSetAside() throws Exception {
        down = true;
        DeliverExchanges exchanges = exchanges("direct:decide", true, 2);
        List<Incoming> records = claims(4);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> exchanges.process(records))
                    .isInstanceOf(DeliverExchanges.RedeliverException.class)
                    .hasMessageContaining("MODEL_RETRYABLE");
        }
        assertThat(exchanges.process(records)).hasSize(4).allSatisfy(outcome -> assertThat(headers(outcome))
                .containsEntry("aiflow-error-stage", "infer")
                .containsEntry("aiflow-error-reason", "MODEL_RETRYABLE"));
    }

    @Test
    void whatMayPassIsTriedForEverIfSaid() {
        down = true;
        DeliverExchanges exchanges = exchanges("direct:decide", true, -1);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> exchanges.process(claims(4)))
                    .isInstanceOf(DeliverExchanges.RedeliverException.class);
        }
    }

    @Test
    void nothingIsSetAsideBecauseTheRouteIsStopped() {
        stopping = true;
        List<Incoming> records = claims(2);
        records.set(0, record(0, "{\"id\": \"c\", \"amount\": 7, \"type\": \"arson\"}"));

        assertThatThrownBy(() -> exchanges("direct:throw", true, 0).process(records))
                .hasMessageContaining("being stopped");
    }

    @Test
    void recordsMayHaveExchangesOfTheirOwn() throws Exception {
        List<Outcome> outcomes = exchanges("direct:one", false, 0)
                .process(List.of(record(0, "keep"), record(1, "drop"), record(2, "keep")));

        assertThat(outcomes.get(0)).isInstanceOf(Decision.class);
        assertThat(new String(outcomes.get(2).value(), UTF_8)).isEqualTo("decided");
        assertThat(headers(outcomes.get(1)))
                .as("what no step has decided is not passed on as if it were")
                .containsEntry("aiflow-error-reason", "UNDECIDED");
    }

    @Test
    void aRouteThatLosesCountIsNotTheRecordsFault() {
        assertThatThrownBy(() -> exchanges("direct:short", true, 0).process(claims(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one body for each of 3 records")
                .hasMessageContaining("left 1 bodies");
    }

    @Test
    void halvesGetTheRecordsAsTheyCame() throws Exception {
        Decoder decoder = value -> new HashMap<>(Map.of("old", new String(value, UTF_8)));
        List<Incoming> records =
                List.of(record(0, "a"), record(1, "b"), record(2, "poison"), record(3, "c"), record(4, "d"));

        List<Outcome> outcomes = exchanges("direct:rename", decoder, true, 0).process(records);

        assertThat(outcomes).filteredOn(DeadLetter.class::isInstance).containsExactly(outcomes.get(2));
        assertThat(new String(outcomes.get(4).value(), UTF_8)).isEqualTo("d");
    }

    @Test
    void soTheyDoWhereTheirVeryBytesAreChanged() throws Exception {
        Decoder asItComes = new Decoder() {
            @Override
            public Object unmarshal(Exchange exchange, Object body) {
                return body;
            }

            @Override
            public Object decode(byte[] value) {
                return value;
            }
        };
        for (Decoder decoder : Arrays.asList(null, asItComes)) {
            for (boolean batch : new boolean[] {true, false}) {
                List<Incoming> records = List.of(record(0, "a"), record(1, "poison"), record(2, "c"), record(3, "d"));
                List<Outcome> outcomes =
                        exchanges("direct:scribble", decoder, batch, 0).process(records);

                assertThat(outcomes)
                        .extracting(outcome -> new String(outcome.value(), UTF_8))
                        .containsExactly("a", "poison", "c", "d");
                assertThat(outcomes).filteredOn(DeadLetter.class::isInstance).containsExactly(outcomes.get(1));
            }
        }
    }

    @Test
    void aRecordThatAFormatBreaksDownAtIsSetAsideAlone() throws Exception {
        Decoder decoder = value -> {
            if (value.length == 0) {
                throw new StackOverflowError();
            }
            return value;
        };
        assertUndecodable(decoder, "");
    }

    /** At once, though what may pass would be tried for ever. */
    private void assertUndecodable(Decoder decoder, String value) throws Exception {
        List<Incoming> records = List.of(record(0, claim(0)), record(1, value), record(2, claim(2)));
        for (boolean batch : new boolean[] {true, false}) {
            List<Outcome> outcomes = exchanges(batch ? "direct:decide" : "direct:one-decision", decoder, batch, -1)
                    .process(records);

            assertThat(outcomes).filteredOn(DeadLetter.class::isInstance).containsExactly(outcomes.get(1));
            assertThat(headers(outcomes.get(1)))
                    .containsEntry("aiflow-error-stage", "decode")
                    .containsEntry("aiflow-error-reason", "UNDECODABLE");
            assertThat(new String(outcomes.get(1).value(), UTF_8)).isEqualTo(value);
        }
    }

    @Test
    void whatAFormatOfCamelsCanNotDecodeIsSetAsideAtOnce() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        // As camel-jackson: its JsonParseException is an IOException
        assertUndecodable(
                value -> {
                    mapper.readTree(value);
                    return value;
                },
                "{oops");
    }

    static Stream<Exception> othersDoing() {
        return Stream.of(
                new IOException("registry", new ConnectException("refused")),
                new SocketTimeoutException("slow"),
                new HttpTimeoutException("slow"),
                new UnknownHostException("registry"),
                new IllegalStateException(new TimeoutException("slow")),
                new AiflowModelException("claims", "v1", true, "must be reachable", null));
    }

    @ParameterizedTest
    @MethodSource("othersDoing")
    void whatAFormatCanNotAskNowMayPass(Exception away) throws Exception {
        AtomicBoolean isAway = new AtomicBoolean(true);
        Decoder decoder = value -> {
            if (isAway.get()) {
                throw away;
            }
            return value;
        };
        DeliverExchanges exchanges = exchanges("direct:decide", decoder, true, -1);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> exchanges.process(claims(3)))
                    .isInstanceOf(DeliverExchanges.RedeliverException.class);
        }
        isAway.set(false);
        assertThat(exchanges.process(claims(3))).hasSize(3).allMatch(Decision.class::isInstance);
    }

    @Test
    void nothingIsSetAsideBecauseItsFormatIsStopped() {
        stopping = true;
        Decoder decoder = value -> {
            throw new IllegalStateException("closed");
        };

        assertThatThrownBy(() -> exchanges("direct:decide", decoder, true, 0).process(claims(2)))
                .hasMessageContaining("being stopped");
    }

    @Test
    void aFormatMayGiveStreams() throws Exception {
        List<Outcome> outcomes =
                exchanges("direct:decide", ByteArrayInputStream::new, true, 0).process(claims(3));

        assertThat(outcomes).hasSize(3).allMatch(Decision.class::isInstance);
    }

    @Test
    void aDecisionOfSeveralPredictionsHasTheRecordsId() throws Exception {
        List<Outcome> outcomes = exchanges("direct:parts", false, 0).process(List.of(record(7, "two")));

        assertThat(((Decision) outcomes.get(0)).id()).isEqualTo(new Origin("claims", 0, 7).decisionId("claims"));
    }

    @Test
    void whatARouteRollsBackIsNoDecision() throws Exception {
        List<Outcome> outcomes = exchanges("direct:undo", false, 0).process(claims(1));

        assertThat(outcomes).allMatch(DeadLetter.class::isInstance);
    }
}

package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Prediction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes, beans and HTTP endpoints as models. */
class EndpointModelTest {

    private static final Map<String, Object> RECORD = Map.of("amount", 5, "text", "hit from behind");

    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Exchange> asked = new CopyOnWriteArrayList<>();
    private volatile Processor route = exchange -> {};
    private CamelContext context;

    @TempDir
    Path folder;

    /** A bean that answers, for {@code bean:}. */
    public static final class Scorer {
        public Map<String, Object> score(Map<String, Object> row) {
            return Map.of("label", "fraud", "score", ((Number) row.get("amount")).doubleValue() / 10);
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        if (context != null) {
            context.stop();
        }
    }

    private void start(String model) throws Exception {
        FlowFolder flow = new FlowFolder(folder);
        flow.write("any.yaml", """
                record: {fields: {amount: {type: number}, text: {type: text}}}
                models:
                  peer: {%s}
                rollout: {serve: peer}
                """.formatted(model));
        context = flow.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to("aiflow:infer:any");
                from("direct:mark").errorHandler(noErrorHandler()).to("aiflow:infer:any?onError=mark");
                from("direct:model").errorHandler(noErrorHandler()).process(exchange -> {
                    asked.add(exchange);
                    route.process(exchange);
                });
                from("direct:llm")
                        .setBody(simple("Is this claim fraud or legitimate? One word.\n${body}"))
                        .to("direct:model");
            }
        });
        context.getRegistry().bind("scorer", new Scorer());
        context.start();
    }

    private Exchange send(String to, Object body) {
        return context.createProducerTemplate().request(to, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("secret", "4711");
        });
    }

    private Prediction predicted() {
        Exchange exchange = send("direct:in", RECORD);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader("CamelAiflowPrediction", Prediction.class);
    }

    private Output answered(Object body) {
        route = exchange -> exchange.getMessage().setBody(body);
        return predicted().output();
    }

    private AiflowModelException failure(Processor failing) {
        route = failing;
        Exchange exchange = send("direct:in", RECORD);
        assertThat(exchange.getException()).isInstanceOf(AiflowModelException.class);
        assertThat(exchange.getException().getMessage()).doesNotContain("4711");
        return (AiflowModelException) exchange.getException();
    }

    @Test
    void aRouteIsAskedInAnExchangeOfItsOwn() throws Exception {
        start("endpoint: 'direct:model'");
        route = exchange -> {
            Map<?, ?> sent = exchange.getMessage().getBody(Map.class);
            sent.clear();
            exchange.getMessage().setHeader("CamelAiflowServedBy", "cache");
            exchange.getMessage().setHeader("leak", 1);
            exchange.getMessage().setBody("fraud");
        };
        Map<String, Object> record = new LinkedHashMap<>(RECORD);

        Exchange exchange = send("direct:in", record);

        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("fraud");
        assertThat(exchange.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo("primary");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("leak");
        assertThat(exchange.getMessage().getBody()).isEqualTo(RECORD);
        assertThat(asked.get(0).getMessage().getHeaders()).doesNotContainKey("secret");
    }

    @Test
    void answersOfAllKinds() throws Exception {
        start("endpoint: 'direct:model'");

        assertThat(answered("fraud").label()).isEqualTo("fraud");
        assertThat(answered("  fraud \n").label()).isEqualTo("fraud");
        assertThat(answered(true).label()).isEqualTo("true");
        assertThat(answered(3).score()).isEqualTo(3.0);
        assertThat(answered("3.5").score()).isEqualTo(3.5);
        assertThat(answered("-1e3").score()).isEqualTo(-1000.0);
        assertThat(answered("\"fraud\"").label()).isEqualTo("fraud");
        assertThat(answered("2nd class").label()).isEqualTo("2nd class");
        assertThat(answered("{\"ok\": 0.25, \"fraud\": 0.75}"))
                .isEqualTo(Output.label("fraud", 0.75, Map.of("ok", 0.25, "fraud", 0.75)));
        assertThat(answered("{\"label\": \"ok\", \"score\": 0.5}")).isEqualTo(Output.label("ok", 0.5, Map.of()));
        assertThat(answered(Map.of("label", "ok", "scores", Map.of("ok", 0.75, "no", 0.25)))
                        .score())
                .isEqualTo(0.75);
        assertThat(answered("{\"value\": 2}").score()).isEqualTo(2.0);
        assertThat(answered(new JsonMapper().readTree("{\"ok\": 1}")).label()).isEqualTo("ok");
        assertThat(answered("fraud".getBytes(StandardCharsets.UTF_8)).label()).isEqualTo("fraud");
        assertThat(answered(new ByteArrayInputStream("{\"ok\":1}".getBytes(StandardCharsets.UTF_8)))
                        .label())
                .isEqualTo("ok");
        assertThat(answered(Output.value(4))).isEqualTo(Output.value(4));
    }

    @Test
    void whatIsNoAnswerIsAFailureThatStays() throws Exception {
        start("endpoint: 'direct:model'");

        for (Object wrong : new Object[] {
            "",
            "{\"ok\": ",
            "{\"ok\": \"4711\"}",
            "{\"ok\": null}",
            "{\"label\": \"x\", \"score\": \"4711\"}",
            "two\nlines 4711",
            "x".repeat(257),
            "4711 ".repeat(300_000),
            Map.of(),
            Map.of("ok", Double.NaN),
            List.of("4711"),
            new Object()
        }) {
            assertThat(failure(exchange -> exchange.getMessage().setBody(wrong)).isRetryable())
                    .isFalse();
        }
        assertThat(failure(exchange -> exchange.getMessage().setBody(null)).isRetryable())
                .isFalse();
        assertThat(failure(exchange -> {})).hasMessageContaining("it passed the record on");
    }

    @Test
    void failuresSayWhetherTryingAgainCanHelp() throws Exception {
        start("endpoint: 'direct:model'");

        assertThat(failure(exchange -> {
                            throw new IOException("4711");
                        })
                        .isRetryable())
                .isTrue();
        assertThat(failure(exchange -> {
                            throw new IllegalStateException(new IOException("4711"));
                        })
                        .isRetryable())
                .isTrue();
        assertThat(failure(exchange -> {
                            throw new IllegalStateException("4711");
                        })
                        .isRetryable())
                .isFalse();
        assertThat(failure(exchange -> {
                            throw new AiflowModelException("f", "v", true, "4711", null);
                        })
                        .isRetryable())
                .isTrue();
    }

    private static Map<String, Object> record(int amount) {
        return Map.of("amount", amount, "text", "");
    }

    @Test
    void aRecordTheRouteFindsWrongIsAnErrorOfThatRow() throws Exception {
        start("endpoint: 'direct:model'");
        route = exchange -> {
            int amount = (Integer) exchange.getMessage().getBody(Map.class).get("amount");
            if (amount == 1) {
                throw new ValidationException(exchange, "4711");
            } else if (amount == 2) {
                throw new DataException(DataException.Reason.WRONG_FEATURE, List.of("amount"), "amount must be less");
            }
            exchange.getMessage().setBody("ok");
        };

        Exchange exchange = send("direct:mark", List.of(record(1), record(2), record(3)));

        assertThat((List<?>) exchange.getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo(java.util.Arrays.asList(null, null, "ok"));
        assertThat(asked).hasSize(3);
        assertThat(send("direct:in", record(1)).getException())
                .isInstanceOf(AiflowDataException.class)
                .message()
                .doesNotContain("4711");
    }

    @Test
    void jsonAndTextAreSentWhereThatIsSaid() throws Exception {
        start("endpoint: 'direct:model', send: json, features: [text, amount]");
        route = exchange -> exchange.getMessage()
                .setBody(
                        exchange.getMessage()
                                        .getBody(String.class)
                                        .equals("{\"text\":\"hit from behind\",\"amount\":5}")
                                ? "yes"
                                : "no");
        assertThat(predicted().output().label()).isEqualTo("yes");
        assertThat(send("direct:in", Map.of("amount", 1)).getException()).isInstanceOf(AiflowDataException.class);
        context.stop();

        start("endpoint: 'direct:model', send: text, features: [text, amount]");
        route = exchange -> exchange.getMessage()
                .setBody(
                        exchange.getMessage().getBody(String.class).equals("text: hit from behind\namount: 5\n")
                                ? "yes"
                                : "no");
        assertThat(predicted().output().label()).isEqualTo("yes");
    }

    @Test
    void aLanguageModelMustAnswerOneOfTheLabels() throws Exception {
        start("endpoint: 'direct:llm', send: text, features: [text], labels: [fraud, legitimate]");

        assertThat(answered("Fraud").label()).isEqualTo("fraud");
        assertThat(asked.get(0).getMessage().getHeaders()).isEmpty();
        assertThat(failure(exchange -> exchange.getMessage().setBody("I think it is 4711"))
                        .isRetryable())
                .isFalse();
    }

    @Test
    void beansAreAskedAsEndpoints() throws Exception {
        start("endpoint: 'bean:scorer?method=score'");

        assertThat(predicted().output()).isEqualTo(Output.label("fraud", 0.5, Map.of()));
    }

    @Test
    void anHttpServerIsAskedWithItsFailuresTold() throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        try (LoopbackServer server = new LoopbackServer((request, socket) -> {
            if (status.get() == 0) {
                socket.getInputStream().read();
            } else {
                LoopbackServer.reply(socket, status.get(), "{'label': 'ok', 'score': 0.5}");
            }
        })) {
            start("endpoint: 'http://localhost:" + server.port() + "/score', send: json, timeout: 10s");
            assertThat(predicted().output()).isEqualTo(Output.label("ok", 0.5, Map.of()));
            assertThat(server.requests.get(0).line()).startsWith("POST /score ");
            assertThat(server.requests.get(0).headers()).doesNotContainKey("secret");
            status.set(503);
            assertThat(failure(exchange -> {}).isRetryable()).isTrue();
            status.set(404);
            assertThat(failure(exchange -> {}).isRetryable()).isFalse();
            assertThat(server.requests).hasSize(3);
            status.set(0);
            assertThat(failure(exchange -> {}).isRetryable()).isTrue();
        }
    }

    @Test
    void aRouteThatHangsIsLeftAtTheDeadlineAndItsLateAnswerGoesNowhere() throws Exception {
        start("endpoint: 'direct:model', timeout: 3s");
        AtomicInteger late = new AtomicInteger();
        Processor hanging = exchange -> {
            while (release.getCount() > 0) {
                try {
                    release.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    late.incrementAndGet();
                }
            }
            exchange.getMessage().setBody("late");
            late.addAndGet(100);
        };

        assertThat(failure(hanging).isRetryable()).isTrue();
        Awaitility.await().untilAtomic(late, org.hamcrest.Matchers.greaterThan(0));
        release.countDown();
        Awaitility.await().untilAtomic(late, org.hamcrest.Matchers.greaterThanOrEqualTo(100));
        route = exchange -> exchange.getMessage().setBody("in time");
        assertThat(predicted().label()).isEqualTo("in time");
    }

    @Test
    void moreHangingCallsThanThreadsAreRejected() throws Exception {
        start("endpoint: 'direct:model', timeout: 20s");
        route = exchange -> {
            release.await(60, TimeUnit.SECONDS);
            exchange.getMessage().setBody("ok");
        };
        List<Thread> callers = new ArrayList<>();
        List<Exchange> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 64; i++) {
            Thread caller = new Thread(() -> answers.add(send("direct:in", RECORD)));
            callers.add(caller);
            caller.start();
        }
        Awaitility.await().until(() -> asked.size() == 64);

        Exchange one = send("direct:in", RECORD);
        release.countDown();
        for (Thread caller : callers) {
            caller.join(60_000);
        }

        assertThat(((AiflowModelException) one.getException()).isRetryable()).isTrue();
        assertThat(one.getException()).hasMessageContaining("saturated");
        assertThat(answers).hasSize(64).allSatisfy(exchange -> assertThat(exchange.getException())
                .isNull());
    }

    @Test
    void anEndpointCamelCannotMakeIsAProblemAtStartUp() {
        assertThatThrownBy(() -> start("endpoint: 'nowhere:4711'"))
                .hasStackTraceContaining("models.peer.endpoint: must be an endpoint Camel can make here");
    }

    @Test
    void anAnswerThatIsNoNumberIsAnErrorOfItsRecord() throws Exception {
        start("endpoint: 'direct:model'");
        Map<String, Object> noScore = new LinkedHashMap<>(Map.of("label", "fraud"));
        noScore.put("score", Double.NaN);
        for (Object answer : List.of(Double.NaN, Float.NaN, noScore, Output.value(Double.NaN))) {
            route = exchange -> exchange.getMessage().setBody(answer);
            Exchange exchange = send("direct:in", RECORD);
            assertThat(exchange.getException())
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("answers NaN");
        }
    }

    @Test
    void aHugeBodyOfAnHttpServerIsLeftWhenItIsTooLong() throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        java.util.concurrent.atomic.AtomicLong written = new java.util.concurrent.atomic.AtomicLong();
        try (LoopbackServer server = new LoopbackServer((request, socket) -> {
            LoopbackServer.head(socket.getOutputStream(), status.get(), Long.MAX_VALUE, "Content-Type: text/plain");
            byte[] chunk = new byte[1 << 20];
            java.util.Arrays.fill(chunk, (byte) 'x');
            // an end, for a client that would read all
            while (written.addAndGet(chunk.length) < 1L << 30) {
                socket.getOutputStream().write(chunk);
            }
        })) {
            start("endpoint: 'http://localhost:" + server.port() + "/score', send: json, timeout: 60s");
            assertThat(failure(exchange -> {})).hasMessageContaining("1048576 bytes or fewer");
            Awaitility.await().untilAtomic(server.gone, org.hamcrest.Matchers.equalTo(1));
            status.set(503);
            assertThat(failure(exchange -> {})).hasMessageContaining("status 503");
            Awaitility.await().untilAtomic(server.gone, org.hamcrest.Matchers.equalTo(2));
            assertThat(written.get()).isLessThan(1L << 27);
        }
    }

    @Test
    void aModelThatFailsToLoadInAnUnforeseenWayIsAProblemOfTheDefinition() throws Exception {
        FlowFolder flow = new FlowFolder(folder);
        flow.write("any.yaml", """
                models:
                  good: {endpoint: 'direct:model'}
                  odd: {bean: odd}
                rollout: {serve: good}
                """);
        context = flow.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("aiflow:infer:any");
            }
        });
        context.getRegistry().bind("odd", Object.class, () -> {
            throw new IllegalStateException("secret");
        });
        assertThatThrownBy(context::start)
                .hasStackTraceContaining("models.odd could not be loaded, failed with java.lang.IllegalState");
    }
}

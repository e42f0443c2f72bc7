package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches, caches and stand-ins as a route sees them. */
class ServingTest {

    private static final String DEFINITION = """
            record: {key: id, fields: {amount: {type: number}}}
            models:
              main: {bean: main}
              cached: {bean: main, cache: {size: 10, maxAge: 1h}}
              down: {bean: down}
              broken: {bean: broken}
              hang: {bean: hang}
              last: {lastGood: {size: 100, maxAge: 1h}}
              safe: {default: {label: review, score: 0.5}}
              rules:
                rules: [{when: {amount: {above: 5}}, label: high}]
                otherwise: {label: low}
            rollout: {serve: main}
            """;

    private final CountDownLatch release = new CountDownLatch(1);
    private final Queue<Integer> calls = new ConcurrentLinkedQueue<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private Path temp;
    private CamelContext context;
    private AiflowComponent component;

    /** Answers all rows of a call with their amounts, unless it is to fail. */
    private final class Amounts implements Model {

        @Override
        public Signature signature() {
            return new Signature(List.of("amount"), List.of(), List.of());
        }

        @Override
        public List<Outcome> predict(ModelInput input) {
            List<Map<String, Object>> rows = ((ModelInput.Rows) input).rows();
            calls.add(rows.size());
            RuntimeException now = failure.get();
            if (now != null) {
                throw now;
            }
            List<Outcome> outcomes = new ArrayList<>();
            rows.forEach(row -> outcomes.add(Outcome.of(Output.value(((Number) row.get("amount")).doubleValue()))));
            return outcomes;
        }

        @Override
        public void close() {}
    }

    private final class Hanging implements Model {

        @Override
        public Signature signature() {
            return new Signature(List.of(), List.of(), List.of());
        }

        @Override
        public List<Outcome> predict(ModelInput input) {
            try {
                assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of(Outcome.of(Output.value(1)));
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        temp = folder;
        Files.writeString(temp.resolve("f.yaml"), DEFINITION);
        Files.writeString(temp.resolve("b.yaml"), DEFINITION);
        context = new DefaultCamelContext();
        context.getRegistry().bind("main", new Amounts());
        context.getRegistry().bind("hang", new Hanging());
        bindFailing("down", true);
        bindFailing("broken", false);
        component = context.getComponent("aiflow", AiflowComponent.class);
        component.setDefinitions("file:" + temp);
        component.setThreads(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:main").to("aiflow:infer:f");
                from("direct:cached").to("aiflow:infer:f?models=cached");
                from("direct:chain").to("aiflow:infer:f?models=main,last,rules");
                from("direct:safe").to("aiflow:infer:f?models=down,broken,safe");
                from("direct:none").to("aiflow:infer:f?models=broken,down");
                from("direct:hang").to("aiflow:infer:f?models=hang,down,safe&timeout=100");
                from("direct:alone").to("aiflow:infer:f?models=hang&timeout=100");
                from("direct:timed").to("aiflow:infer:f?timeout=30s");
                from("direct:batch").to("aiflow:infer:b?batchSize=32&batchDelay=2&timeout=30s");
                from("direct:batch-hang").to("aiflow:infer:b?models=hang&batchSize=32&batchDelay=2&timeout=100");
                from("direct:breaker")
                        .circuitBreaker()
                        .to("aiflow:infer:f?models=down")
                        .onFallback()
                        .to("aiflow:infer:f?models=broken,last,cached")
                        .end();
            }
        });
        context.start();
    }

    private void bindFailing(String name, boolean retryable) {
        context.getRegistry().bind(name, (java.util.function.Function<Map<String, Object>, Object>) row -> {
            throw new ModelException(retryable, name + " must be there");
        });
    }

    @AfterEach
    void stop() {
        release.countDown();
        context.stop();
    }

    private Exchange send(String to, Object body) {
        return context.createProducerTemplate()
                .request(to, exchange -> exchange.getMessage().setBody(body));
    }

    private static Map<String, Object> row(String id, Object amount) {
        return Map.of("id", id, "amount", amount);
    }

    private static void assertServed(Exchange exchange, String version, Object servedBy) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("CamelAiflowModelVersion")).isEqualTo(version);
        assertThat(exchange.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo(servedBy);
    }

    @Test
    void stillTheFirstThatCanAnswersAsItself() {
        assertServed(send("direct:chain", row("a", 1)), "main", "primary");
        assertServed(send("direct:safe", row("a", 1)), "safe", "default");
    }

    @Test
    void theLastGoodAnswerStandsInWhereThereIsOneElseTheNext() {
        send("direct:main", row("a", 7));
        failure.set(new ModelException(true, "the server must be there"));

        Exchange known = send("direct:chain", row("a", 1));
        assertServed(known, "last", "last-good");
        assertThat(known.getMessage().getHeader("CamelAiflowScore")).isEqualTo(7.0);
        assertThat(known.getMessage()
                        .getHeader("CamelAiflowPrediction", Prediction.class)
                        .key())
                .isEqualTo("a");
        Exchange unknown = send("direct:chain", row("b", 9));
        assertServed(unknown, "rules", "fallback");
        assertThat(unknown.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("high");
        assertServed(send("direct:chain", row("b", 9)), "rules", "fallback");
    }

    @Test
    void theLastGoodAnswerOutlivesAChangeOfTheDefinition() throws Exception {
        send("direct:main", row("a", 7));
        failure.set(new ModelException(true, "the server must be there"));
        Files.writeString(temp.resolve("f.yaml"), DEFINITION + "# changed\n");
        component.reloadDefinitions();

        assertServed(send("direct:chain", row("a", 1)), "last", "last-good");
    }

    @Test
    void ifNoneCanAnswerTheFailureTellsAllOfThem() {
        assertThat(send("direct:none", row("a", 1)).getException())
                .hasMessageContainingAll("[broken, down]", "broken must be there", "down must be there")
                .isInstanceOfSatisfying(AiflowModelException.class, e -> assertThat(e.isRetryable())
                        .isTrue());
    }

    @Test
    void wrongDataIsNotAStandInsBusiness() {
        failure.set(new io.github.camelaiflow.data.DataException(
                Reason.WRONG_FEATURE, List.of("amount"), "amount must be right"));
        for (Object body : List.of(row("a", 1), Map.of("id", "a"), row("a", "x"))) {
            assertThat(send("direct:chain", body).getException()).isInstanceOf(AiflowDataException.class);
        }
        assertThat(calls).containsExactly(1);
    }

    @Test
    void aStandInThatAnswersAtOnceDoesSoWhenTheTimeIsUp() {
        assertServed(send("direct:hang", row("a", 1)), "safe", "default");
        assertThat(send("direct:alone", row("a", 1)).getException()).hasMessageContaining("must answer within 100 ms");
        release.countDown();
        assertServed(send("direct:timed", row("a", 1)), "main", "primary");
    }

    @Test
    void rememberedAnswersAreMarkedAlsoWithinABatch() {
        assertServed(send("direct:cached", row("a", 1)), "cached", "primary");
        assertServed(send("direct:cached", row("b", 1)), "cached", "cache");
        Exchange batch = send("direct:cached", List.of(row("a", 1), row("a", 2)));
        assertThat(batch.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo(List.of("cache", "primary"));
        assertThat(calls).containsExactly(1, 1);
    }

    @Test
    void insideABreakersFallbackTheChainWorksToo() {
        assertServed(send("direct:breaker", row("a", 1)), "cached", "fallback");
        assertServed(send("direct:breaker", row("a", 1)), "cached", "fallback");
        assertThat(calls).hasSize(1);
        send("direct:main", row("a", 3));
        Exchange last = send("direct:breaker", row("a", 1));
        assertServed(last, "last", "last-good");
        assertThat(last.getMessage().getHeader("CamelAiflowScore")).isEqualTo(3.0);
        assertThat(send("direct:breaker", Map.of("id", "a")).getException()).isInstanceOf(AiflowDataException.class);
    }

    @Test
    void sixtyFourExchangesShareCallsAndNoneFailsWhileTheFlowIsSetUpAnew() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(64);
        List<Future<Integer>> asking = new ArrayList<>();
        for (int caller = 0; caller < 64; caller++) {
            int amount = caller;
            asking.add(callers.submit(() -> {
                int right = 0;
                for (int i = 0; i < 100; i++) {
                    Exchange exchange = send("direct:batch", row("k" + amount, amount));
                    right += exchange.getException() == null
                                    && exchange.getMessage()
                                            .getHeader("CamelAiflowScore")
                                            .equals((double) amount)
                            ? 1
                            : 0;
                }
                return right;
            }));
        }
        for (int i = 0; i < 20; i++) {
            // another key sets all models up anew: their slots are closed under the rows that wait
            Files.writeString(temp.resolve("b.yaml"), DEFINITION.replace("key: id", "key: id" + (i % 2)));
            component.reloadDefinitions();
        }
        for (Future<Integer> right : asking) {
            assertThat(right.get(120, TimeUnit.SECONDS)).isEqualTo(100);
        }
        callers.shutdown();
        assertThat(calls.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(6400);
        assertThat(calls.size()).isLessThan(6400);
    }

    @Test
    void manyHangingBatchedExchangesKeepTheirDeadlinesWithoutThePool() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<Future<Exchange>> hanging = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            hanging.add(callers.submit(() -> send("direct:batch-hang", row("a", 1))));
        }
        for (Future<Exchange> exchange : hanging) {
            assertThat(exchange.get(60, TimeUnit.SECONDS).getException())
                    .hasMessageContaining("must answer within 100 ms");
        }
        callers.shutdown();
        assertServed(send("direct:timed", row("a", 1)), "main", "primary");
    }

    @Test
    void aDefaultOrLastGoodThatCannotWorkFailsAtStartUp() throws Exception {
        Files.writeString(temp.resolve("bad.yaml"), """
                models:
                  last: {lastGood: {}}
                  safe: {default: {lable: review}}
                  main: {bean: main}
                rollout: {serve: main}
                """);
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:bad").to("aiflow:infer:bad");
                    }
                }))
                .rootCause()
                .hasMessageContainingAll(
                        "models.last.lastGood: needs record.key",
                        "models.safe.default",
                        "lable is not known",
                        "label or score is required");
    }
}

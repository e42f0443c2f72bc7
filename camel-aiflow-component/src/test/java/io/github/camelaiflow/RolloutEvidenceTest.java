package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.rollout.evidence.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** What a flow tells its rollout: each draw once, whatever came of it, and no arm's failure more often than it happened. */
class RolloutEvidenceTest extends WithFlowFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private void start(String rollout, String more, Object v1, Object v2) throws Exception {
        folder.write("claims.yaml", """
                flow: claims
                record: {key: id, fields: {amount: {type: number}}}
                models: {v1: {bean: v1%s}, v2: {bean: v2%s}}
                rollout: %s
                """.formatted(more, more, rollout));
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:infer").to("aiflow:infer:claims");
                from("direct:status").to("aiflow:rollout:claims?action=status");
            }
        });
        context.getRegistry().bind("v1", v1);
        context.getRegistry().bind("v2", v2);
        context.start();
    }

    private static Function<Map<String, Object>, Object> bean(Function<Map<String, Object>, Object> bean) {
        return bean;
    }

    private static Map<String, Object> claim(int id) {
        return Map.of("id", "c" + id, "number", id, "amount", 0.5);
    }

    private static boolean even(Map<String, Object> row) {
        return (Integer) row.get("number") % 2 == 0;
    }

    /** What is said of v2 by the guardrail of that number. */
    private Judgement.Guarded guarded(int guardrail) {
        return send("direct:status", null)
                .getMessage()
                .getHeader(AiflowConstants.ROLLOUT, RolloutStatus.class)
                .judgements()
                .get("v2")
                .guardrails()
                .get(guardrail);
    }

    /** A failure of the version that serves is half of a pair too: else the shadow's failures alone would count. */
    @Test
    void aShadowIsComparedWhereTheServingVersionFails() throws Exception {
        start(
                "{serve: v1, shadow: [v2], guardrails: {errors: {margin: 0}}}",
                "",
                bean(row -> {
                    if (even(row)) {
                        throw new IllegalStateException("broken");
                    }
                    return "same";
                }),
                bean(row -> {
                    if (!even(row)) {
                        throw new IllegalStateException("broken");
                    }
                    return "same";
                }));

        for (int i = 0; i < 100; i++) {
            send("direct:infer", claim(i));
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(guarded(0).controlRecords()).isEqualTo(100));
        assertThat(guarded(0).control()).isEqualTo(0.5);
        assertThat(guarded(0).treatment()).isEqualTo(0.5);
        assertThat(guarded(0).status()).isNotEqualTo(Judgement.Status.WORSE);
    }

    /** Shadows are asked for what waits together, the version that serves is not. */
    @Test
    void aCallForManyRecordsThatFailsIsNotAFailureOfEach() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        start(
                "{serve: v1, shadow: [v2], guardrails: {errors: {margin: 0}, agreement: {margin: 0}}}",
                "",
                bean(row -> "same"),
                new OfCalls() {
                    @Override
                    List<Outcome> answer(List<Map<String, Object>> rows) {
                        try {
                            sent.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        if (rows.size() > 1) {
                            throw new ModelException(true, "too many");
                        }
                        return same(rows);
                    }
                });

        for (int i = 0; i < 100; i++) {
            send("direct:infer", claim(i));
        }
        sent.countDown();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(guarded(0).treatmentRecords()).isPositive());
        context.getComponent("aiflow", AiflowComponent.class)
                .threads()
                .shadows()
                .submit(() -> {})
                .get();
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(guarded(0).treatment()).isZero();
            assertThat(guarded(1).treatment()).isZero();
        });
    }

    @Test
    void aCallOfABatchThatFailsIsOneFailure() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        start(
                "{serve: v1, canary: {model: v2, steps: [50%]}, guardrails: {errors: {margin: 0.5}, invalid: {margin: 0.5}}}",
                "", bean(row -> "old"), new OfCalls() {
                    @Override
                    List<Outcome> answer(List<Map<String, Object>> rows) {
                        calls.incrementAndGet();
                        throw new ModelException(true, "broken");
                    }
                });

        for (int batch = 0; batch < 10; batch++) {
            int from = batch * 100;
            Exchange exchange = send(
                    "direct:infer",
                    IntStream.range(from, from + 100)
                            .mapToObj(RolloutEvidenceTest::claim)
                            .toList());
            assertThat(exchange.getException()).isNull();
        }

        assertThat(calls).hasValue(10);
        await().atMost(PATIENCE).untilAsserted(() -> {
            Judgement.Guarded invalid = guarded(1);
            assertThat(invalid.controlRecords() + invalid.treatmentRecords()).isEqualTo(1000);
        });
        Judgement.Guarded errors = guarded(0);
        assertThat(errors.controlRecords() + errors.treatmentRecords()).isEqualTo(10);
    }

    /** A bean that was made for another version of a library. */
    @Test
    void aCanaryThatFailsWithAnErrorHarmsNoExchangeAndIsTold() throws Exception {
        start(
                "{serve: v1, canary: {model: v2, steps: [50%]}, guardrails: {errors: {margin: 0}}}",
                "", bean(row -> "old"), bean(row -> {
                    throw new NoSuchMethodError("gone");
                }));

        for (int i = 0; i < 40; i++) {
            Exchange exchange = send("direct:infer", claim(i));
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(AiflowConstants.LABEL)).isEqualTo("old");
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(guarded(0).treatment()).isEqualTo(1));
        assertThat(guarded(0).treatmentRecords() + guarded(0).controlRecords()).isEqualTo(40);
    }

    /** The version that serves remembers much when a trial begins, the one on trial nothing: only what is new to both compares them. */
    @Test
    void whatAnArmRemembersIsNotComparedInTheOther() throws Exception {
        start(
                "{serve: v1, canary: {model: v2, steps: [50%]}, guardrails: {errors: {margin: 0}}}",
                ", cache: {size: 1000}", bean(row -> "old"), bean(row -> "new"));
        FlowParts parts = context.getComponent("aiflow", AiflowComponent.class)
                .flow("claims")
                .parts();
        for (int i = 0; i < 100; i++) {
            parts.model("v1").predict(new ModelInput.Rows(List.of(claim(i))));
        }

        for (int i = 0; i < 200; i++) {
            assertThat(send("direct:infer", claim(i)).getException()).isNull();
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        guarded(0).treatmentRecords() + guarded(0).controlRecords())
                .isEqualTo(100));
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        guarded(0).treatmentRecords() + guarded(0).controlRecords())
                .isEqualTo(100));
    }

    /** A model whose calls cost, whatever they are for. */
    private abstract static class OfCalls implements Model {

        abstract List<Outcome> answer(List<Map<String, Object>> rows);

        static List<Outcome> same(List<Map<String, Object>> rows) {
            return rows.stream()
                    .map(row -> Outcome.of(Output.label("same", null, Map.of())))
                    .toList();
        }

        @Override
        public Signature signature() {
            return new Signature(List.of(), List.of(), List.of());
        }

        @Override
        public List<Outcome> predict(ModelInput input) {
            return answer(((ModelInput.Rows) input).rows());
        }

        @Override
        public void close() {}
    }
}

package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.rollout.RolloutTrail;
import io.github.camelaiflow.rollout.evidence.Judgement;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels in routes: joined to answers by id or key, told by headers, and what follows of them. */
class FeedbackStepTest extends WithFlowFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Function<Map<String, Object>, Object>> beans = new HashMap<>();
    private Elections elections;
    private int sent;

    private void define(String rollout, String feedback) {
        folder.write("claims.yaml", """
                flow: claims
                record:
                  key: id
                  fields:
                    amount: {type: number}
                    region: {type: category, values: [north, south], missing: allow}
                models: {v1: {bean: v1}, v2: {bean: v2}}
                rollout: %s
                feedback: %s
                """.formatted(rollout, feedback));
    }

    private void startRoutes() throws Exception {
        beans.putIfAbsent("v1", row -> "fraud");
        beans.putIfAbsent("v2", row -> "fraud");
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:infer").to("aiflow:infer:claims");
                from("direct:label").to("aiflow:feedback:claims");
                from("direct:quality").to("aiflow:feedback:claims?action=status&resultTo=body");
                from("direct:rollout").to("aiflow:rollout:claims");
                from("direct:promote").to("aiflow:rollout:claims?action=promote");
                from("direct:decisions").to("aiflow:rollout:claims?action=decisions");
                from("aiflow:events:claims?events=quality").to("mock:events");
            }
        });
        beans.forEach((name, bean) -> context.getRegistry().bind(name, Function.class, bean));
        context.getComponent("aiflow", AiflowComponent.class).setClusterService(elections);
        context.start();
    }

    private Exchange infer(Object id) {
        Exchange exchange = send("direct:infer", Map.of("id", id, "amount", 0.5, "region", "north"));
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private Object label(Object body) {
        Exchange exchange = send("direct:label", body);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader(AiflowConstants.FEEDBACK);
    }

    private QualityReport quality() {
        return send("direct:quality", null).getMessage().getBody(QualityReport.class);
    }

    @Test
    void labelsFindTheirAnswersInAnyOrderAndOnce() throws Exception {
        define("{serve: v1}", "{truth: fraud, positive: fraud}");
        startRoutes();
        Object id = infer("c1").getMessage().getHeader(AiflowConstants.PREDICTION_ID);

        assertThat(label(Map.of("predictionId", id, "fraud", "fraud"))).isEqualTo("JOINED");
        assertThat(label(Map.of("predictionId", id, "fraud", "fraud"))).isEqualTo("DUPLICATE");
        assertThat(label(Map.of("predictionId", id, "fraud", "genuine"))).isEqualTo("CONTRADICTION");
        assertThat(label("{\"id\": \"c2\", \"fraud\": \"genuine\"}")).isEqualTo("WAITING");
        infer("c2");
        infer("c3");
        assertThat(label(List.of(
                        Map.of("key", "c3", "fraud", "fraud", "time", "2026-11-01T12:00:00Z"),
                        Map.of("key", "c4", "fraud", "genuine", "selectionProbability", 0.5))))
                .isEqualTo(List.of("JOINED", "WAITING"));

        await().atMost(PATIENCE).until(() -> quality().outcomes() == 3);
        assertThat(quality().toString()).doesNotContain("genuine").contains("\"v1\"");
    }

    @Test
    void aBatchIsKeptAnswerByAnswer() throws Exception {
        define("{serve: v1}", "{}");
        startRoutes();
        List<Map<String, Object>> claims = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            claims.add(Map.of("id", "c" + i, "amount", 0.1));
        }
        Predictions predictions =
                send("direct:infer", claims).getMessage().getHeader(AiflowConstants.PREDICTION, Predictions.class);

        List<Map<String, Object>> labels = new ArrayList<>();
        predictions.forEach(one -> labels.add(Map.of("predictionId", one.id(), "label", "fraud")));
        assertThat(label(labels)).isEqualTo(List.of("JOINED", "JOINED", "JOINED", "JOINED", "JOINED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"label\": \"secret\"}; predictionId must be there, or key or id",
                "{\"key\": \"secret\"}; label must be the true label",
                "{\"key\": [1], \"label\": \"secret\"}; key must be a text of 1 to 255 characters",
                "{\"key\": \"secret\", \"label\": {}}; label must be the true label",
                "{\"key\": \"secret\", \"label\": \"a\", \"selectionProbability\": 0}; selectionProbability must be a number above 0",
                "{\"key\": \"secret\", \"label\": \"a\", \"time\": \"secret\"}; time must be a time with offset",
                "[{\"key\": \"a\", \"label\": \"b\"}, {\"key\": \"secret\"}]; record 1: label must be the true label"
            })
    void aWrongLabelNamesItsPlaceAndNothingElse(String body, String requirement) throws Exception {
        define("{serve: v1}", "{}");
        startRoutes();

        Exchange exchange = send("direct:label", body);

        assertThat(exchange.getException()).isInstanceOf(AiflowDataException.class);
        assertThat(stack(exchange.getException())).contains(requirement).doesNotContain("secret");
        assertThat(label("{\"key\": \"a\", \"label\": \"c\"}")).isEqualTo("WAITING");
    }

    /** Sends claims and the truth about them until the condition holds. */
    private void until(Function<Integer, String> truth, BooleanSupplier condition) {
        await().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < 100; i++) {
                String key = "c" + sent;
                infer(key);
                label(Map.of("key", key, "label", truth.apply(sent)));
                sent++;
            }
            return condition.getAsBoolean();
        });
    }

    @Test
    void harmIsFoundToldOnceAndAVersionOnTrialIsTakenBack() throws Exception {
        beans.put("v2", row -> "genuine");
        define(
                "{serve: v1, canary: {model: v2, steps: [50%], stepTime: 1h}, guardrails: {errors: {}}}",
                "{baseline: {loss: 0.1}, margin: 0.1, onHarm: rollback}");
        startRoutes();
        until(i -> "fraud", () -> quality().versions().size() == 2);
        assertThat(rollout().stage().name()).isEqualTo("RUNNING");
        assertThat(quality().status().name()).isNotEqualTo("HARM");

        send("direct:promote", "{\"actor\": \"a person\"}");
        assertThat(rollout().serve()).isEqualTo("v2");
        until(i -> "fraud", () -> rollout().stage().name().equals("ROLLED_BACK"));

        assertThat(rollout().serve()).isEqualTo("v1");
        RolloutDecision last = send("direct:decisions", null)
                .getMessage()
                .getHeader(AiflowConstants.ROLLOUT_DECISION, RolloutTrail.class)
                .decisions()
                .get(0);
        assertThat(last.actor()).isEqualTo("feedback");
        assertThat(last.reason()).contains("harm");
    }

    @Test
    void whatWasAnsweredBeforeATrialSaysNothingOfIt() throws Exception {
        define("{serve: v1}", "{}");
        startRoutes();
        for (int i = 0; i < 50; i++) {
            infer("early" + i);
        }
        define("{serve: v1, canary: {model: v2, steps: [50%], stepTime: 1h}, guardrails: {quality: {}}}", "{}");
        context.getComponent("aiflow", AiflowComponent.class).reloadDefinitions();
        await().atMost(PATIENCE).until(() -> rollout() != null && rollout().stage() != null);
        for (int i = 0; i < 100; i++) {
            infer("late" + i);
        }

        for (int i = 0; i < 100; i++) {
            label(Map.of("key", "early" + i % 50, "label", "genuine"));
            label(Map.of("key", "late" + i, "label", "fraud"));
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            Judgement.Guarded quality =
                    rollout().judgements().get("v2").guardrails().get(0);
            assertThat(quality.controlRecords() + quality.treatmentRecords()).isEqualTo(100);
            assertThat(quality.control()).isZero();
        });
    }

    private RolloutStatus rollout() {
        return send("direct:rollout", null).getMessage().getHeader(AiflowConstants.ROLLOUT, RolloutStatus.class);
    }

    @Test
    void answersGivenWhileTheFlowIsSetUpAnewFindTheirLabels() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch setUp = new CountDownLatch(1);
        beans.put("v1", row -> {
            asked.countDown();
            try {
                assertThat(setUp.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "fraud";
        });
        define("{serve: v1}", "{window: 1000}");
        startRoutes();
        CompletableFuture<Exchange> answer = CompletableFuture.supplyAsync(() -> infer("c1"));
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        define("{serve: v1}", "{window: 500}");
        context.getComponent("aiflow", AiflowComponent.class).reloadDefinitions();
        setUp.countDown();
        Object id = answer.get().getMessage().getHeader(AiflowConstants.PREDICTION_ID);

        assertThat(label(Map.of("predictionId", id, "label", "fraud"))).isEqualTo("JOINED");
    }

    @Test
    void withoutASectionFeedbackOutlivesARestartOfItsRoute() throws Exception {
        folder.write("claims.yaml", """
                flow: claims
                record: {key: id, fields: {amount: {type: number}}}
                models: {v1: {bean: v1}}
                rollout: {serve: v1}
                """);
        startRoutes();
        context.getRouteController().stopRoute("route1");
        context.getRouteController().stopRoute("route2");
        context.getRouteController().stopRoute("route3");
        context.getRouteController().startRoute("route1");
        Object id = infer("c1").getMessage().getHeader(AiflowConstants.PREDICTION_ID);
        context.getRouteController().startRoute("route2");

        assertThat(label(Map.of("predictionId", id, "label", "fraud"))).isEqualTo("JOINED");
    }

    @Test
    void anAnswerThatCannotBeKeptIsAnAnswer() throws Exception {
        AtomicBoolean answered = new AtomicBoolean();
        beans.put("v1", row -> {
            answered.set(true);
            return "fraud";
        });
        define("{serve: v1}", "{}");
        startRoutes();

        Exchange exchange = send("direct:infer", Map.of("amount", 0.5, "id", new Fading(answered)));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(AiflowConstants.LABEL)).isEqualTo("fraud");
    }

    /** A text that cannot be read any more once it is gone. */
    private record Fading(AtomicBoolean gone) implements CharSequence {
        @Override
        public int length() {
            return toString().length();
        }

        @Override
        public char charAt(int index) {
            return toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().subSequence(start, end);
        }

        @Override
        public String toString() {
            if (gone.get()) {
                throw new IllegalStateException("secret");
            }
            return "c1";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; must have records",
                "fraud,0.5|fraud,; record 2 must have a probability from 0 to 1 in column s",
                "fraud,0.5|fraud,secret; record 1 must have a probability from 0 to 1 in column s",
                "fraud,1.5; record 1 must have a probability from 0 to 1 in column s",
                "fraud,0.5|,0.5; record 2 must have a label in column t",
                "secret,0.5|other,0.5; positive must be one of the truths in column t"
            })
    void aBaselineThatIsWrongNamesItsPlaceAndNothingElse(String rows, String requirement) {
        folder.write("baseline.csv", "t,s\n" + rows.replace('|', '\n') + "\n");
        define("{serve: v1}", "{positive: fraud, baseline: {reference: baseline.csv, score: s, truth: t}}");

        assertThatThrownBy(this::startRoutes)
                .satisfies(e -> assertThat(stack(e)).contains(requirement).doesNotContain("secret"));
    }

    @Test
    void aBaselineOfRecordsIsForLabels() {
        define(
                "{serve: v1}",
                "{loss: absolute, maxError: 1, positive: a, baseline: {reference: b.csv, score: s, truth: t}}");

        assertThatThrownBy(this::startRoutes).hasStackTraceContaining("feedback.baseline.reference: is for labels");
    }

    /** Events of earlier verdicts may come late. */
    private List<Exchange> harmEvents() {
        return context.getEndpoint("mock:events", MockEndpoint.class).getExchanges().stream()
                .filter(event -> "HARM".equals(event.getMessage().getHeader(AiflowConstants.QUALITY)))
                .toList();
    }

    @Test
    void harmOfTheServingVersionIsAnEvent() throws Exception {
        define("{serve: v1}", "{baseline: {loss: 0.1}, margin: 0.1, onHarm: retrain}");
        startRoutes();
        until(
                i -> i % 10 == 0 ? "genuine" : "fraud",
                () -> quality().status().name().equals("NONE"));
        until(i -> "genuine", () -> quality().status().name().equals("HARM"));

        await().atMost(PATIENCE).until(() -> !harmEvents().isEmpty());
        assertThat(harmEvents()).hasSize(1);
        Exchange event = harmEvents().get(0);
        assertThat(event.getMessage().getBody(QualityReport.class).action().name())
                .isEqualTo("RETRAIN");
        Exchange labelled = send("direct:label", Map.of("key", "c0", "label", "fraud"));
        assertThat(labelled.getMessage().getHeader(AiflowConstants.QUALITY)).isEqualTo("HARM");
    }

    @Test
    void aNodeThatWatchesFindsHarmAndLeavesItToTheOneThatLeads() throws Exception {
        elections = new Elections();
        define("{serve: v1}", "{baseline: {loss: 0.1}, margin: 0.1, onHarm: retrain}");
        startRoutes();
        until(i -> "genuine", () -> quality().status().name().equals("HARM"));
        MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> events.getReceivedCounter() == 0);

        elections.leaders.put("aiflow-claims", true);
        await().atMost(PATIENCE).until(() -> !harmEvents().isEmpty());
        assertThat(harmEvents()).hasSize(1);
    }

    private double share() throws Exception {
        return quality().serving().orElseThrow().all().raw().labelledShare();
    }

    @Test
    void theAgeOfMaturityIsLearntFromLabels() throws Exception {
        define("{serve: v1}", "{matured: 90%}");
        startRoutes();
        infer("early");
        label(Map.of("key", "early", "label", "fraud"));
        await().atMost(PATIENCE).until(() -> quality().outcomes() == 1);
        assertThat(quality().matured()).isNull();
        until(i -> "fraud", () -> quality().matured() != null);
    }

    /** A node that is started again knows what was, and tells no verdict twice. */
    @Test
    void answersLabelsAndVerdictsOutliveTheProcess() throws Exception {
        define("{serve: v1}", "{baseline: {loss: 0.1}, margin: 0.1, onHarm: retrain}");
        folder.write(
                "claims.yaml",
                Files.readString(folder.folder.resolve("claims.yaml"))
                        + "store: {url: 'jdbc:h2:file:%s/feedback'}\n".formatted(temp));
        startRoutes();
        Object id = infer("early").getMessage().getHeader(AiflowConstants.PREDICTION_ID);
        until(i -> "genuine", () -> quality().status().name().equals("HARM"));
        long outcomes = sent;
        await().atMost(PATIENCE).until(() -> quality().outcomes() == outcomes);
        context.stop();

        startRoutes();
        await().atMost(PATIENCE).until(() -> quality().outcomes() == outcomes);
        await().atMost(PATIENCE).until(() -> quality().status().name().equals("HARM"));
        await().atMost(PATIENCE).until(() -> share() == (double) outcomes / (outcomes + 1));
        assertThat(label(Map.of("predictionId", id, "label", "fraud"))).isEqualTo("JOINED");
        await().atMost(PATIENCE).until(() -> quality().outcomes() == outcomes + 1);
        assertThat(context.getEndpoint("mock:events", MockEndpoint.class).getReceivedCounter())
                .isZero();
    }

    @Test
    void onlyLabelsAndStatusAreActionsOfFeedback() {
        assertThatThrownBy(() -> start("aiflow:feedback:claims?action=promote"))
                .hasStackTraceContaining("action of aiflow:feedback must be label or status, was promote");
    }
}

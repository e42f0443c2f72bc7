package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.rollout.RolloutTrail;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private RolloutStatus rollout() {
        return send("direct:rollout", null).getMessage().getHeader(AiflowConstants.ROLLOUT, RolloutStatus.class);
    }

    @Test
    void harmOfTheServingVersionIsAnEvent() throws Exception {
        define("{serve: v1}", "{baseline: {loss: 0.1}, margin: 0.1, onHarm: retrain}");
        startRoutes();
        until(
                i -> i % 10 == 0 ? "genuine" : "fraud",
                () -> quality().status().name().equals("NONE"));
        MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
        events.reset();

        until(i -> "genuine", () -> quality().status().name().equals("HARM"));

        await().atMost(PATIENCE).until(() -> events.getReceivedCounter() == 1);
        Exchange event = events.getExchanges().get(0);
        assertThat(event.getMessage().getHeader(AiflowConstants.QUALITY)).isEqualTo("HARM");
        assertThat(event.getMessage().getBody(QualityReport.class).action().name())
                .isEqualTo("RETRAIN");
        Exchange labelled = send("direct:label", Map.of("key", "c0", "label", "fraud"));
        assertThat(labelled.getMessage().getHeader(AiflowConstants.QUALITY)).isEqualTo("HARM");
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

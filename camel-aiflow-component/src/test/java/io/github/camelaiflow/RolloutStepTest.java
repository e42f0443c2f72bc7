package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import io.github.camelaiflow.rollout.RolloutException;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.rollout.RolloutTrail;
import io.github.camelaiflow.rollout.evidence.Judgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.builder.ExpressionBuilder;
import org.junit.jupiter.api.Test;

/** Rollouts in routes: arms, stand-ins, shadows, decisions by verdict and by hand, and what a restart remembers. */
class RolloutStepTest extends WithFlowFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Function<Map<String, Object>, Object>> beans = new HashMap<>();
    private int sent;

    private void define(String rollout, String more) {
        folder.write("claims.yaml", """
                flow: claims
                record: {key: id, fields: {amount: {type: number}}}
                models: {v1: {bean: v1}, v2: {bean: v2}, v3: {bean: v3}}
                rollout: %s
                %s
                """.formatted(rollout, more));
    }

    private void startRoutes() throws Exception {
        beans.putIfAbsent("v1", row -> "old");
        beans.putIfAbsent("v2", row -> "new");
        beans.putIfAbsent("v3", row -> "other");
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:infer").to("aiflow:infer:claims");
                from("direct:mark").to("aiflow:infer:claims?onError=mark");
                from("direct:timed").to("aiflow:infer:claims?timeout=1s");
                for (String action :
                        List.of("status", "decisions", "promote", "rollBack", "pause", "resume", "label")) {
                    from("direct:" + action).to("aiflow:rollout:claims?action=" + action);
                }
                from("direct:body").to("aiflow:rollout:claims?resultTo=body").convertBodyTo(String.class);
                from("aiflow:events:claims?events=rollout").to("mock:events");
            }
        });
        beans.forEach((name, bean) -> context.getRegistry().bind(name, Function.class, bean));
        context.start();
    }

    private static Map<String, Object> claim(Object id) {
        return Map.of("id", "c" + id, "amount", 0.5);
    }

    private Exchange infer() {
        return send("direct:infer", claim(sent++));
    }

    private RolloutStatus status() {
        return header(send("direct:status", null), AiflowConstants.ROLLOUT, RolloutStatus.class);
    }

    private static <T> T header(Exchange exchange, String name, Class<T> type) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader(name, type);
    }

    private static String servedBy(Exchange exchange) {
        return header(exchange, AiflowConstants.SERVED_BY, String.class);
    }

    /** Sends records until the trial is there, while the rollout looks after itself each second. */
    private void until(Stage stage) {
        await().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < 50; i++) {
                infer();
            }
            return status().stage() == stage;
        });
    }

    @Test
    void aCanaryAnswersItsShareAndTheSameKeysAgain() throws Exception {
        define("{serve: v1, canary: {model: v2, steps: [25%]}}", "");
        startRoutes();

        List<String> first = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Exchange exchange = send("direct:infer", claim(i));
            String by = servedBy(exchange);
            first.add(by);
            assertThat(header(exchange, AiflowConstants.MODEL_VERSION, String.class))
                    .isEqualTo(by.equals("canary") ? "v2" : "v1");
            assertThat(header(exchange, AiflowConstants.LABEL, String.class))
                    .isEqualTo(by.equals("canary") ? "new" : "old");
        }
        assertThat(Collections.frequency(first, "canary")).isBetween(420, 580);
        assertThat(first).containsOnly("primary", "canary");
        for (int i = 0; i < 200; i++) {
            assertThat(servedBy(send("direct:infer", claim(i)))).isEqualTo(first.get(i));
        }
    }

    @Test
    void aBatchIsSharedOutAndComesBackInOrder() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        beans.put("v2", row -> "new-" + row.get("id") + calls.incrementAndGet() * 0);
        beans.put("v1", row -> "old-" + row.get("id") + 0);
        define("{serve: v1, canary: {model: v2, steps: [50%]}}", "");
        startRoutes();
        List<Map<String, Object>> batch = IntStream.range(0, 500)
                .mapToObj(i -> i == 7 ? Map.<String, Object>of("id", "c7") : claim(i))
                .toList();

        Exchange exchange = send("direct:mark", batch);

        List<?> labels = header(exchange, AiflowConstants.LABEL, List.class);
        List<?> by = header(exchange, AiflowConstants.SERVED_BY, List.class);
        assertThat(labels.get(7)).isNull();
        assertThat(new ArrayList<Object>(by)).contains("primary", "canary");
        for (int i = 0; i < 500; i++) {
            if (i != 7) {
                assertThat(labels.get(i)).isEqualTo((by.get(i).equals("canary") ? "new-c" : "old-c") + i + "0");
            }
        }
    }

    @Test
    void aCanaryThatCannotAnswerHarmsNoExchangeAndIsRolledBack() throws Exception {
        beans.put("v2", row -> {
            throw new IllegalStateException("broken");
        });
        define("{serve: v1, canary: {model: v2, steps: [50%]}, guardrails: {errors: {margin: 0}}}", "");
        startRoutes();
        MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);

        List<String> by = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Exchange exchange = infer();
            by.add(servedBy(exchange));
            assertThat(header(exchange, AiflowConstants.LABEL, String.class)).isEqualTo("old");
        }
        assertThat(by).contains("fallback", "primary").doesNotContain("canary");
        until(Stage.ROLLED_BACK);

        assertThat(servedBy(infer())).isEqualTo("primary");
        RolloutStatus status = status();
        assertThat(status.serve()).isEqualTo("v1");
        assertThat(status.share()).isZero();
        assertThat(status.judgements().get("v2").verdict()).isEqualTo(Judgement.Status.WORSE);
        assertThat(status.durable()).isFalse();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events.getReceivedExchanges()).hasSizeGreaterThanOrEqualTo(2));
        RolloutDecision last = events.getReceivedExchanges()
                .get(events.getReceivedExchanges().size() - 1)
                .getMessage()
                .getHeader(AiflowConstants.ROLLOUT_DECISION, RolloutDecision.class);
        assertThat(last.action()).isEqualTo(RolloutDecision.Action.ROLL_BACK);
        assertThat(last.actor()).isEqualTo("verdict");
        assertThat(last.reason()).contains("errors");
    }

    @Test
    void aCanaryMayBeSetToFailItsExchanges() throws Exception {
        beans.put("v2", row -> {
            throw new IllegalStateException("broken");
        });
        define("{serve: v1, canary: {model: v2, steps: [50%], onError: throw}}", "");
        startRoutes();

        List<Exchange> all = IntStream.range(0, 100).mapToObj(i -> infer()).toList();

        assertThat(all).anyMatch(exchange -> exchange.getException() instanceof AiflowModelException);
        assertThat(all).anyMatch(exchange -> exchange.getException() == null);
    }

    @Test
    void aCanaryThatMissesTheDeadlineHasFailed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        beans.put("v2", row -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "late";
        });
        define(
                "{serve: v1, canary: {model: v2, steps: [50%], onError: throw}, guardrails: {errors: {margin: 0.9}}}",
                "");
        startRoutes();

        List<Exchange> all = IntStream.range(0, 20)
                .mapToObj(i -> send("direct:timed", claim(i)))
                .toList();

        long missed = all.stream()
                .filter(exchange -> exchange.getException() != null)
                .peek(exchange -> assertThat(exchange.getException()).hasMessageContaining("within 1000 ms"))
                .count();
        assertThat(missed).isPositive();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        status().judgements().get("v2").guardrails().get(0).treatmentRecords())
                .isEqualTo(missed));
    }

    @Test
    void whoIsKnownToDecideIsInTheTrailWhateverTheBodySays() throws Exception {
        define("{serve: v1, canary: {model: v2, steps: [10%]}}", "");
        startRoutes();

        Exchange paused = context.createProducerTemplate().request("direct:pause", exchange -> {
            exchange.setProperty(AiflowConstants.ACTOR, "olga");
            exchange.getMessage().setBody(Map.of("actor", "mallory", "reason", "lunch"));
        });

        RolloutDecision decision = header(paused, AiflowConstants.ROLLOUT_DECISION, RolloutDecision.class);
        assertThat(decision.actor()).isEqualTo("olga");
        assertThat(decision.reason()).isEqualTo("lunch");
    }

    @Test
    void whoeverDecidesByHandIsInTheTrail() throws Exception {
        define("{serve: v1, canary: {model: v2, steps: [10%]}}", "");
        startRoutes();

        Exchange paused = send("direct:pause", Map.of("actor", "ada", "reason", "lunch"));
        assertThat(header(paused, AiflowConstants.ROLLOUT, RolloutStatus.class).stage())
                .isEqualTo(Stage.PAUSED);
        send("direct:resume", "{\"actor\": \"ada\"}");
        Exchange promoted = send("direct:promote", null);

        assertThat(header(promoted, AiflowConstants.ROLLOUT_DECISION, RolloutDecision.class)
                        .stage())
                .isEqualTo(Stage.PROMOTED);
        Exchange answer = infer();
        assertThat(servedBy(answer)).isEqualTo("primary");
        assertThat(header(answer, AiflowConstants.MODEL_VERSION, String.class)).isEqualTo("v2");
        RolloutTrail trail =
                header(send("direct:decisions", null), AiflowConstants.ROLLOUT_DECISION, RolloutTrail.class);
        assertThat(trail.decisions())
                .extracting(decision -> decision.action() + " by " + decision.actor())
                .containsExactly("PROMOTE by route", "RESUME by ada", "PAUSE by ada", "START by schedule");
        assertThat(send("direct:pause", null).getException()).isInstanceOf(RolloutException.class);
        assertThat(send("direct:body", null).getMessage().getBody(String.class))
                .startsWith("{")
                .contains("PROMOTED");
        assertThat(send("direct:pause", List.of(1, 2)).getException()).isInstanceOf(AiflowDataException.class);
        assertThat(send("direct:pause", Map.of("{\"actor\": \"ada\"}", "")).getException())
                .isInstanceOf(AiflowDataException.class);
    }

    @Test
    void aRestartRemembersWhatAStoreKeeps() throws Exception {
        define(
                "{serve: v1, canary: {model: v2, steps: [10%]}}",
                "store: {url: 'jdbc:h2:file:" + temp.resolve("state/aiflow") + "'}");
        startRoutes();
        send("direct:promote", Map.of("actor", "ada"));
        assertThat(status().durable()).isTrue();
        context.stop();

        startRoutes();

        assertThat(header(infer(), AiflowConstants.MODEL_VERSION, String.class)).isEqualTo("v2");
        assertThat(status().stage()).isEqualTo(Stage.PROMOTED);
        send("direct:rollBack", Map.of("actor", "bob", "reason", "complaints"));
        assertThat(header(infer(), AiflowConstants.MODEL_VERSION, String.class)).isEqualTo("v1");
    }

    @Test
    void shadowsAreAskedTooAndNeverHeard() throws Exception {
        beans.put("v3", row -> {
            throw new IllegalStateException("broken");
        });
        define("{serve: v1, shadow: [v2, v3], guardrails: {agreement: {margin: 0.1}, errors: {margin: 0.01}}}", "");
        startRoutes();

        for (int i = 0; i < 200; i++) {
            assertThat(servedBy(infer())).isEqualTo("primary");
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Judgement> judgements = status().judgements();
            assertThat(judgements.get("v2").verdict()).isEqualTo(Judgement.Status.WORSE);
            assertThat(judgements
                            .get("v2")
                            .blamed()
                            .orElseThrow()
                            .guardrail()
                            .kind()
                            .word())
                    .isEqualTo("agreement");
            assertThat(judgements.get("v3").verdict()).isEqualTo(Judgement.Status.WORSE);
        });
    }

    @Test
    void aFullQueueOfShadowsDropsAndCounts() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        beans.put("v2", row -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "new";
        });
        define("{serve: v1, shadow: {models: [v2], queueSize: 5}}", "");
        startRoutes();

        for (int i = 0; i < 50; i++) {
            assertThat(infer().getException()).isNull();
        }
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        assertThat(component.flow("claims").parts().trial().shadows()).isNotNull();
        Object dropped = context.getManagementStrategy()
                .getManagementAgent()
                .getMBeanServer()
                .getAttribute(
                        new javax.management.ObjectName("org.apache.camel:context=" + context.getManagementName()
                                + ",type=aiflow,name=\"claims\""),
                        "DroppedShadowRecords");
        release.countDown();
        assertThat((Long) dropped).isBetween(40L, 45L);
    }

    @Test
    void variantsShareTheRecordsByWeight() throws Exception {
        define("{serve: v1, weights: {v1: 50%, v2: 30%, v3: 20%}}", "");
        startRoutes();

        Map<String, Integer> versions = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            Exchange exchange = infer();
            String version = header(exchange, AiflowConstants.MODEL_VERSION, String.class);
            versions.merge(version, 1, Integer::sum);
            assertThat(servedBy(exchange)).isEqualTo(version.equals("v1") ? "primary" : "variant");
        }
        assertThat(versions.get("v1")).isBetween(1350, 1650);
        assertThat(versions.get("v2")).isBetween(780, 1020);
        assertThat(status().judgements()).containsOnlyKeys("v2", "v3");
    }

    @Test
    void labelsTellHowWrongAnswersWere() throws Exception {
        define("{serve: v1, canary: {model: v2, steps: [50%]}, guardrails: {quality: {margin: 0.05}}}", "");
        startRoutes();

        List<Map<String, Object>> labels = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            labels.add(Map.of("version", "v1", "loss", 0));
            labels.add(Map.of("version", "v2", "loss", 1));
        }
        assertThat(send("direct:label", labels).getException()).isNull();

        await().atMost(PATIENCE).until(() -> status().stage() == Stage.ROLLED_BACK);
        assertThat(send("direct:label", Map.of("version", "v1", "loss", 2)).getException())
                .hasMessageContaining("loss must be a number from 0 (right) to 1 (wrong)");
        assertThat(send("direct:label", Map.of("version", "v9", "loss", 1)).getException())
                .hasMessageContaining("one of [v1, v2, v3]");
        assertThat(send("direct:label", Map.of("loss", 1)).getException())
                .hasMessageContaining("version must name the version");
    }

    @Test
    void jmxSteersOnlyWhereItMay() throws Exception {
        define("{serve: v1, canary: {model: v2, steps: [10%]}}", "");
        startRoutes();
        javax.management.ObjectName name = new javax.management.ObjectName(
                "org.apache.camel:context=" + context.getManagementName() + ",type=aiflow,name=\"claims\"");
        var server = context.getManagementStrategy().getManagementAgent().getMBeanServer();
        String[] types = {String.class.getName(), String.class.getName()};
        Object[] said = {"ada", "by JMX"};

        assertThat(server.getAttribute(name, "RolloutStage")).isEqualTo("RUNNING");
        assertThat((Double) server.getAttribute(name, "CanaryShare")).isEqualTo(0.1);
        assertThatThrownBy(() -> server.invoke(name, "promote", said, types))
                .hasStackTraceContaining("managedSteering=true");
        context.stop();

        context = folder.context(routes("aiflow:infer:claims"));
        context.getComponent("aiflow", AiflowComponent.class).setManagedSteering(true);
        beans.forEach((bean, function) -> context.getRegistry().bind(bean, Function.class, function));
        context.start();
        javax.management.ObjectName again = new javax.management.ObjectName(
                "org.apache.camel:context=" + context.getManagementName() + ",type=aiflow,name=\"claims\"");
        var itsServer = context.getManagementStrategy().getManagementAgent().getMBeanServer();
        assertThat(itsServer.invoke(again, "promote", said, types)).isEqualTo("PROMOTED");
    }

    @Test
    void ofTwoNodesThatPromoteAtOnceOneDecides() throws Exception {
        define("{serve: v1, canary: {model: v2, steps: [10%]}}", "store: {url: 'jdbc:h2:mem:nodes;DB_CLOSE_DELAY=-1'}");
        startRoutes();
        CamelContext first = context;
        startRoutes();
        CamelContext second = context;
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<CompletableFuture<Exchange>> decided = Stream.of(first, second)
                    .map(node -> CompletableFuture.supplyAsync(() -> {
                        awaitUninterruptibly(go);
                        return node.createProducerTemplate().request("direct:promote", exchange -> exchange.getMessage()
                                .setBody(Map.of("actor", node.getName())));
                    }))
                    .toList();
            go.countDown();

            List<Exception> failures = decided.stream()
                    .map(exchange -> exchange.join().getException())
                    .filter(Objects::nonNull)
                    .toList();
            assertThat(failures).hasSizeLessThanOrEqualTo(1).allMatch(error -> error instanceof RolloutException);
            for (CamelContext node : List.of(first, second)) {
                context = node;
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(status().stage()).isEqualTo(Stage.PROMOTED));
                RolloutTrail trail =
                        header(send("direct:decisions", null), AiflowConstants.ROLLOUT_DECISION, RolloutTrail.class);
                assertThat(trail.decisions())
                        .extracting(RolloutDecision::action)
                        .containsOnlyOnce(RolloutDecision.Action.PROMOTE)
                        .containsOnlyOnce(RolloutDecision.Action.START);
                assertThat(header(infer(), AiflowConstants.MODEL_VERSION, String.class))
                        .isEqualTo("v2");
            }
        } finally {
            first.stop();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRolloutWithoutATrialSaysSo() throws Exception {
        define("{serve: v1}", "");
        startRoutes();

        assertThat(send("direct:status", null).getException())
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("must have a canary, weights or shadows");
    }

    @Test
    void aStoreThatIsAwayKeepsNobodyFromServing() throws Exception {
        define(
                "{serve: v1, canary: {model: v2, steps: [50%]}}",
                "store: {url: 'jdbc:postgresql://localhost:1/aiflow', username: u, password: secret}");
        startRoutes();

        assertThat(servedBy(infer())).isEqualTo("primary");
        assertThat(send("direct:promote", null).getException()).isNotNull().satisfies(error -> assertThat(stack(error))
                .doesNotContain("secret"));
        assertThat(infer().getException()).isNull();
    }

    @Test
    void whoSignedInIsTheActorWhateverTheBodySays() throws Exception {
        define("{serve: v1, canary: {model: v2, steps: [25%]}}", "");
        startRoutes();
        context.getRegistry().bind(Actors.BEAN, ExpressionBuilder.headerExpression("signed-in"));

        Exchange decided = context.createProducerTemplate().request("direct:pause", exchange -> {
            exchange.getMessage().setHeader("signed-in", "olga");
            exchange.getMessage().setBody("{\"actor\": \"mallory\"}");
        });
        assertThat(header(decided, AiflowConstants.ROLLOUT_DECISION, RolloutDecision.class)
                        .actor())
                .isEqualTo("olga");
        assertThat(header(
                                send("direct:resume", "{\"actor\": \"ada\"}"),
                                AiflowConstants.ROLLOUT_DECISION,
                                RolloutDecision.class)
                        .actor())
                .as("nobody signed in")
                .isEqualTo("ada");
    }
}

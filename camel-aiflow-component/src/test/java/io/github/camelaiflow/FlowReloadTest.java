package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** How flows survive their routes, and are set up anew without losing anything. */
class FlowReloadTest extends WithFlowFolder {

    @Test
    void stateSurvivesThatRoutesAreRemovedAndAddedAgain() throws Exception {
        start("aiflow:drift:claims", "aiflow:infer:claims");
        send("direct:r0", TinyModels.claims(150, 5));
        String id = (String) send("direct:r1", TinyModels.claim("a", 0.1, "fire"))
                .getMessage()
                .getHeader("CamelAiflowPredictionId");

        for (String route : List.of("r0", "r1")) {
            context.getRouteController().stopRoute(route);
            context.removeRoute(route);
        }
        context.addRoutes(routes("aiflow:drift:claims", "aiflow:infer:claims"));
        send("direct:r0", TinyModels.claims(50, 6));

        await().untilAsserted(() -> assertThat(
                        send("direct:r0", List.of()).getMessage().getHeader("CamelAiflowDrift"))
                .isEqualTo("STABLE"));
        assertThat((String) send("direct:r1", TinyModels.claim("a", 0.1, "fire"))
                        .getMessage()
                        .getHeader("CamelAiflowPredictionId"))
                .startsWith(id.substring(0, 17))
                .isNotEqualTo(id);
    }

    @Test
    void routesWithOtherOptionsReplaceTheOnesRemoved() throws Exception {
        start("aiflow:drift:claims?window=100");
        context.getRouteController().stopRoute("r0");
        context.removeRoute("r0");

        context.addRoutes(routes("aiflow:drift:claims?window=120"));

        assertThat(send("direct:r0", List.of()).getException()).isNull();
    }

    @Test
    void anotherBudgetKeepsTheVerdictThatHolds() throws Exception {
        start("aiflow:drift:claims?window=100");
        for (int i = 0; i < 100; i++) {
            send("direct:r0", TinyModels.claim("a", 1e9, "fire"));
        }
        await().until(() -> drift().equals("DRIFTED"));
        context.getRouteController().stopRoute("r0");
        context.removeRoute("r0");

        context.addRoutes(routes("aiflow:drift:claims?window=100&falseAlarms=20000"));

        assertThat(drift()).isEqualTo("DRIFTED");
    }

    private String drift() {
        return send("direct:r0", List.of()).getMessage().getHeader("CamelAiflowDrift", String.class);
    }

    @Test
    void aChangedDefinitionComesInForceAndABadOneDoesNot() throws Exception {
        start("aiflow:infer:claims");
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        Object claim = TinyModels.claim("a", 0.95, "fire");
        assertThat(version(claim)).isEqualTo("v1");

        folder.write("claims.yaml", FlowFolder.DEFINITION.replace("serve: v1", "serve: rules"));
        component.reloadDefinitions();
        assertThat(version(claim)).isEqualTo("rules");

        folder.write("claims.yaml", FlowFolder.DEFINITION.replace("serve: v1", "serve: nobody"));
        component.reloadDefinitions();
        assertThat(version(claim)).isEqualTo("rules");
        assertThat(component.flow("claims").refused()).contains("nobody");

        folder.write("claims.yaml", FlowFolder.DEFINITION);
        component.reloadDefinitions();
        assertThat(version(claim)).isEqualTo("v1");
        assertThat(component.flow("claims").refused()).isNull();
    }

    @Test
    void definitionsAreWatchedWhenAsked() throws Exception {
        context = folder.context(routes("aiflow:infer:claims"));
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        component.setDefinitionsReload(true);
        component.setDefinitionsReloadPeriod(20);
        context.start();

        folder.write("claims.yaml", FlowFolder.DEFINITION.replace("serve: v1", "serve: rules"));

        await().untilAsserted(() ->
                assertThat(version(TinyModels.claim("a", 0.95, "fire"))).isEqualTo("rules"));
    }

    @Test
    void noExchangeIsLostWhileModelsAreSwapped() throws Exception {
        start("aiflow:infer:claims");
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicLong answered = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Runnable load = () -> {
            while (running.get()) {
                Exchange exchange = send("direct:r0", TinyModels.claim("a", 0.95, "theft"));
                assertThat(exchange.getException()).isNull();
                assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("fraud");
                answered.incrementAndGet();
            }
        };
        List<Future<?>> loads = List.of(threads.submit(load), threads.submit(load));
        for (int i = 0; i < 60; i++) {
            long before = answered.get();
            TinyModels.write(temp, "models/v" + (i % 2 + 10) + ".tribuo", 20 + i);
            folder.write("claims.yaml", FlowFolder.DEFINITION.replace("v1.tribuo", "v" + (i % 2 + 10) + ".tribuo"));
            component.reloadDefinitions();
            await().until(() -> answered.get() > before + 3);
        }
        running.set(false);
        for (Future<?> future : loads) {
            future.get();
        }
        threads.shutdown();

        assertThat(component.flow("claims").refused()).isNull();
    }

    @Test
    void aContextCanStopAndStartAgain() throws Exception {
        start("aiflow:validate:claims", "aiflow:infer:claims", "aiflow:drift:claims");
        context.suspend();
        context.resume();
        context.getRouteController().stopRoute("r1");
        context.getRouteController().startRoute("r1");

        byte[] json = "{\"id\":\"a\",\"amount\":0.5,\"type\":\"fire\"}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            assertThat(send("direct:r" + i, json).getException()).isNull();
        }
    }

    @Test
    void anEndpointThatWasRefusedHasNoSayOverTheOthers() throws Exception {
        start("aiflow:drift:claims?window=200");
        RouteBuilder other = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").routeId("other").to("aiflow:drift:claims?window=100");
            }
        };
        assertThatThrownBy(() -> context.addRoutes(other))
                .satisfies(error -> assertThat(stack(error)).contains("must agree"));

        context.getRouteController().stopRoute("r0");
        context.getRouteController().startRoute("r0");

        assertThat(send("direct:r0", List.of()).getException()).isNull();
    }

    @Test
    void aReplacedModelFileIsLoadedThoughTheDefinitionIsTheSame() throws Exception {
        start("aiflow:infer:claims");
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        String before = component.flow("claims").status().servingDigest();

        Path file = TinyModels.write(temp, "models/v1.tribuo", 99);
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
        component.reloadDefinitions();

        assertThat(component.flow("claims").status().servingDigest()).isNotEqualTo(before);
    }

    @Test
    void aReloadThatDropsANamedModelIsRefused() throws Exception {
        start("aiflow:infer:claims?models=rules");
        folder.write("claims.yaml", "models: {v1: {model: models/v1.tribuo}}");

        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        component.reloadDefinitions();

        assertThat(component.flow("claims").refused()).contains("models must be one of", "[v1], was rules");
        assertThat(version(TinyModels.claim("a", 0.1, "fire"))).isEqualTo("rules");
    }

    @Test
    void aRefusalIsTakenBackWithTheChange() throws Exception {
        context = folder.context(routes("aiflow:infer:claims"));
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        component.setDefinitionsReload(true);
        component.setDefinitionsReloadPeriod(20);
        context.start();

        folder.write("claims.yaml", "models: 5");
        await().until(() -> component.flow("claims").refused() != null);
        folder.write("claims.yaml", FlowFolder.DEFINITION);
        await().until(() -> component.flow("claims").refused() == null);
    }
}

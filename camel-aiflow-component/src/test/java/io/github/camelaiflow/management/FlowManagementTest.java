package io.github.camelaiflow.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.TinyModels;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a flow: in JMX, in health, in meters. */
class FlowManagementTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private CamelContext context;
    private Path folder;

    @BeforeEach
    void write(@TempDir Path temp) throws Exception {
        folder = temp;
        TinyModels.write(temp, "v1.tribuo", 1);
        Files.writeString(temp.resolve("claims.yaml"), """
                record: {fields: {amount: {type: number, min: 0}, type: {type: category}}}
                models: {v1: {model: v1.tribuo}}
                drift: {reference: reference.csv, window: 100, falseAlarms: 1000000}
                """);
        Files.writeString(
                temp.resolve("reference.csv"),
                "amount,type\n"
                        + TinyModels.claims(1000, 4).stream()
                                .map(claim -> claim.get("amount") + "," + claim.get("type"))
                                .collect(Collectors.joining("\n")));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void run() throws Exception {
        context = new DefaultCamelContext();
        context.getCamelContextExtension().setName("orders");
        context.getRegistry().bind("metricsRegistry", meters);
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + folder);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("aiflow:validate:claims?onInvalid=mark")
                        .to("aiflow:infer:claims?onError=mark")
                        .to("aiflow:drift:claims");
            }
        });
        context.start();
        context.createProducerTemplate().sendBody("direct:in", TinyModels.claims(100, 9));
        context.createProducerTemplate()
                .sendBody("direct:in", List.of(TinyModels.claim("a", -1, "fire"), Map.of("type", "fire")));
    }

    private MBeanServer server() {
        return context.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    @Test
    void aFlowHasAnMBeanWithAStableName() throws Exception {
        run();
        ObjectName name = new ObjectName("org.apache.camel:context=orders,type=aiflow,name=\"claims\"");

        assertThat(server().isRegistered(name)).isTrue();
        assertThat(server().getAttribute(name, "ValidatedRecords")).isEqualTo(102L);
        assertThat(server().getAttribute(name, "InvalidRecords")).isEqualTo(2L);
        assertThat(server().getAttribute(name, "Predictions")).isEqualTo(101L);
        assertThat(server().getAttribute(name, "UnscoredRecords")).isEqualTo(1L);
        assertThat(server().getAttribute(name, "ServingVersion")).isEqualTo("v1");
        assertThat((String) server().getAttribute(name, "ModelDigest")).hasSize(64);
        assertThat((double) server().getAttribute(name, "MeanInferenceMicros")).isPositive();
        await().untilAsserted(() ->
                assertThat(server().getAttribute(name, "DriftVerdict")).isEqualTo("STABLE"));
        assertThat((String) server().getAttribute(name, "DriftReport")).contains("\"amount\"");

        await().untilAsserted(() ->
                assertThat(server().getAttribute(name, "EventsPublished")).isEqualTo(1L));
        assertThat(server().getAttribute(name, "DriftEvaluations")).isEqualTo(1L);
        assertThat(server().getAttribute(name, "EventsDropped")).isEqualTo(0L);

        server().invoke(name, "resetCounters", null, null);
        assertThat(server().getAttribute(name, "ValidatedRecords")).isEqualTo(0L);
        assertThat(server().getAttribute(name, "EventsPublished")).isEqualTo(0L);

        context.stop();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isFalse();
    }

    @Test
    void aFlowIsReadyOnceLoadedAndARefusedDefinitionIsADetail() throws Exception {
        run();
        assertThat(check().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(check().getDetails()).containsEntry("version", "v1");

        Files.writeString(folder.resolve("claims.yaml"), "models: 5");
        context.getComponent("aiflow", AiflowComponent.class).reloadDefinitions();

        assertThat(check().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(check().getDetails().get("refused").toString()).contains("models");
        assertThat(HealthCheckHelper.invokeLiveness(context))
                .noneMatch(result -> result.getCheck().getId().equals("aiflow-claims"));
    }

    private HealthCheck.Result check() {
        Collection<HealthCheck.Result> results = HealthCheckHelper.invokeReadiness(context);
        return results.stream()
                .filter(result -> result.getCheck().getId().equals("aiflow-claims"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void metersCountWhatHappenedWithBoundedTags() throws Exception {
        run();

        assertThat(meters.get("aiflow.validation.records")
                        .tag("outcome", "invalid")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("aiflow.inference.records")
                        .tags("flow", "claims", "served.by", "primary", "outcome", "scored")
                        .counter()
                        .count())
                .isEqualTo(101);
        assertThat(meters.get("aiflow.inference.duration").timer().count()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(meters.get("aiflow.events")
                        .tags("flow", "claims", "type", "drift", "verdict", "STABLE")
                        .counter()
                        .count())
                .isEqualTo(1));
        assertThat(meters.get("aiflow.drift.evaluations")
                        .tag("verdict", "STABLE")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("aiflow.model.info").tag("version", "v1").gauge().value())
                .isEqualTo(1);
        await().untilAsserted(() ->
                assertThat(meters.get("aiflow.drift.verdict").gauge().value()).isZero());
        assertThat(meters.getMeters()).extracting(Meter::getId).allSatisfy(id -> assertThat(id.getName())
                .startsWith("aiflow."));
    }
}

package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** With a cluster service, the node that leads acts, and any other watches. */
class LeadershipTest extends WithFlowFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECORD = """
            flow: claims
            record: {key: id, fields: {amount: {type: number}}}
            """;

    private final Elections elections = new Elections();

    private AiflowComponent start(String definition, boolean clustered) throws Exception {
        folder.write("claims.yaml", definition);
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:validate").to("aiflow:validate:claims?scope=window&window=2");
                from("aiflow:events:claims?events=validation").to("mock:events");
            }
        });
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        if (clustered) {
            component.setClusterService(elections);
        }
        context.start();
        return component;
    }

    private void window(double amount) {
        for (int i = 0; i < 2; i++) {
            send("direct:validate", Map.of("id", "c" + amount + i, "amount", amount));
        }
    }

    private long published(AiflowComponent component) {
        return component.lastValidation("claims").map(result -> 1L).orElse(0L);
    }

    @Test
    void eventsAreHandedToRoutesWhereTheLeaderIs() throws Exception {
        AiflowComponent component = start(RECORD, true);
        MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
        assertThat(elections.leaders).containsOnlyKeys("aiflow-claims");
        assertThat(component.leads("claims")).isFalse();
        window(1);
        await().atMost(PATIENCE).until(() -> published(component) == 1);
        assertThat(events.getReceivedCounter()).isZero();

        elections.leaders.put("aiflow-claims", true);
        assertThat(component.leads("claims")).isTrue();
        window(2);
        await().atMost(PATIENCE).until(() -> events.getReceivedCounter() == 1);

        elections.leaders.put("aiflow-claims", false);
        window(3);
        elections.leaders.put("aiflow-claims", true);
        window(4);
        await().atMost(PATIENCE).until(() -> events.getReceivedCounter() == 2);
    }

    @Test
    void withoutAClusterServiceEveryNodeActs() throws Exception {
        AiflowComponent component = start(RECORD, false);
        assertThat(component.leads("claims")).isTrue();
        assertThat(component.leads("another")).isFalse();
        window(1);
        await().atMost(PATIENCE)
                .until(() ->
                        context.getEndpoint("mock:events", MockEndpoint.class).getReceivedCounter() == 1);
    }

    @Test
    void theServiceStartsAndStopsWithTheContextAndLeadershipIsGivenBack() throws Exception {
        start(RECORD, true);
        assertThat(elections.isStarted()).isTrue();
        context.stop();
        assertThat(elections.leaders).isEmpty();
        assertThat(elections.isStopped()).isTrue();
    }

    @Test
    void namesOfFlowsBecomeNamesOfLeases() {
        assertThat(Leadership.namespace("claims")).isEqualTo("aiflow-claims");
        assertThat(List.of("Claims", "claims_1", "claims.1", "é", "a".repeat(128), "a".repeat(127), "a-"))
                .extracting(Leadership::namespace)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
    }
}

package io.github.camelaiflow.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.AiflowComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template aiflow-retrain, from labels that tell of harm to a version in the folder. */
class RetrainTemplateTest {

    private static final String DEFINITION = """
            record:
              key: id
              fields:
                amount: {type: number}
                region: {type: category, values: [north, south], missing: allow}
            models:
              rules: {rules: [{when: {amount: {above: 2}}, label: fraud, score: 1}], otherwise: {label: genuine, score: 1}}
            versions: {folder: models}
            rollout: {serve: rules}
            feedback: {positive: fraud, baseline: {loss: 0.05}, margin: 0.1, onHarm: retrain}
            """;

    /** Its multiples fill the unit interval evenly. */
    private static final double GOLDEN_RATIO = 0.6180339887498949;

    @TempDir
    Path temp;

    private final ObjectMapper json = new ObjectMapper();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private int sent;

    @AfterEach
    void stop() {
        context.stop();
    }

    private static Map<String, Object> claim(int number) {
        Map<String, Object> claim = new LinkedHashMap<>();
        claim.put("id", "c" + number);
        claim.put("amount", number * GOLDEN_RATIO % 1);
        claim.put("region", number % 5 == 0 ? null : number % 2 == 0 ? "north" : "south");
        return claim;
    }

    private static String truth(Map<String, Object> claim) {
        return (double) claim.get("amount") > 0.5 ? "fraud" : "genuine";
    }

    private void start() throws Exception {
        Files.writeString(temp.resolve("claims.yaml"), DEFINITION);
        Files.createDirectories(temp.resolve("models"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            Map<String, Object> claim = claim(i);
            claim.put("label", truth(claim));
            lines.append(json.writeValueAsString(claim)).append('\n');
        }
        Files.writeString(temp.resolve("labelled.jsonl"), lines);
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + temp);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("classpath:templates/aiflow-retrain.camel.yaml"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:infer").to("aiflow:infer:claims");
                from("direct:label").to("aiflow:feedback:claims");
            }
        });
        TemplatedRouteBuilder.builder(context, "aiflow-retrain")
                .parameter("flow", "claims")
                .parameter("records", "file:" + temp.resolve("labelled.jsonl"))
                .parameter("to", "mock:new")
                .parameter("golden", "0")
                .add();
        context.start();
    }

    private Exchange send(String endpoint, Object body) {
        Exchange exchange = context.createProducerTemplate()
                .send(endpoint, request -> request.getMessage().setBody(body));
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    @Test
    void labelsThatTellOfHarmMakeAVersion() throws Exception {
        start();
        MockEndpoint told = context.getEndpoint("mock:new", MockEndpoint.class);

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (int i = 0; i < 50; i++) {
                Map<String, Object> claim = claim(10_000 + sent++);
                send("direct:infer", claim);
                send("direct:label", Map.of("id", claim.get("id"), "label", truth(claim)));
            }
            return told.getReceivedCounter() == 1;
        });

        JsonNode version = json.readTree(told.getExchanges().get(0).getMessage().getBody(String.class));
        assertThat(version.path("parent").asText()).isEqualTo("rules");
        assertThat(version.path("records").asInt()).isEqualTo(500);
        assertThat(version.at("/metrics/accuracy").asDouble()).isGreaterThan(0.9);
        Path folder = temp.resolve("models").resolve(version.path("version").asText());
        assertThat(folder.resolve("card.json")).exists();
        assertThat(folder.resolve("model.tribuo")).exists();
    }
}

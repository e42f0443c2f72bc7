package io.github.camelaiflow.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.AiflowComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.builder.ExpressionBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template aiflow-rollout: who is in the audit trail. */
class RolloutTemplateTest {

    private static final String DEFINITION = """
            record: {key: id, fields: {amount: {type: number}}}
            models:
              v1: {rules: [{when: {amount: {above: 2}}, label: fraud, score: 1}], otherwise: {label: genuine, score: 1}}
              v2: {rules: [{when: {amount: {above: 3}}, label: fraud, score: 1}], otherwise: {label: genuine, score: 1}}
            rollout: {serve: v1, canary: {model: v2, steps: [10%]}}
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        Files.writeString(temp.resolve("claims.yaml"), DEFINITION);
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + temp);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("classpath:templates/aiflow-rollout.camel.yaml"));
        for (String action : new String[] {"pause", "resume", "decisions"}) {
            TemplatedRouteBuilder.builder(context, "aiflow-rollout")
                    .parameter("from", "direct:" + action)
                    .parameter("flow", "claims")
                    .parameter("action", action)
                    .add();
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:infer").to("aiflow:infer:claims");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private JsonNode decisions() throws Exception {
        return json.readTree(context.createProducerTemplate().requestBody("direct:decisions", null, String.class));
    }

    private void decide(String action) {
        context.createProducerTemplate()
                .requestBodyAndHeaders(
                        "direct:" + action,
                        "{\"actor\": \"mallory\", \"reason\": \"asked for\"}",
                        Map.of("signed-in", "olga", "CamelAiflowActor", "mallory"));
    }

    @Test
    void whoSignedInIsWhoDecidedWhateverTheBodySays() throws Exception {
        context.getRegistry().bind("aiflowActor", ExpressionBuilder.headerExpression("signed-in"));

        decide("pause");

        assertThat(decisions().get(0).path("action").asText()).isEqualTo("PAUSE");
        assertThat(decisions().get(0).path("actor").asText()).isEqualTo("olga");
        assertThat(decisions().get(0).path("reason").asText()).isEqualTo("asked for");
        assertThat(decisions().toString()).doesNotContain("mallory");
    }

    @Test
    void whereNobodyKnowsTheBodyIsBelieved() throws Exception {
        decide("pause");
        decide("resume");

        assertThat(decisions().get(0).path("actor").asText()).isEqualTo("mallory");
    }
}

package io.github.camelaiflow.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.wire.DeliveryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dead letters of the claims routes: from a queue into the store, over HTTP out of it again. */
class ClaimsDeadLettersTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String CLAIM = """
            {"claim_id": "C-1", "policy_id": "P-1", "claim_type": "glass", "region": "north", "claim_amount": %s,
             "vehicle_value": 21000, "vehicle_age": 3, "incident_hour": 14, "days_since_policy_start": 700, "witnesses": 1,
             "witness_age": 34, "police_report": true, "customer_age": 44, "past_claims": 0}
            """;

    private final ObjectMapper json = new ObjectMapper();
    private CamelContext context;

    private void start(String steering) throws Exception {
        context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "claims.format", "json",
                "claims.out", "mock:out",
                "claims.dead", "seda:letters",
                "claims.dead.in", "seda:letters",
                "claims.steering", steering));
        context.getPropertiesComponent().setInitialProperties(properties);
        RestConsumerFactory direct = (camel, processor, verb, base, path, consumes, produces, how, parameters) ->
                camel.getEndpoint("direct:" + name(verb, base, path)).createConsumer(processor);
        context.getRegistry().bind("rest", direct);
        for (String resource : List.of(
                "templates/aiflow-decide.camel.yaml",
                "templates/aiflow-feedback.camel.yaml",
                "templates/aiflow-dead-letters.camel.yaml",
                "routes/claims.camel.yaml",
                "routes/claims-rest.camel.yaml",
                "routes/claims-feedback.camel.yaml",
                "routes/claims-dead-letters.camel.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("classpath:" + resource));
        }
        context.start();
    }

    private static String name(String verb, String base, String path) {
        return (verb + "/" + base + "/" + (path == null ? "" : path))
                .replaceAll("[^a-z]+", "-")
                .replaceAll("-$", "");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Exchange send(String endpoint, Object body, Map<String, Object> headers) {
        Exchange exchange = context.createProducerTemplate().request(endpoint, request -> {
            request.getMessage().setBody(body);
            headers.forEach(request.getMessage()::setHeader);
        });
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private JsonNode answer(String endpoint, Object body, Map<String, Object> headers) throws Exception {
        return json.readTree(send(endpoint, body, headers).getMessage().getBody(String.class));
    }

    private List<JsonNode> letters() throws Exception {
        JsonNode letters =
                answer("direct:get-claims-dead-letters", null, Map.of()).get("letters");
        return json.convertValue(letters, json.getTypeFactory().constructCollectionType(List.class, JsonNode.class));
    }

    private String letter() throws Exception {
        send("direct:claims", CLAIM.formatted("-1"), Map.of());
        await().atMost(LONG).until(() -> letters().size() == 1);
        return letters().get(0).get("id").asText();
    }

    private static int status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
    }

    private MockEndpoint decided() {
        return context.getEndpoint("mock:out", MockEndpoint.class);
    }

    @Test
    void aClaimIsMendedAndDecided() throws Exception {
        start("true");
        String id = letter();
        Map<String, Object> who = Map.of("id", id, "actor", "olga");
        assertThat(letters().get(0).get("fields").get(0).asText()).isEqualTo("claim_amount");
        assertThat(answer("direct:get-claims-dead-letters-id", null, Map.of("id", id))
                        .get("state")
                        .asText())
                .isEqualTo("NEW");
        assertThat(send("direct:get-claims-dead-letters-id-payload", null, Map.of("id", id))
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo(CLAIM.formatted("-1"));

        Exchange wrong = send("direct:post-claims-dead-letters-id-replay", CLAIM.formatted("-2"), who);
        assertThat(status(wrong)).isEqualTo(422);
        assertThat(wrong.getMessage().getBody(String.class))
                .contains("claim_amount")
                .doesNotContain("-2,");
        assertThat(decided().getReceivedCounter()).isZero();

        JsonNode replayed = answer("direct:post-claims-dead-letters-id-replay", CLAIM.formatted("7"), who);
        assertThat(replayed.get("state").asText()).isEqualTo("REPLAYED");
        assertThat(decided().getReceivedExchanges()).hasSize(1);
        assertThat(decided().getReceivedExchanges().get(0).getMessage().getHeader("aiflow-replay-of"))
                .isEqualTo(id);
        assertThat(status(send("direct:post-claims-dead-letters-id-replay", null, who)))
                .isEqualTo(409);
        assertThat(status(send("direct:get-claims-dead-letters-id", null, Map.of("id", "none"))))
                .isEqualTo(404);
    }

    @Test
    void labelsGoBackToWhereLabelsComeFrom() throws Exception {
        start("true");
        send("direct:claims-labels", "{\"claim_id\": \"C-1\"}", Map.of());
        await().atMost(LONG).until(() -> letters().size() == 1);
        String id = letters().get(0).get("id").asText();

        answer(
                "direct:post-claims-dead-letters-id-replay",
                "{\"claim_id\": \"C-1\", \"label\": \"fraud\"}",
                Map.of("id", id, "actor", "olga"));

        assertThat(letters()).hasSize(1);
        assertThat(letters().get(0).get("state").asText()).isEqualTo("REPLAYED");
        assertThat(decided().getReceivedCounter()).isZero();
    }

    @Test
    void withoutTheSwitchLettersCanOnlyBeLookedAt() throws Exception {
        start("false");
        String id = letter();
        Map<String, Object> who = Map.of("id", id, "actor", "olga", "sent", "true");

        for (String call : List.of("get--payload", "post--replay", "post--discard", "post--settle")) {
            Exchange refused = send("direct:" + call.replace("--", "-claims-dead-letters-id-"), null, who);
            assertThat(status(refused)).as(call).isEqualTo(403);
        }
        assertThat(letters().get(0).get("state").asText()).isEqualTo("NEW");
    }

    @Test
    void aLetterThatCannotBeTakenIsTriedAgainUntilItIs() throws Exception {
        context = new DefaultCamelContext();
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context)
                        .resolveResource("classpath:templates/aiflow-dead-letters.camel.yaml"));
        context.start();
        TemplatedRouteBuilder.builder(context, "aiflow-dead-letters")
                .routeId("intake")
                .parameter("from", "seda:letters")
                .parameter("flow", "claims")
                .parameter("retryDelay", "20")
                .add();
        context.createProducerTemplate().sendBody("seda:letters", CLAIM.formatted("-1"));
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        await().atMost(LONG).until(() -> context.getInflightRepository().size("intake") == 1);

        // there is no store yet: it is that of the flow's definition, which comes with the flow's first route
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow").to("aiflow:validate:claims");
            }
        });

        await().atMost(LONG).until(() -> context.getInflightRepository().size("intake") == 0);
        assertThat(component.deadLetters("claims").counts()).containsEntry(State.NEW, 1L);
    }

    @Test
    void accountIsKeptOfClaims() throws Exception {
        start("true");

        assertThat(context.getRoute("claims").getRoutePolicyList()).hasAtLeastOneElementOfType(DeliveryPolicy.class);
        assertThat(context.getRoute("claims-rest").getRoutePolicyList())
                .hasAtLeastOneElementOfType(DeliveryPolicy.class);
    }
}

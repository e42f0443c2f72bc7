package io.github.camelaiflow.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels through the claims routes: joined to decisions, answered one by one, and dead letters if they are wrong. */
class ClaimsLabelsTest {

    private static final String CLAIM = """
            {"claim_id": "%s", "policy_id": "P-1", "claim_type": "glass", "region": "north", "claim_amount": 480.5,
             "vehicle_value": 21000, "vehicle_age": 3, "incident_hour": 14, "days_since_policy_start": 700, "witnesses": 1,
             "witness_age": 34, "police_report": true, "customer_age": 44, "past_claims": 0}
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger asked = new AtomicInteger();
    private CamelContext context;

    private void start(String... more) throws Exception {
        context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.putAll(Map.of("claims.format", "json", "claims.out", "mock:out", "claims.dead", "mock:dead"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        context.getPropertiesComponent().setInitialProperties(properties);
        RestConsumerFactory direct = (camel, processor, verb, base, path, consumes, produces, how, parameters) ->
                camel.getEndpoint("direct:" + (verb + "/" + base + "/" + path).replaceAll("[^a-z]+", "-"))
                        .createConsumer(processor);
        context.getRegistry().bind("rest", direct);
        for (String resource : List.of(
                "templates/aiflow-decide.camel.yaml",
                "templates/aiflow-feedback.camel.yaml",
                "routes/claims.camel.yaml",
                "routes/claims-rest.camel.yaml",
                "routes/claims-feedback.camel.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("classpath:" + resource));
        }
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Exchange send(String endpoint, Object body) {
        Exchange exchange = context.createProducerTemplate()
                .send(endpoint, request -> request.getMessage().setBody(body));
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private JsonNode answer(Exchange exchange) throws Exception {
        return json.readTree(exchange.getMessage().getBody(String.class));
    }

    @Test
    void labelsAreJoinedToDecisionsByIdOrClaim() throws Exception {
        start();
        JsonNode decision = answer(send("direct:claims", CLAIM.formatted("C-1")));
        send("direct:claims", CLAIM.formatted("C-2"));
        String id = decision.get("predictionId").asText();

        JsonNode one = answer(send("direct:claims-labels", Map.of("predictionId", id, "label", "genuine")));
        Exchange many = send("direct:claims-labels", """
                [{"claim_id": "C-2", "label": "fraud"}, {"predictionId": "%s", "label": "fraud"},
                 {"claim_id": "C-3", "label": "genuine"}]""".formatted(id));

        assertThat(one).isEqualTo(json.readTree("{\"outcomes\": [\"JOINED\"], \"quality\": \"INSUFFICIENT_DATA\"}"));
        assertThat(answer(many).get("outcomes"))
                .isEqualTo(json.readTree("[\"JOINED\", \"CONTRADICTION\", \"WAITING\"]"));
        assertThat(context.getEndpoint("mock:dead", MockEndpoint.class).getReceivedCounter())
                .isZero();
    }

    @Test
    void aWrongLabelIsADeadLetterWithItsReason() throws Exception {
        start();

        send("direct:claims-labels", "{\"claim_id\": \"C-1\"}");

        List<Exchange> dead =
                context.getEndpoint("mock:dead", MockEndpoint.class).getReceivedExchanges();
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).getMessage().getHeader("aiflow-error-fields")).isEqualTo("label");
        assertThat(dead.get(0).getMessage().getBody(String.class)).isEqualTo("{\"claim_id\": \"C-1\"}");
    }

    @Test
    void overHttpLabelsNeedTheSwitch() throws Exception {
        start();

        Exchange refused = send("direct:post-claims-labels", "{\"claim_id\": \"C-1\", \"label\": \"fraud\"}");

        assertThat(refused.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class))
                .isEqualTo(403);
        assertThat(answer(refused).get("status").asInt()).isEqualTo(403);
        assertThat(answer(send("direct:get-claims-quality", null))
                        .get("outcomes")
                        .asInt())
                .isZero();
    }

    @Test
    void overHttpErrorsAreProblemDocuments() throws Exception {
        start("claims.steering", "true");

        assertThat(answer(send("direct:post-claims-labels", "{\"claim_id\": \"C-1\", \"label\": \"fraud\"}"))
                        .at("/outcomes/0")
                        .asText())
                .isEqualTo("WAITING");
        Exchange wrong = send("direct:post-claims-labels", "[{\"claim_id\": \"C-1\", \"label\": \"fraud\"}, {}]");
        assertThat(answer(wrong).get("status").asInt()).isEqualTo(422);
        assertThat(answer(wrong).get("detail").asText()).contains("record 1: ");
        assertThat(answer(send("direct:post-claims-labels", "{\"claim_id\""))
                        .get("status")
                        .asInt())
                .isEqualTo(400);
    }

    private void storeIsAway(String route, int times) throws Exception {
        AdviceWith.adviceWith(context, route, advice -> advice.weaveByToUri("aiflow:feedback:*")
                .before()
                .process(exchange -> {
                    if (asked.incrementAndGet() <= times) {
                        throw new StoreException("the store must be reachable", null);
                    }
                }));
    }

    @Test
    void aStoreThatIsAwayIsTriedAgain() throws Exception {
        start();
        storeIsAway("claims-do-labels", 2);

        Exchange taken = send("direct:claims-labels", "{\"claim_id\": \"C-1\", \"label\": \"fraud\"}");

        assertThat(answer(taken).at("/outcomes/0").asText()).isEqualTo("WAITING");
        assertThat(asked).hasValue(3);
    }

    @Test
    void aStoreThatStaysAwayIsToldOverHttp() throws Exception {
        start("claims.steering", "true");
        storeIsAway("claims-do-rest-labels", Integer.MAX_VALUE);

        Exchange answer = send("direct:post-claims-labels", "{\"claim_id\": \"C-1\", \"label\": \"fraud\"}");

        assertThat(answer(answer).get("status").asInt()).isEqualTo(503);
        assertThat(answer.getMessage().getHeader("Retry-After")).isEqualTo(10);
    }
}

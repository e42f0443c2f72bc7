package io.github.camelaiflow.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.avro.Framing;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The insurance case in memory: every claim ends as one decision or one dead letter, for the reason that was planted. */
class ClaimsRouteTest {

    private static final int CLAIMS = 1500;

    private final ObjectMapper json = new ObjectMapper();
    private final List<Claim> claims =
            new ClaimGenerator(Plan.demo(7, CLAIMS / 2)).claims(CLAIMS).toList();
    private CamelContext context;

    private void start(Map<String, String> properties) throws Exception {
        context = new DefaultCamelContext();
        Properties all = new Properties();
        all.putAll(Map.of("claims.in", "direct:claims", "claims.out", "mock:out", "claims.dead", "mock:dead"));
        all.putAll(properties);
        context.getPropertiesComponent().setInitialProperties(all);
        for (String resource : List.of("templates/aiflow-decide.camel.yaml", "routes/claims.camel.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("classpath:" + resource));
        }
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private List<Exchange> received(String mock) {
        return context.getEndpoint(mock, MockEndpoint.class).getReceivedExchanges();
    }

    private Set<String> decidedKeys() throws Exception {
        Set<String> keys = new HashSet<>();
        for (Exchange exchange : received("mock:out")) {
            JsonNode decision = json.readTree(exchange.getMessage().getBody(String.class));
            assertThat(keys.add(decision.get("key").asText())).isTrue();
            assertThat(exchange.getMessage().getHeader("kafka.KEY"))
                    .isEqualTo(decision.get("key").asText());
        }
        return keys;
    }

    @Test
    void everyClaimEndsAsADecisionOrADeadLetter() throws Exception {
        start(Map.of());
        ClaimEncoder old = new ClaimEncoder(ClaimSchemas.V1, Framing.SINGLE_OBJECT, 1);
        ClaimEncoder plain = new ClaimEncoder(ClaimSchemas.V2, Framing.AUTO, 2);
        for (Claim claim : claims) {
            byte[] bytes = (claim.number() % 2 == 0 ? old : plain).avro(claim);
            context.createProducerTemplate()
                    .send("direct:claims", exchange -> exchange.getMessage().setBody(bytes));
        }

        Map<Boolean, Set<String>> expected = claims.stream()
                .collect(Collectors.partitioningBy(
                        claim -> claim.truth().defect() == Defect.NONE,
                        Collectors.mapping(Claim::id, Collectors.toSet())));
        Set<String> decided = decidedKeys();
        assertThat(claims).allSatisfy(claim -> assertThat(decided.contains(claim.id()))
                .as(claim.id() + " " + claim.truth().defect())
                .isEqualTo(claim.truth().defect() == Defect.NONE));
        assertThat(received("mock:dead")).hasSize(expected.get(false).size());
    }

    @Test
    void deadLettersSayWhatWasPlanted() throws Exception {
        start(Map.of("claims.format", "json"));
        Map<Defect, Set<String>> reasons = new EnumMap<>(Defect.class);
        for (Claim claim : claims) {
            int before = received("mock:dead").size();
            byte[] bytes = ClaimEncoder.json(claim);
            context.createProducerTemplate().sendBody("direct:claims", bytes);
            if (received("mock:dead").size() > before) {
                Exchange dead = received("mock:dead").get(before);
                assertThat(dead.getMessage().getBody()).isEqualTo(bytes);
                reasons.computeIfAbsent(claim.truth().defect(), defect -> new HashSet<>())
                        .add(dead.getMessage().getHeader("aiflow-error-reason") + " "
                                + dead.getMessage().getHeader("aiflow-error-fields"));
            }
        }

        assertThat(reasons)
                .containsEntry(Defect.MISSING_AMOUNT, Set.of("INVALID claim_amount"))
                .containsEntry(Defect.NEGATIVE_AMOUNT, Set.of("INVALID claim_amount"))
                .containsEntry(Defect.NAN_AMOUNT, Set.of("INVALID claim_amount"))
                .containsEntry(Defect.UNKNOWN_TYPE, Set.of("INVALID claim_type"))
                .containsEntry(Defect.WRONG_TYPE, Set.of("INVALID claim_amount"))
                .containsEntry(Defect.UNDECODABLE, Set.of("UNDECODABLE null"))
                .doesNotContainKey(Defect.NONE);
    }

    @Test
    void fraudIsFoundAsWellAsTheModelPromises() throws Exception {
        start(Map.of("claims.format", "json"));
        claims.forEach(claim -> context.createProducerTemplate().sendBody("direct:claims", ClaimEncoder.json(claim)));
        Map<String, String> truth = claims.stream()
                .collect(Collectors.toMap(Claim::id, claim -> claim.truth().label()));

        assertThat(received("mock:out")).isNotEmpty();
        long right = 0;
        for (Exchange exchange : received("mock:out")) {
            JsonNode decision = json.readTree(exchange.getMessage().getBody(String.class));
            right += decision.get("label")
                            .asText()
                            .equals(truth.get(decision.get("key").asText()))
                    ? 1
                    : 0;
        }
        assertThat((double) right / received("mock:out").size()).isGreaterThan(0.96);
    }

    @Test
    void theSameRouteRunsOnFiles(@TempDir Path temp) throws Exception {
        start(Map.of(
                "claims.format", "json",
                "claims.in", "file:" + temp.resolve("in"),
                "claims.out", "file:" + temp.resolve("out"),
                "claims.dead", "file:" + temp.resolve("dead")));
        List<Claim> few = claims.subList(0, 40);
        for (Claim claim : few) {
            context.createProducerTemplate()
                    .sendBodyAndHeader(
                            "file:" + temp.resolve("in"), ClaimEncoder.json(claim), "CamelFileName", claim.id());
        }

        long defects = few.stream()
                .filter(claim -> claim.truth().defect() != Defect.NONE)
                .count();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(temp.resolve("out").toFile().list()).hasSize((int) (few.size() - defects));
            assertThat(
                            defects == 0
                                    ? new String[0]
                                    : temp.resolve("dead").toFile().list())
                    .hasSize((int) defects);
        });
    }
}

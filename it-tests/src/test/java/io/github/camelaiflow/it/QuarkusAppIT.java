package io.github.camelaiflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged app answers as its users see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QuarkusAppIT {

    private static final Pattern STARTED = Pattern.compile("started in ([0-9]+\\.[0-9]+)s");

    private final List<Claim> claims =
            new ClaimGenerator(Plan.clean(5)).claims(200).toList();
    private AppProcess app;
    private ClaimsOracle oracle;

    @BeforeAll
    void startApp(@TempDir Path folder) throws IOException {
        oracle = new ClaimsOracle();
        app = new AppProcess(folder);
        System.out.printf(
                "quarkus-app: ready %.1f s after the start of the process; by its own account started in %s s%n",
                app.startTime().toMillis() / 1000.0, app.find(STARTED).orElse("?"));
    }

    @AfterAll
    void stopApp() {
        if (app != null) {
            app.close();
        }
        oracle.close();
    }

    @Test
    void aClaimIsAnsweredWithWhatTheModelSays() {
        HttpResponse<String> response = app.post("/claims", claims.get(0).fields());

        assertThat(response.statusCode()).isEqualTo(200);
        assertDecision(app.json(response), claims.get(0));
    }

    @Test
    void aListIsAnsweredInItsOrder() {
        HttpResponse<String> response =
                app.post("/claims", claims.stream().map(Claim::fields).toList());

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode decisions = app.json(response);
        assertThat(decisions).hasSameSizeAs(claims);
        for (int i = 0; i < claims.size(); i++) {
            assertDecision(decisions.get(i), claims.get(i));
        }
    }

    private void assertDecision(JsonNode decision, Claim claim) {
        assertThat(decision.path("schema").asText()).isEqualTo("aiflow-decision-1");
        assertThat(decision.path("key").asText()).isEqualTo(claim.id());
        assertThat(decision.path("version").asText()).isEqualTo("v1");
        assertThat(decision.path("predictionId").asText()).isNotBlank();
        assertThat(new ClaimsOracle.Answer(
                        decision.path("label").asText(), decision.path("score").asDouble()))
                .isEqualTo(oracle.answer(claim));
    }

    @Test
    void aBadClaimIsAnsweredWithAProblemThatNamesItsFieldsAndNoValue() {
        Map<String, Object> bad = new HashMap<>(claims.get(0).fields());
        bad.put("claim_amount", -4711.5);
        bad.put("claim_type", "secret-meteorite");

        HttpResponse<String> response = app.post("/claims", bad);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(app.json(response).path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("claim_amount", "claim_type");
        assertThat(response.body() + app.console())
                .doesNotContain("4711")
                .doesNotContain("meteorite")
                .doesNotContain("Exception");
    }

    @Test
    void whereNobodySetAnythingUpNobodyIsWarnedOfDeadLetters() {
        assertThat(app.console()).doesNotContainIgnoringCase("dead letters");
    }

    @Test
    void healthAndMetricsTellOfTheFlow() {
        app.post("/claims", claims.get(0).fields());

        JsonNode health = app.json(app.get("/q/health"));
        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.path("checks").findValuesAsText("name")).contains("aiflow-claims");
        HttpResponse<String> metrics = app.get("/q/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("flow=\"claims\"").contains("camel_exchanges");
    }
}

package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The demo as {@code mvn -q -Ddemo} runs it: a bad model on trial is found out by the truth about claims, and rolled back. */
@QuarkusTest
@TestProfile(DemoRolloutTest.WithCanary.class)
class DemoRolloutTest {

    public static final class WithCanary implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "demo.enabled", "true",
                    "demo.claims", "5000",
                    "demo.drift-from", "3000",
                    "camel.component.aiflow.definitions", "classpath:aiflow-demo");
        }
    }

    @Inject
    Demo demo;

    @Test
    void theBadModelIsRolledBackByItsWrongAnswers() throws Exception {
        DemoSummary summary = demo.finished().get(180, TimeUnit.SECONDS);

        assertThat(summary.open()).isZero();
        assertThat(summary.versions().keySet()).containsExactlyInAnyOrder("v1", "v3");
        JsonNode decisions = Http.json(Http.get("/rollout/claims/decisions"));
        JsonNode last = decisions.get(0);
        assertThat(last.path("action").asText()).isEqualTo("ROLL_BACK");
        assertThat(last.path("actor").asText()).isEqualTo("verdict");
        assertThat(last.path("reason").asText()).contains("v3 is worse than v1", "quality");
        assertThat(decisions.get(decisions.size() - 1).path("action").asText()).isEqualTo("START");
        JsonNode status = Http.json(Http.get("/rollout/claims"));
        assertThat(status.path("stage").asText()).isEqualTo("ROLLED_BACK");
        assertThat(status.path("share").asDouble()).isZero();
        assertThat(status.path("serve").asText()).isEqualTo("v1");
        // the good model's answers, and in between the other's
        assertThat(summary.versions().get("v3")).isLessThan(summary.versions().get("v1"));
        assertThat(DriftView.of("claims").verdict()).isEqualTo("DRIFTED");
    }
}

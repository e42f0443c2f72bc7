package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.Defect;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DemoTest.Small.class)
class DemoTest {

    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("demo.enabled", "true", "demo.claims", "1500", "demo.rate", "1000", "demo.drift-from", "500");
        }
    }

    @Inject
    Demo demo;

    @Test
    void everyClaimComesBackOnceAsWhatWasPlanted() throws Exception {
        List<Claim> claims = new ClaimGenerator(ClaimGenerator.Plan.demo(42, 500))
                .claims(1_500)
                .toList();
        int good = count(claims, Defect.NONE);
        int undecodable = count(claims, Defect.UNDECODABLE) + count(claims, Defect.WRONG_TYPE);

        DemoSummary summary = demo.finished().get(180, TimeUnit.SECONDS);

        assertThat(summary.sent()).isEqualTo(1_500);
        assertThat(summary.decided()).isEqualTo(good);
        assertThat(summary.dead()).isEqualTo(1_500 - good);
        assertThat(summary.twice()).isZero();
        assertThat(Http.json(Http.get("/claims/dead-letters"))
                        .path("counts")
                        .path("NEW")
                        .asInt())
                .as("at the desk")
                .isEqualTo(1_500 - good);
        assertThat(summary.reasons())
                .isEqualTo(Map.of("UNDECODABLE", undecodable, "INVALID", 1_500 - good - undecodable));
        assertThat(summary.fields())
                .isEqualTo(Map.of(
                        "claim_type",
                        count(claims, Defect.UNKNOWN_TYPE),
                        "claim_amount",
                        count(claims, Defect.MISSING_AMOUNT)
                                + count(claims, Defect.NEGATIVE_AMOUNT)
                                + count(claims, Defect.NAN_AMOUNT)));
        assertThat(summary.servedBy()).isEqualTo(Map.of("primary", good));
        assertThat(summary.fraudFound() + summary.fraudMissed()).isEqualTo((int) claims.stream()
                .filter(claim ->
                        claim.truth().defect() == Defect.NONE && claim.truth().fraud())
                .count());
        assertThat(summary.precision()).isGreaterThan(0.9);
        assertThat(summary.recall()).isGreaterThan(0.8);
        DriftView drift = DriftView.of("claims");
        assertThat(drift.verdict()).isEqualTo("DRIFTED");
        assertThat(drift.moved()).anyMatch(field -> field.startsWith("claim_amount"));
    }

    private static int count(List<Claim> claims, Defect defect) {
        return (int) claims.stream()
                .filter(claim -> claim.truth().defect() == defect)
                .count();
    }
}

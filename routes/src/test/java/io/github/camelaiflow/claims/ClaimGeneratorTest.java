package io.github.camelaiflow.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClaimGeneratorTest {

    private static final int COUNT = 40_000;
    private static final long DRIFT = 20_000;
    private static final List<Claim> CLEAN =
            new ClaimGenerator(Plan.clean(1)).claims(COUNT).toList();
    private static final List<Claim> DEMO =
            new ClaimGenerator(Plan.demo(2, DRIFT)).claims(COUNT).toList();

    @Test
    void aClaimIsAFunctionOfSeedAndNumber() {
        ClaimGenerator again = new ClaimGenerator(Plan.demo(2, DRIFT));
        assertThat(LongStream.range(0, COUNT).parallel().mapToObj(again::claim).toList())
                .isEqualTo(DEMO);
        assertThat(again.claims().limit(50).toList()).isEqualTo(DEMO.subList(0, 50));
    }

    @Test
    void theFirstClaimIsTheSameOnEveryMachine() {
        assertThat(new ClaimGenerator(Plan.clean(1)).claim(0).fields())
                .hasToString("{claim_id=C-910a-00000000, policy_id=P-296549, claim_type=theft, region=west,"
                        + " claim_amount=7009.4, vehicle_value=19364.74, vehicle_age=4, incident_hour=18,"
                        + " days_since_policy_start=273, witnesses=0, witness_age=null, police_report=true,"
                        + " customer_age=56, past_claims=0, submitted_at=1767225600000, adjuster=null}");
    }

    @Test
    void otherSeedsGiveOtherClaims() {
        assertThat(new ClaimGenerator(Plan.clean(3)).claim(0).fields())
                .isNotEqualTo(CLEAN.get(0).fields());
    }

    @Test
    void idsAreUniqueAndTimesFollowThePlan() {
        assertThat(DEMO.stream().map(Claim::id).distinct()).hasSize(COUNT);
        ClaimGenerator slow = new ClaimGenerator(new Plan(5, 10, 0, Duration.ofHours(1)));
        assertThat(slow.submittedAt(24)).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(slow.claim(24).fields())
                .containsEntry("submitted_at", slow.submittedAt(24).toEpochMilli());
    }

    @Test
    void cleanClaimsStayInTheirRanges() {
        assertThat(CLEAN).allSatisfy(claim -> {
            assertThat(claim.truth().defect()).isEqualTo(Defect.NONE);
            assertThat(claim.truth().drifted()).isFalse();
            assertThat(claim.fields().get("claim_type")).isIn(ClaimGenerator.TYPES);
            assertThat(claim.fields().get("region")).isIn(ClaimGenerator.REGIONS);
            assertThat((Double) claim.fields().get("claim_amount")).isBetween(50.0, 100_000.0);
            assertThat((Double) claim.fields().get("vehicle_value")).isBetween(500.0, 150_000.0);
            assertThat((Integer) claim.fields().get("vehicle_age")).isBetween(0, 25);
            assertThat((Integer) claim.fields().get("incident_hour")).isBetween(0, 23);
            assertThat((Integer) claim.fields().get("days_since_policy_start")).isBetween(0, 1_824);
            assertThat((Integer) claim.fields().get("witnesses")).isBetween(0, 4);
            assertThat((Integer) claim.fields().get("customer_age")).isBetween(18, 90);
            assertThat((Integer) claim.fields().get("past_claims")).isBetween(0, 8);
            if (claim.fields().get("witness_age") != null) {
                assertThat((Integer) claim.fields().get("witness_age")).isBetween(18, 85);
                assertThat((Integer) claim.fields().get("witnesses")).isPositive();
            }
        });
    }

    @Test
    void labelsFollowTheRulesButForTheNoise() {
        assertThat(CLEAN).allSatisfy(claim -> {
            boolean fires = Set.of(PlantedRule.values()).stream().anyMatch(rule -> rule.holds(claim.fields()));
            assertThat(claim.truth().fraudProbability())
                    .isEqualTo(fires ? PlantedRule.FRAUD_IF_FIRED : PlantedRule.FRAUD_OTHERWISE);
        });
        Predicate<Claim> fired = claim -> claim.truth().fraudProbability() > 0.5;
        Predicate<Claim> fraud = claim -> claim.truth().fraud();
        assertShare(CLEAN.stream().filter(fired).toList(), fraud, PlantedRule.FRAUD_IF_FIRED);
        assertShare(CLEAN.stream().filter(fired.negate()).toList(), fraud, PlantedRule.FRAUD_OTHERWISE);
        assertThat(share(CLEAN, fired)).as("share of claims a rule holds for").isBetween(0.08, 0.10);
    }

    @ParameterizedTest
    @EnumSource(PlantedRule.class)
    void everyRuleHoldsForSome(PlantedRule rule) {
        assertThat(share(CLEAN, claim -> rule.holds(claim.fields()))).isBetween(0.015, 0.06);
    }

    @ParameterizedTest
    @EnumSource(value = Defect.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void everyDefectIsPlantedAsOftenAsPlanned(Defect defect) {
        assertShare(DEMO, claim -> claim.truth().defect() == defect, 0.03 / 6);
    }

    @Test
    void defectsAreWhatTheySayAndChangeNothingElse() {
        ClaimGenerator clean = new ClaimGenerator(new Plan(2, DRIFT, 0, Duration.ofMinutes(1)));
        Set<Defect> seen = DEMO.stream().map(claim -> claim.truth().defect()).collect(Collectors.toSet());
        assertThat(seen).containsExactlyInAnyOrder(Defect.values());
        for (Claim claim : DEMO.subList(0, 5_000)) {
            Claim sound = clean.claim(claim.number());
            assertThat(claim.truth().fraud()).isEqualTo(sound.truth().fraud());
            Object amount = claim.fields().get("claim_amount");
            switch (claim.truth().defect()) {
                case NONE, UNDECODABLE -> assertThat(claim.fields()).isEqualTo(sound.fields());
                case MISSING_AMOUNT -> assertThat(amount).isNull();
                case NEGATIVE_AMOUNT -> assertThat((Double) amount).isNegative();
                case NAN_AMOUNT -> assertThat((Double) amount).isNaN();
                case WRONG_TYPE -> assertThat(amount).isInstanceOf(String.class);
                case UNKNOWN_TYPE ->
                    assertThat(claim.fields().get("claim_type")).isNotIn(ClaimGenerator.TYPES);
            }
        }
    }

    @Test
    void theDriftIsSuddenAndAsPlanned() {
        List<Claim> before = DEMO.subList(0, (int) DRIFT);
        List<Claim> after = DEMO.subList((int) DRIFT, COUNT);
        assertThat(before).noneMatch(claim -> claim.truth().drifted());
        assertThat(after).allMatch(claim -> claim.truth().drifted());
        Predicate<Claim> weather = claim -> "weather".equals(claim.fields().get("claim_type"));
        assertThat(share(before, weather)).isBetween(0.10, 0.13);
        assertThat(share(after, weather)).isBetween(0.31, 0.36);
        double ratio = medianOfCollisions(after) / medianOfCollisions(before);
        assertThat(ratio).isCloseTo(ClaimGenerator.DRIFT_AMOUNT_FACTOR, within(0.1));
    }

    @Test
    void plansAreChecked() {
        assertThatThrownBy(() -> new Plan(1, 0, 1.1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("defectRate");
        assertThatThrownBy(() -> new Plan(1, 0, Double.NaN, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(1, -1, 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("driftFrom");
    }

    /** Within 4.5 standard deviations of the binomial distribution: a false alarm in 150,000 seeds. */
    private static void assertShare(List<Claim> claims, Predicate<Claim> what, double expected) {
        double deviation = Math.sqrt(expected * (1 - expected) / claims.size());
        assertThat(share(claims, what)).isCloseTo(expected, within(4.5 * deviation));
    }

    private static double share(List<Claim> claims, Predicate<Claim> what) {
        return (double) claims.stream().filter(what).count() / claims.size();
    }

    private static double medianOfCollisions(List<Claim> claims) {
        double[] amounts = claims.stream()
                .filter(claim -> claim.truth().defect() == Defect.NONE)
                .filter(claim -> "collision".equals(claim.fields().get("claim_type")))
                .mapToDouble(claim -> (Double) claim.fields().get("claim_amount"))
                .sorted()
                .toArray();
        return amounts[amounts.length / 2];
    }
}

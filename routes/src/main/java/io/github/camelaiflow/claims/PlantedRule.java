package io.github.camelaiflow.claims;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The fraud that is planted: a claim any of these rules holds for is fraud with probability {@value #FRAUD_IF_FIRED}, any
 * other with probability {@value #FRAUD_OTHERWISE}. The distance to 1 and 0 is label noise that no model can learn.
 */
public enum PlantedRule {
    /** A large claim on a new policy: {@code days_since_policy_start < 30 and claim_amount >= 5000}. */
    EARLY_BIRD(claim -> number(claim, "days_since_policy_start") < 30 && number(claim, "claim_amount") >= 5_000),
    /** Nobody saw it: {@code incident_hour < 5 and witnesses = 0 and police_report = false}. */
    GHOST(claim -> number(claim, "incident_hour") < 5
            && number(claim, "witnesses") == 0
            && Boolean.FALSE.equals(claim.get("police_report"))),
    /** Again and again: {@code past_claims >= 4 and claim_amount >= 2000}. */
    SERIAL(claim -> number(claim, "past_claims") >= 4 && number(claim, "claim_amount") >= 2_000),
    /** An old car stolen or burnt, unreported: {@code claim_type in (theft, fire) and vehicle_age >= 15 and police_report = false}. */
    STAGED_LOSS(claim -> Set.of("theft", "fire").contains(claim.get("claim_type"))
            && number(claim, "vehicle_age") >= 15
            && Boolean.FALSE.equals(claim.get("police_report")));

    /** Probability of fraud where a rule holds. */
    public static final double FRAUD_IF_FIRED = 0.96;

    /** Probability of fraud where no rule holds. */
    public static final double FRAUD_OTHERWISE = 0.01;

    private final Predicate<Map<String, Object>> condition;

    PlantedRule(Predicate<Map<String, Object>> condition) {
        this.condition = condition;
    }

    /** Whether the rule holds for a claim without defects. */
    public boolean holds(Map<String, Object> claim) {
        return condition.test(claim);
    }

    /** How likely a claim without defects is fraud. */
    public static double fraudProbability(Map<String, Object> claim) {
        for (PlantedRule rule : values()) {
            if (rule.holds(claim)) {
                return FRAUD_IF_FIRED;
            }
        }
        return FRAUD_OTHERWISE;
    }

    private static double number(Map<String, Object> claim, String field) {
        return ((Number) claim.get(field)).doubleValue();
    }
}

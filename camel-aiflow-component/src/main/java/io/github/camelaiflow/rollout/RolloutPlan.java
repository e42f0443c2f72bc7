package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.evidence.Guardrail;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which versions answer what, as the definition in force says it.
 *
 * @param flow the flow
 * @param identity what makes this plan another than the one before: a digest of versions, their models and these settings. State
 *     and evidence belong to it
 * @param salt goes into the hash that assigns keys
 * @param serve the version that serves, and the control of all comparisons
 * @param weights shares of an A/B split by version, summing to 1, with serve among them; empty for none
 * @param canary the version on trial; {@code null} for none
 * @param shadows versions asked too
 * @param shadowShare which share of the records they are asked for
 * @param guardrails what arms are compared by
 * @param alpha chance of a wrong automatic decision, over all guardrails and looks
 */
public record RolloutPlan(
        String flow,
        String identity,
        String salt,
        String serve,
        Map<String, Double> weights,
        Canary canary,
        List<String> shadows,
        double shadowShare,
        List<Guardrail> guardrails,
        double alpha) {

    public RolloutPlan {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        shadows = List.copyOf(shadows);
        guardrails = List.copyOf(guardrails);
    }

    /** This plan, of that identity. */
    public RolloutPlan withIdentity(String other) {
        return new RolloutPlan(flow, other, salt, serve, weights, canary, shadows, shadowShare, guardrails, alpha);
    }

    /**
     * A version on trial.
     *
     * @param version its name
     * @param steps shares, rising, each above 0 and below 1
     * @param stepTime how long a step lasts at least
     * @param stepRecords how many records the version must have answered in a step before the next
     * @param horizon how long the trial lasts at most
     * @param promotes whether it is promoted by verdict
     */
    public record Canary(
            String version,
            List<Double> steps,
            Duration stepTime,
            long stepRecords,
            Duration horizon,
            boolean promotes) {

        public Canary {
            steps = List.copyOf(steps);
        }
    }
}

package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.evidence.Guardrail;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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

    private static final double SUM_TOLERANCE = 1e-6;

    /** @throws IllegalArgumentException if versions, shares or settings cannot be */
    public RolloutPlan {
        Objects.requireNonNull(flow, "flow");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(salt, "salt");
        Objects.requireNonNull(serve, "serve");
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        shadows = List.copyOf(shadows);
        guardrails = List.copyOf(guardrails);
        checkWeights(weights, serve);
        require(canary == null || weights.isEmpty(), "weights and a canary exclude each other");
        require(
                canary == null || !canary.version().equals(serve),
                "the canary must be another version than the one that serves, both are " + serve);
        require(!shadows.contains(serve), "shadows must be other versions than the one that serves, " + serve);
        require(shadowShare >= 0 && shadowShare <= 1, "the shadows' share must be between 0 and 1");
        require(alpha > 0 && alpha < 1, "alpha must be above 0 and below 1");
        require(!guardrails.isEmpty(), "arms must be compared by at least one guardrail");
    }

    private static void checkWeights(Map<String, Double> weights, String serve) {
        double sum = 0;
        for (double weight : weights.values()) {
            require(weight >= 0 && weight <= 1, "weights must be between 0 and 1");
            sum += weight;
        }
        require(weights.isEmpty() || Math.abs(sum - 1) <= SUM_TOLERANCE, "weights must sum to 1");
        require(weights.isEmpty() || weights.containsKey(serve), "weights must give a share to " + serve);
    }

    private static void require(boolean holds, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException(requirement);
        }
    }

    /** The versions that are compared with the one that serves, in order: the canary, variants with a share, shadows. */
    Set<String> compared() {
        Set<String> compared = new LinkedHashSet<>();
        if (canary != null) {
            compared.add(canary.version());
        }
        weights.forEach((version, weight) -> {
            if (!version.equals(serve) && shareAgainstServe(version) > 0) {
                compared.add(version);
            }
        });
        compared.addAll(shadows);
        return compared;
    }

    /** Of the records that go to a variant or the serving version: which share goes to the variant; 0 if nothing can be compared. */
    double shareAgainstServe(String variant) {
        double share = weights.getOrDefault(variant, 0.0);
        double control = weights.getOrDefault(serve, 0.0);
        return share > 0 && control > 0 ? share / (share + control) : 0;
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

        /** @throws IllegalArgumentException if shares or times cannot be */
        public Canary {
            Objects.requireNonNull(version, "version");
            steps = List.copyOf(steps);
            require(!steps.isEmpty(), "a canary must have at least one step");
            double last = 0;
            for (double step : steps) {
                require(step > last && step < 1, "a canary's steps must rise, each above 0 and below 1");
                last = step;
            }
            require(!stepTime.isNegative(), "stepTime must not be negative");
            require(stepRecords >= 0, "stepRecords must not be negative");
            require(!horizon.isNegative() && !horizon.isZero(), "horizon must be positive");
        }

        int lastStep() {
            return steps.size() - 1;
        }
    }
}

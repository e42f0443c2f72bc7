package io.github.camelaiflow.definition;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Section {@code rollout}: which versions answer which share of the records. Versions are named by their keys or by aliases.
 *
 * @param serve the version that serves; {@code null} where there is no model
 * @param weights shares of an A/B split by version, in order, summing to 1; empty for none
 * @param canary the version on trial; {@code null} for none
 * @param shadow versions that are asked too, without a say; {@code null} for none
 * @param alpha chance of a wrong automatic decision; {@code null} for the default
 * @param guardrails what the arms are compared by; empty for the default
 * @param salt what makes this split differ from others over the same keys; {@code null} for the flow's name
 */
public record RolloutSettings(
        String serve,
        Map<String, Double> weights,
        Canary canary,
        Shadow shadow,
        Double alpha,
        Map<String, GuardrailSetting> guardrails,
        String salt) {

    /** Nothing said. */
    static final RolloutSettings NONE = new RolloutSettings(null, Map.of(), null, null, null, Map.of(), null);

    public RolloutSettings {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        guardrails = Collections.unmodifiableMap(new LinkedHashMap<>(guardrails));
    }

    /**
     * A version on trial.
     *
     * @param model the version
     * @param steps its shares, rising, each above 0 and below 1
     * @param stepTime how long a step lasts at least; {@code null} for the default
     * @param stepRecords how many records the version must have answered in a step; {@code null} for the default
     * @param horizon when the trial ends undecided; {@code null} for the default
     * @param onError {@code serve}: a record the version cannot answer is answered by the one that serves; {@code throw}
     * @param promote {@code auto}, or {@code hand}: only a person promotes
     */
    public record Canary(
            String model,
            List<Double> steps,
            Duration stepTime,
            Long stepRecords,
            Duration horizon,
            String onError,
            String promote) {

        public Canary {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Versions that are asked too.
     *
     * @param models the versions
     * @param share share of the records, above 0 and at most 1
     * @param queueSize how many records may wait; {@code null} for the default
     */
    public record Shadow(List<String> models, double share, Long queueSize) {

        public Shadow {
            models = List.copyOf(models);
        }
    }

    /**
     * One guardrail.
     *
     * @param margin how much worse the version on trial may be; {@code null} for the guardrail's default
     * @param quantile which quantile of the latency is compared; {@code null} for the default or other guardrails
     */
    public record GuardrailSetting(Double margin, Double quantile) {}
}

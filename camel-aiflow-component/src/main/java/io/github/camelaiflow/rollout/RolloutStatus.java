package io.github.camelaiflow.rollout;

import io.github.camelaiflow.data.FlowResult;
import io.github.camelaiflow.rollout.evidence.Judgement;
import java.time.Instant;
import java.util.Map;

/**
 * Where a rollout stands, over all nodes as far as known.
 *
 * @param serve the version that serves now: after a promotion the promoted one
 * @param canary the version on trial; {@code null} for none
 * @param stage {@code null} without a canary
 * @param step the canary's step, from 0
 * @param share the canary's share now
 * @param since when the step began
 * @param waiting why the ramp waits; {@code null} if it doesn't
 * @param judgements by version on trial, variant or shadow
 * @param durable whether a restart remembers it
 * @param unwritten writings that wait for the store
 * @param lost writings that were given up
 */
public record RolloutStatus(
        String flow,
        String serve,
        String canary,
        RolloutDecision.Stage stage,
        int step,
        double share,
        Instant since,
        String waiting,
        Map<String, Judgement> judgements,
        boolean durable,
        long unwritten,
        long lost)
        implements FlowResult {

    @Override
    public String toJson() {
        throw new UnsupportedOperationException();
    }
}

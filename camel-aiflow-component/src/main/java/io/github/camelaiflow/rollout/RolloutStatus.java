package io.github.camelaiflow.rollout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.data.FlowResult;
import io.github.camelaiflow.rollout.evidence.Judgement;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a rollout stands, over all nodes as far as known.
 *
 * @param serve the version that serves now: after a promotion the promoted one
 * @param canary the version on trial; {@code null} for none
 * @param stage {@code null} without a canary
 * @param step the canary's step, from 0; -1 without a canary
 * @param share the canary's share now
 * @param since when the step began, by the clock of the node that decided it; {@code null} before that is known
 * @param waiting why there is no decision now; {@code null} where none is to come
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

    public RolloutStatus {
        judgements = Collections.unmodifiableMap(new LinkedHashMap<>(judgements));
    }

    /** The whole status as JSON; numbers that are not known are {@code null}. */
    @Override
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("flow", flow).put("serve", serve).put("canary", canary);
        json.put("stage", stage == null ? null : stage.name());
        json.put("step", step).put("share", share);
        json.put("since", since == null ? null : since.toString()).put("waiting", waiting);
        ObjectNode versions = json.putObject("judgements");
        judgements.forEach((version, judgement) -> versions.set(version, DecisionJson.parse(judgement.toJson())));
        json.put("durable", durable).put("unwritten", unwritten).put("lost", lost);
        return json.toString();
    }

    /** As {@link #toJson}. */
    @Override
    public String toString() {
        return toJson();
    }
}

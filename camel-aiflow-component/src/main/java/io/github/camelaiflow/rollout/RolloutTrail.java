package io.github.camelaiflow.rollout;

import io.github.camelaiflow.data.FlowResult;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decisions on a flow's rollouts, newest first.
 *
 * @param decisions the decisions
 */
public record RolloutTrail(List<RolloutDecision> decisions) implements FlowResult {

    public RolloutTrail {
        decisions = List.copyOf(decisions);
    }

    @Override
    public String toJson() {
        return decisions.stream().map(RolloutDecision::toJson).collect(Collectors.joining(",", "[", "]"));
    }

    /** The same: it holds no value of a record. */
    @Override
    public String toString() {
        return toJson();
    }
}

package io.github.camelaiflow.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import java.time.Instant;

/**
 * Where a trial stands, as the store keeps it: what the decisions so far have led to. Immutable.
 *
 * <p>A trial has a clock of its own, in milliseconds, that runs while a node of the flow runs and the stage is RUNNING
 * ({@link TrialClock}). Wall clocks are for people only.
 *
 * @param number how many decisions it took, from 1
 * @param step the canary's step, from 0
 * @param since when the step began, by the wall clock of the node that decided it
 * @param ran the trial's clock at the last decision
 * @param stepFrom the trial's clock when the step began
 * @param until the trial's clock at the horizon
 * @param answersFrom how many records the canary had answered when the step began
 * @param decision the last decision
 */
record TrialState(
        long number,
        Stage stage,
        int step,
        Instant since,
        long ran,
        long stepFrom,
        long until,
        long answersFrom,
        RolloutDecision decision) {

    /** Whether the canary is still on trial. */
    boolean open() {
        return stage != Stage.PROMOTED && stage != Stage.ROLLED_BACK;
    }

    /** The share the canary has of the records. */
    double share(RolloutPlan.Canary canary) {
        return switch (stage) {
            case PROMOTED -> 1;
            case ROLLED_BACK -> 0;
            default -> canary.steps().get(step);
        };
    }

    /** The same with that decision as the last. */
    TrialState by(RolloutDecision last) {
        return new TrialState(number, stage, step, since, ran, stepFrom, until, answersFrom, last);
    }

    /** The same as what another state led to. */
    TrialState after(TrialState earlier) {
        return new TrialState(
                earlier.number + 1,
                stage,
                earlier.step,
                earlier.since,
                ran,
                earlier.stepFrom,
                earlier.until,
                earlier.answersFrom,
                decision);
    }

    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("number", number).put("stage", stage.name()).put("step", step);
        json.put("since", since.toString()).put("ran", ran).put("stepFrom", stepFrom);
        json.put("until", until).put("answersFrom", answersFrom);
        json.set("decision", DecisionJson.write(decision));
        return json.toString();
    }

    /** @throws IllegalArgumentException if it is not one of {@link #toJson()} for a canary of so many steps */
    static TrialState ofJson(String content, int steps) {
        JsonNode json = DecisionJson.parse(content);
        int step = DecisionJson.required(json, "step").asInt();
        if (step < 0 || step >= steps) {
            throw new IllegalArgumentException("step is not one of the plan's");
        }
        return new TrialState(
                DecisionJson.required(json, "number").asLong(),
                Stage.valueOf(DecisionJson.text(json, "stage")),
                step,
                DecisionJson.instant(json, "since"),
                DecisionJson.required(json, "ran").asLong(),
                DecisionJson.required(json, "stepFrom").asLong(),
                DecisionJson.required(json, "until").asLong(),
                DecisionJson.required(json, "answersFrom").asLong(),
                DecisionJson.read(DecisionJson.required(json, "decision")));
    }
}

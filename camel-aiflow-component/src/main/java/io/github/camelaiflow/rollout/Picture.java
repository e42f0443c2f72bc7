package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.evidence.Judgement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that records and readers need to know, at one moment. Immutable.
 *
 * @param state the trial's; {@code null} without a canary, or while the store has not been reached
 */
record Picture(
        TrialState state, Arms arms, Map<String, Judgement> judgements, String waiting, long unwritten, long lost) {

    Picture {
        judgements = Collections.unmodifiableMap(new LinkedHashMap<>(judgements));
    }

    /** Whether the canary is still compared. */
    boolean open() {
        return state != null && state.open();
    }

    /** Whether another version serves than the one all are compared with. */
    boolean promoted() {
        return state != null && state.stage() == RolloutDecision.Stage.PROMOTED;
    }
}

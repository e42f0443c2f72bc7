package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.evidence.Judgement;

/**
 * What is known of a trial over all nodes.
 *
 * @param judgement what the evidence says of the canary
 * @param ran the trial's clock, in ms
 * @param answers how many records the canary has answered
 * @param drifting whether the input drifts at any node
 */
record Facts(Judgement judgement, long ran, long answers, boolean drifting) {

    boolean worse() {
        return judgement.verdict() == Judgement.Status.WORSE;
    }
}

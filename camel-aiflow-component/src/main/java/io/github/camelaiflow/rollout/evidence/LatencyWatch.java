package io.github.camelaiflow.rollout.evidence;

import java.util.Arrays;

/**
 * Compares how many of the control's answers take longer than a threshold with how many of the treatment's take longer than
 * that and the margin. The threshold is the quantile of the control's last full block of answers on this node, so it follows
 * the load. If the treatment takes at most 1 + margin times as long, in distribution, the second rate is never higher, whatever
 * the threshold.
 */
final class LatencyWatch extends Watch {

    private static final int MIN_BLOCK = 200;
    private static final int MAX_BLOCK = 10_000;
    private static final double SLOWER_IN_BLOCK = 20;

    private final double stretch;
    private final double quantile;
    private final double centre;
    private final double[] block;
    private int filled;
    private double threshold = Double.NaN;

    LatencyWatch(Guardrail guardrail) {
        super(guardrail);
        stretch = 1 + guardrail.margin();
        quantile = guardrail.quantile();
        centre = tenth(1 - quantile);
        double wanted = SLOWER_IN_BLOCK / Math.min(quantile, 1 - quantile);
        block = new double[(int) Math.max(MIN_BLOCK, Math.min(MAX_BLOCK, wanted))];
    }

    @Override
    void randomised(boolean treatment, double share, Observation answer, long times) {
        if (Double.isNaN(answer.millis())) {
            return;
        }
        findings().millis(treatment).add(answer.millis(), times);
        if (!Double.isNaN(threshold)) {
            findings().difference(0).add(treatment, share, centre, slow(treatment, answer), times);
        }
        if (!treatment) {
            learn(answer.millis());
        }
    }

    @Override
    void paired(Observation control, Observation treatment) {
        if (Double.isNaN(control.millis()) || Double.isNaN(treatment.millis())) {
            return;
        }
        findings().millis(false).add(control.millis(), 1);
        findings().millis(true).add(treatment.millis(), 1);
        if (!Double.isNaN(threshold)) {
            findings().difference(0).addPairs(slow(false, control), slow(true, treatment), 1);
        }
        learn(control.millis());
    }

    private boolean slow(boolean treatment, Observation answer) {
        return answer.millis() > (treatment ? stretch * threshold : threshold);
    }

    private void learn(double millis) {
        block[filled++] = millis;
        if (filled == block.length) {
            Arrays.sort(block);
            threshold = block[(int) Math.ceil(quantile * block.length) - 1];
            filled = 0;
        }
    }
}

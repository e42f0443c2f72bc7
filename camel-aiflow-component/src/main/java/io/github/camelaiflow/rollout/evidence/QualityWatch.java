package io.github.camelaiflow.rollout.evidence;

/**
 * Compares mean losses as labels come, whenever that is. A block ends as soon as it has a loss of either arm, and gives the
 * difference of its means: when to end doesn't depend on the losses, so the difference is right on average.
 */
final class QualityWatch extends Watch {

    private final double[] sums = new double[2];
    private final long[] counts = new long[2];

    QualityWatch(Guardrail guardrail) {
        super(guardrail);
    }

    @Override
    void labelled(boolean treatment, double loss) {
        findings().losses(treatment).add(loss);
        int arm = treatment ? 1 : 0;
        sums[arm] += loss;
        counts[arm]++;
        if (counts[0] > 0 && counts[1] > 0) {
            double difference = sums[1] / counts[1] - sums[0] / counts[0];
            findings().mean().add(Math.max(-1, Math.min(1, difference)));
            for (int i = 0; i < counts.length; i++) {
                sums[i] = 0;
                counts[i] = 0;
            }
        }
    }
}

package io.github.camelaiflow.statistics.change;

/**
 * What a mean loss is at most as long as nothing has changed, and what run length an e-detector must have on that.
 *
 * <p>A rate that was learned from labels is replaced by an upper confidence bound that is too low with a chance of at most δ,
 * over what labels might have been. Where it holds, the run length is at least L on average; so over all labels it is at least
 * (1 - δ) L, which is made N by L = N / (1 - δ). An estimate in place of the bound would not do: half the time it is too
 * low, and then alarms come early, however many labels there are.
 *
 * <p>The mean of run lengths is kind to a detector that is often too timid and sometimes much too bold. So δ is small, .05 and of
 * the order 1 / N where N is large, to keep the mean frequency of alarms at most 1 / N as well: where the bound holds it is above the
 * rate, and alarms are several times rarer than 1 / N; where it fails it fails by little, and they may be as frequent as one in
 * some 600 values for the mean to stay below 1 / N. No proof, but measured: docs/detectors.md.
 *
 * @param mean more than 0, at most 1
 * @param runLength L
 * @param miss δ; 0 for a known rate
 */
record Baseline(double mean, double runLength, double miss) {

    private static final double MOST_MISS = 0.05;
    private static final double USUAL_FALSE_ALARMS = 10_000;

    static Baseline known(double rate, double falseAlarms) {
        return new Baseline(rate, falseAlarms, 0);
    }

    static Baseline learned(ReferenceLosses losses, double falseAlarms) {
        double miss = MOST_MISS * Math.min(1, USUAL_FALSE_ALARMS / falseAlarms);
        return new Baseline(losses.upperLimit(miss), falseAlarms / (1 - miss), miss);
    }
}

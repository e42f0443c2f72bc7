package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Distances;
import io.github.camelaiflow.statistics.KolmogorovSmirnov;
import org.apache.commons.rng.UniformRandomProvider;

/** Kolmogorov–Smirnov over a field's finite numbers. */
record ValueTest(double[] reference, double[] window, double minimumEffect, KolmogorovSmirnov test)
        implements FieldTest {

    private static final int FEWEST = 2;

    @Override
    public String name() {
        return DistanceTest.KOLMOGOROV_SMIRNOV.label();
    }

    @Override
    public boolean informative() {
        return differ(reference, window);
    }

    /** A single value in both leaves nothing to compare. */
    static boolean differ(double[] reference, double[] window) {
        if (reference.length == 0 || window.length == 0) {
            double[] all = reference.length == 0 ? window : reference;
            return all.length > 0 && all[0] != all[all.length - 1];
        }
        double low = Math.min(reference[0], window[0]);
        double high = Math.max(reference[reference.length - 1], window[window.length - 1]);
        return low != high;
    }

    @Override
    public boolean canReject(double level) {
        return KolmogorovSmirnov.canReject(reference.length, window.length, level);
    }

    @Override
    public Outcome run(double level, UniformRandomProvider random) {
        if (reference.length < FEWEST || window.length < FEWEST) {
            return new Untestable();
        }
        KolmogorovSmirnov.Result result = test.test(reference, window);
        double effect = Distances.standardizedWasserstein(reference, window);
        return new Tested(result.statistic(), result.pValue(), effect, reference.length, window.length, test);
    }

    private record Tested(double statistic, double pValue, double effectSize, int n, int m, KolmogorovSmirnov test)
            implements Outcome {

        @Override
        public double threshold(double level) {
            return test.criticalValue(n, m, level, statistic);
        }
    }
}

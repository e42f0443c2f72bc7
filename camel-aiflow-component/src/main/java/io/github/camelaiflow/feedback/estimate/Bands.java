package io.github.camelaiflow.feedback.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/**
 * A window's metrics with bands: each metric of many drawn truths. A band leaves out half of what its level allows, with weights a
 * quarter; the rest is for what draws don't know: where the blocks of the fit begin, the form of the weights, the number of draws.
 */
final class Bands {

    private Bands() {}

    static List<EstimatedMetric> of(ScoredRows window, Calibration calibration, EstimateConfig config) {
        Quality quality = new Quality(window);
        double[] values = quality.of(calibration.probabilities(window));
        List<double[]> drawn = new ArrayList<>();
        Draws draws = new Draws(window, calibration, config.seed(), 0);
        if (window.sampled) {
            // A sample's mix of rows differs from the whole window's by chance: the bootstrap says by how much.
            SharedStateDiscreteSampler poisson = PoissonSampler.of(draws.random(), 1);
            double[] counts = new double[window.size()];
            draws.each(config.draws(), truth -> {
                Arrays.setAll(counts, i -> poisson.sample());
                drawn.add(quality.of(truth, counts));
            });
        } else {
            draws.each(config.draws(), truth -> drawn.add(quality.of(truth)));
        }
        double tail = (1 - config.level()) / (calibration.replicates().size() > 1 ? 8 : 4);
        List<EstimatedMetric> metrics = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            double value = values[metric.ordinal()];
            double[] sorted = drawn.stream()
                    .mapToDouble(each -> each[metric.ordinal()])
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            if (Double.isFinite(value) && sorted.length > config.draws() / 2) {
                int cut = (int) Math.floor(tail * (sorted.length + 1));
                int least = Math.max(0, cut - 1);
                metrics.add(new EstimatedMetric(
                        metric,
                        value,
                        Math.min(value, sorted[least]),
                        Math.max(value, sorted[sorted.length - 1 - least])));
            }
        }
        return metrics;
    }
}

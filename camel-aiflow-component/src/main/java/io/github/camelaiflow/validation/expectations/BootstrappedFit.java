package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * Whether samples drawn from a column fit a distribution given by bins: GX's bootstrapped Kolmogorov-Smirnov test, the share of
 * samples whose p value reaches the limit. The draws come from a fixed seed, so the same batch gives the same answer.
 */
record BootstrappedFit(Bins bins, double p, int samples, int sampleSize) implements BatchCheck {

    private static final double DEFAULT_P = 0.05;
    private static final int DEFAULT_SAMPLES = 1000;
    private static final long MAX_DRAWS = 10_000_000;
    private static final long SEED = 20_250_101;

    static BatchCheck read(Arguments arguments) {
        double p = Weights.share(arguments, "p", DEFAULT_P);
        Integer samples = arguments.count("bootstrap_samples");
        Integer sampleSize = arguments.count("bootstrap_sample_size");
        Bins bins = Bins.read(arguments, "partition_object");
        if (bins == null) {
            return null;
        }
        if (bins.openBelow() || bins.openAbove()) {
            arguments.problem("Partition endpoints must be finite: give bins of partition_object finite ends");
        }
        if (bins.tails() != null && Weights.sum(bins.tails()) > 0) {
            arguments.problem("Partition cannot have tail weights: remove tail_weights from partition_object");
        }
        int times = samples == null ? DEFAULT_SAMPLES : samples;
        int size = sampleSize == null ? 2 * bins.weights().size() : sampleSize;
        if (times < 1 || size < 2 || (long) times * size > MAX_DRAWS) {
            arguments.problem(
                    "bootstrap_samples must be at least 1, bootstrap_sample_size at least 2, and both multiplied"
                            + " at most " + MAX_DRAWS);
        }
        return new BootstrappedFit(bins, p, times, size);
    }

    @Override
    public String requirement() {
        return "must fit the distribution of its partition, with a bootstrapped p value above " + p;
    }

    @Override
    public String notInWindows() {
        return "it draws samples from all values; use expect_column_kl_divergence_to_be_less_than in a window";
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(new Numbers("distribution"), (numbers, counted) -> judge(numbers.column()));
    }

    private Finding judge(NumberColumn column) {
        if (column.size() == 0) {
            return Finding.observed(false, null);
        }
        double[] edges = bins.edgeArray();
        double[] cumulated = cumulated(bins.weights());
        double observed = share(column.values(), edges, cumulated);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("bootstrap_samples", samples);
        details.put("bootstrap_sample_size", sampleSize);
        addObserved(column, edges, details);
        details.put("expected_partition", Map.of("bins", bins.edges(), "weights", bins.weights()));
        details.put("expected_cdf", cdf(bins.edges(), bins.weights()));
        return Finding.observed(observed > p, observed, details);
    }

    private double share(double[] values, double[] edges, double[] cumulated) {
        UniformRandomProvider random = SeededRandom.stream(SEED, values.length);
        KolmogorovSmirnovTest test = KolmogorovSmirnovTest.withDefaults();
        double[] sample = new double[sampleSize];
        int reached = 0;
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < sampleSize; j++) {
                sample[j] = values[random.nextInt(values.length)];
            }
            reached += test.test(sample, x -> interpolate(x, edges, cumulated)).getPValue() >= p ? 1 : 0;
        }
        return (1.0 + reached) / (samples + 1);
    }

    private static double[] cumulated(List<Double> weights) {
        double[] cumulated = new double[weights.size() + 1];
        for (int i = 0; i < weights.size(); i++) {
            cumulated[i + 1] = cumulated[i] + weights.get(i);
        }
        return cumulated;
    }

    private static double interpolate(double x, double[] edges, double[] cumulated) {
        if (x <= edges[0]) {
            return cumulated[0];
        }
        if (x >= edges[edges.length - 1]) {
            return Math.min(1, cumulated[edges.length - 1]);
        }
        int found = Arrays.binarySearch(edges, x + 0.0);
        int bin = found >= 0 ? found : -found - 2;
        double part = (x - edges[bin]) / (edges[bin + 1] - edges[bin]);
        return Math.min(1, cumulated[bin] + part * (cumulated[bin + 1] - cumulated[bin]));
    }

    /** What was observed, with bins of its own for numbers outside of those expected. */
    private void addObserved(NumberColumn column, double[] edges, Map<String, Object> details) {
        BinCounts counts = new BinCounts(edges);
        double[] sorted = column.sorted();
        for (double number : sorted) {
            counts.add(number);
        }
        List<Double> observedEdges = new ArrayList<>(bins.edges());
        List<Double> shares = new ArrayList<>(counts.shares());
        if (counts.below() > 0) {
            observedEdges.add(0, sorted[0]);
            shares.add(0, counts.below());
        }
        if (counts.above() > 0) {
            observedEdges.add(sorted[sorted.length - 1]);
            shares.add(counts.above());
        }
        details.put("observed_partition", Map.of("bins", observedEdges, "weights", shares));
        details.put("observed_cdf", cdf(observedEdges, shares));
    }

    private static Map<String, Object> cdf(List<Double> edges, List<Double> weights) {
        List<Double> values = new ArrayList<>();
        for (double value : cumulated(weights)) {
            values.add(value);
        }
        return Map.of("x", edges, "cdf_values", values);
    }
}

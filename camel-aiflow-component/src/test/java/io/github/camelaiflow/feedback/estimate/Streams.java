package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Seeded rows of a known law: inputs x and z are normal, P(yes) = Φ(x + slope·z - 0.3), and a score that knows x alone, right on
 * average over a standard normal z. With slope 0 the score is right at every input.
 */
final class Streams {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    final double slope;
    final DoubleUnaryOperator distortion;

    Streams(double slope, DoubleUnaryOperator distortion) {
        this.slope = slope;
        this.distortion = distortion;
    }

    static Streams calibrated() {
        return new Streams(0, p -> p);
    }

    /** Means and spreads of the inputs. */
    record Mix(double x, double spread, double z) {

        static final Mix REFERENCE = new Mix(0, 1, 0);
    }

    List<Outcome> rows(int size, Mix mix, UniformRandomProvider random) {
        return rows(size, mix, 0, random);
    }

    /** @param concept added to the index behind the truth: 0 as the score knows it */
    List<Outcome> rows(int size, Mix mix, double concept, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        List<Outcome> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            double x = mix.x + mix.spread * normal.sample();
            double z = mix.z + normal.sample();
            double p = NORMAL.cumulativeProbability(x + slope * z - 0.3 + concept);
            double known = NORMAL.cumulativeProbability((x - 0.3) / Math.sqrt(1 + slope * slope));
            rows.add(outcome(i, distortion.applyAsDouble(known), random.nextDouble() < p, x + ";" + z));
        }
        return rows;
    }

    static Outcome outcome(int id, double score, boolean truth, String bins) {
        Predicted predicted = new Predicted(
                "p" + id,
                null,
                "v1",
                null,
                score >= 0.5 ? "yes" : "no",
                Double.NaN,
                Map.of("yes", score),
                bins,
                Instant.EPOCH);
        return new Outcome(predicted, new Truth(truth ? "yes" : "no", Double.NaN, 1, Instant.EPOCH));
    }

    /** The inputs, which these streams keep where bins are. */
    static Map<String, Object> row(Outcome outcome) {
        String[] inputs = outcome.predicted().bins().split(";");
        return Map.of("x", Double.valueOf(inputs[0]), "z", Double.valueOf(inputs[1]));
    }

    static List<BaselineRow> baseline(List<Outcome> outcomes, boolean rows) {
        return outcomes.stream()
                .map(outcome -> BaselineRow.of(outcome, rows ? row(outcome) : null))
                .toList();
    }

    static List<Predicted> predicted(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::predicted).toList();
    }

    static List<Map<String, Object>> records(List<Outcome> outcomes) {
        return outcomes.stream().map(Streams::row).toList();
    }

    /** The true quality of labelled rows, one number a metric. */
    static double[] realised(List<Outcome> outcomes) {
        return realised(outcomes, "yes");
    }

    static double[] realised(List<Outcome> outcomes, String positive) {
        ScoredRows rows = ScoredRows.ofOutcomes(
                new Labels(List.of(positive), true), outcomes, null, EstimateConfig.DEFAULT.withMostRows(10_000_000));
        return new Quality(rows).of(rows.truth);
    }
}

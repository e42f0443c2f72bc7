package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate.Method;
import io.github.camelaiflow.feedback.estimate.Streams.Mix;
import io.github.camelaiflow.feedback.estimate.Trust.Verdict;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/** When estimates are doubted: by chance at most as often as said, and where they are wrong. */
class TrustTest {

    private static final int REPETITIONS = Repetitions.of(500);
    private static final double LEVEL = 0.05;
    private static final EstimateConfig CONFIG =
            EstimateConfig.DEFAULT.withPositive("yes").withAlpha(LEVEL);

    @Test
    void labelsThatFitAreDoubtedAtMostAtTheLevel() {
        for (int[] size : new int[][] {{1000, 200}, {2000, 2000}}) {
            int doubted = 0;
            for (int i = 0; i < REPETITIONS; i++) {
                doubted += check(i, size[0], size[1], 0).trust().verdict() == Verdict.DOUBTFUL ? 1 : 0;
            }
            System.out.printf(
                    "labels that fit, %d against %d: doubted %d of %d%n", size[0], size[1], doubted, REPETITIONS);
            assertThat(chanceOfSoMany(doubted)).isGreaterThan(0.01);
        }
    }

    @Test
    void labelsOfAnotherRelationAreFound() {
        for (int[] size : new int[][] {{1000, 200}, {2000, 2000}}) {
            int doubted = 0;
            for (int i = 0; i < REPETITIONS; i++) {
                doubted += check(i, size[0], size[1], -0.5).trust().verdict() == Verdict.DOUBTFUL ? 1 : 0;
            }
            System.out.printf(
                    "another relation, %d against %d: found %d of %d%n", size[0], size[1], doubted, REPETITIONS);
            assertThat(doubted).isGreaterThan(REPETITIONS * 9 / 10);
        }
    }

    private static LabelCheck check(int seed, int reference, int window, double concept) {
        UniformRandomProvider random = SeededRandom.stream(seed, reference, window);
        Streams streams = Streams.calibrated();
        PerformanceEstimator estimator = PerformanceEstimator.unchecked(
                Streams.baseline(streams.rows(reference, Mix.REFERENCE, random), false), CONFIG.withSeed(seed));
        return estimator.check(streams.rows(window, new Mix(random.nextDouble() - 0.5, 1, 0), concept, random));
    }

    @Test
    void aGoodReferenceIsDoubtedAtMostAtTheLevelForEachReason() {
        Map<Doubt, Integer> doubted = new EnumMap<>(Doubt.class);
        for (int i = 0; i < REPETITIONS; i++) {
            List<Outcome> reference = Streams.calibrated().rows(1000, Mix.REFERENCE, SeededRandom.stream(i, 7));
            PerformanceEstimator estimator =
                    PerformanceEstimator.of(Streams.baseline(reference, true), CONFIG.withSeed(i));
            estimator.trust(Method.CBPE).doubts().forEach(doubt -> doubted.merge(doubt, 1, Integer::sum));
        }
        System.out.println("doubts of good references: " + doubted + " of " + REPETITIONS);
        doubted.forEach((doubt, count) ->
                assertThat(chanceOfSoMany(count)).as(doubt.toString()).isGreaterThan(0.01));
    }

    private static double chanceOfSoMany(int count) {
        return count == 0 ? 1 : 1 - BinomialDistribution.of(REPETITIONS, LEVEL).cumulativeProbability(count - 1);
    }

    @Test
    void calibrationThatDependsOnInputsSpeaksAgainstCbpeAlone() {
        UniformRandomProvider random = SeededRandom.stream(1);
        List<Outcome> reference = new Streams(0.8, p -> p).rows(5000, Mix.REFERENCE, random);
        PerformanceEstimator estimator = PerformanceEstimator.of(Streams.baseline(reference, true), CONFIG);
        assertThat(estimator.trust(Method.CBPE).doubts()).containsExactly(Doubt.DEPENDS_ON_INPUTS);
        assertThat(estimator.trust(Method.WEIGHTED).verdict()).isEqualTo(Verdict.BELIEVED);
        List<Outcome> window = new Streams(0.8, p -> p).rows(1000, new Mix(0, 1, 0.5), random);
        PerformanceEstimate weighted = estimator.estimate(Streams.predicted(window), Streams.records(window));
        assertThat(weighted.method()).isEqualTo(Method.WEIGHTED);
        assertThat(weighted.trust().verdict()).isEqualTo(Verdict.BELIEVED);
        assertThat(estimator.check(window, Streams.records(window)).trust().verdict())
                .isEqualTo(Verdict.BELIEVED);
        assertThat(estimator.check(window).trust().doubts()).containsExactly(Doubt.LABELS_DISAGREE);
        assertThat(weighted.with(estimator.check(window)).trust().verdict()).isEqualTo(Verdict.DOUBTFUL);
    }

    @Test
    void aReferenceWhoseRelationMovedIsFoundOnItsOwnPeriods() {
        UniformRandomProvider random = SeededRandom.stream(2);
        List<Outcome> reference = new ArrayList<>(Streams.calibrated().rows(2000, Mix.REFERENCE, random));
        reference.addAll(Streams.calibrated().rows(500, Mix.REFERENCE, 0.7, random));
        PerformanceEstimator estimator = PerformanceEstimator.of(Streams.baseline(reference, true), CONFIG);
        assertThat(estimator.trust(Method.CBPE).doubts()).contains(Doubt.PERIODS_DISAGREE);
        assertThat(estimator.trust(Method.WEIGHTED).doubts()).contains(Doubt.PERIODS_DISAGREE);
    }

    @Test
    void inputsThatTheReferenceHasNothingLikeAreTold() {
        UniformRandomProvider random = SeededRandom.stream(3);
        Streams streams = Streams.calibrated();
        PerformanceEstimator estimator =
                PerformanceEstimator.of(Streams.baseline(streams.rows(2000, Mix.REFERENCE, random), true), CONFIG);
        List<Outcome> window = streams.rows(500, new Mix(0, 1, 6), random);
        PerformanceEstimate estimate = estimator.estimate(Streams.predicted(window), Streams.records(window));
        assertThat(estimate.trust().doubts()).contains(Doubt.OUTSIDE_REFERENCE, Doubt.REFERENCE_UNLIKE_WINDOW);
        assertThat(estimate.effectiveRows()).isLessThan(200);
        assertThat(estimate.outside()).isGreaterThan(0.9);
    }

    @Test
    void rowsChosenForLabellingCountByTheirChance() {
        UniformRandomProvider random = SeededRandom.stream(4);
        Streams streams = Streams.calibrated();
        PerformanceEstimator estimator =
                PerformanceEstimator.of(Streams.baseline(streams.rows(2000, Mix.REFERENCE, random), false), CONFIG);
        List<Outcome> chosen = new ArrayList<>();
        for (Outcome outcome : streams.rows(3000, Mix.REFERENCE, random)) {
            double selection = outcome.predicted().label().equals("yes") ? 1 : 0.1;
            if (random.nextDouble() < selection) {
                chosen.add(new Outcome(
                        outcome.predicted(),
                        new Truth(
                                outcome.truth().label(),
                                Double.NaN,
                                selection,
                                outcome.truth().time())));
            }
        }
        assertThat(estimator.check(chosen).trust().verdict()).isEqualTo(Verdict.BELIEVED);
    }
}

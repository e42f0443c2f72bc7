package io.github.camelaiflow.validation.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    /** Summed over all the sample may show: exact, no simulation. */
    @ParameterizedTest
    @CsvSource({"20,20,0.05", "50,10,0.05", "10,100,0.01", "75,100,0.002"})
    void moreEventsComeWithAtMostAlpha(int sample, int batch, double alpha) {
        for (double rate : new double[] {0.001, 0.01, 0.05, 0.3, 0.5, 0.9}) {
            BinomialDistribution seen = BinomialDistribution.of(sample, rate);
            BinomialDistribution coming = BinomialDistribution.of(batch, rate);
            double more = 0;
            for (int events = 0; events <= sample; events++) {
                more += seen.probability(events)
                        * coming.survivalProbability(Forecast.eventsAtMost(events, sample, batch, alpha));
            }
            assertThat(more).as("at a rate of %s", rate).isLessThanOrEqualTo(alpha);
        }
    }

    @ParameterizedTest
    @CsvSource({"50,50,2", "50,200,2", "200,30,10"})
    void moreValuesLieInTheGapsWithAboutAlphaAndNotMore(int sample, int batch, int gaps) {
        double alpha = 0.05;
        int most = Forecast.inGapsAtMost(gaps, sample, batch, alpha);
        UniformRandomProvider random = SeededRandom.stream(3, sample, batch);
        int trials = 20_000;
        int more = 0;
        int asMany = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] ordered = ordered(sample, random);
            int outside = 0;
            for (double value : ordered(batch, random)) {
                outside += value < ordered[gaps / 2 - 1] || value > ordered[sample - gaps / 2] ? 1 : 0;
            }
            more += outside > most ? 1 : 0;
            asMany += outside >= most ? 1 : 0;
        }
        int bound = BinomialDistribution.of(trials, alpha).inverseCumulativeProbability(1 - 1e-6);
        assertThat(more).isLessThanOrEqualTo(bound);
        assertThat(asMany).as("with one less it would not hold").isGreaterThan((int) (0.9 * alpha * trials));
    }

    @Test
    void aBatchsMedianExceedsTheRankWithAtMostAlpha() {
        int sample = 100;
        int batch = 41;
        int rank = Forecast.rankAbove(21, sample, batch, 0.05);
        UniformRandomProvider random = SeededRandom.stream(4);
        int trials = 20_000;
        int above = 0;
        int aboveNext = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] ordered = ordered(sample, random);
            double median = ordered(batch, random)[20];
            above += median > ordered[rank - 1] ? 1 : 0;
            aboveNext += median > ordered[rank - 2] ? 1 : 0;
        }
        assertThat(above)
                .isLessThanOrEqualTo(BinomialDistribution.of(trials, 0.05).inverseCumulativeProbability(1 - 1e-6));
        assertThat(aboveNext).isGreaterThan((int) (0.048 * trials));
    }

    @Test
    void aSampleTooSmallHasNoRank() {
        assertThat(Forecast.rankAbove(50, 5, 100, 0.001)).isEqualTo(6);
        assertThat(Forecast.eventsAtMost(0, 0, 10, 0.05)).isEqualTo(10);
        assertThat(Forecast.inGapsAtMost(2, 2, 10, 0.001)).isEqualTo(10);
    }

    @Test
    void stepsCoverEverySizeOnce() {
        for (int[] range : new int[][] {{1, 1}, {1, 10}, {90, 100}, {1, 1000}, {0, 3}, {70_000, 100_000}}) {
            int next = Math.max(1, range[0]);
            for (int[] step : Forecast.steps(range[0], range[1])) {
                assertThat(step[0]).isEqualTo(next);
                assertThat(step[1]).isGreaterThanOrEqualTo(step[0]);
                next = step[1] + 1;
            }
            assertThat(next).isEqualTo(range[1] + 1);
        }
    }

    private static double[] ordered(int size, UniformRandomProvider random) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> random.nextDouble());
        Arrays.sort(values);
        return values;
    }
}

package io.github.camelaiflow.validation.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A later batch of the same distribution fails the suite with a chance of at most alpha: measured, with seeds. */
class PromiseTest {

    private static final int TRIALS = 150;
    private static final double ALPHA = 0.1;

    /** More failures than that have a chance below one in a million if the promise holds. */
    private static final int FAILURES = BinomialDistribution.of(TRIALS, ALPHA).inverseCumulativeProbability(1 - 1e-6);

    @ParameterizedTest
    @EnumSource
    void aBatchFailsWithAtMostAlpha(Populations population) {
        int failures = 0;
        Set<String> broken = new TreeSet<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            UniformRandomProvider random = SeededRandom.stream(7, population.ordinal(), trial);
            SuggestSettings settings =
                    SuggestSettings.DEFAULT.withAlpha(ALPHA).withBatchSize(150).withSeed(trial);
            SuggestedSuite suite = SuiteSuggester.suggest("s", population.rows(400, random), settings);
            List<String> failed = Judge.brokenPromises(suite, population.rows(150, random));
            failures += failed.isEmpty() ? 0 : 1;
            broken.addAll(failed);
        }
        assertThat(failures).as("failed batches of %s, by %s", TRIALS, broken).isLessThanOrEqualTo(FAILURES);
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "100, 1000", "1000, 50", "40, 40"})
    void andSoDoesABatchOfManyColumns(int rows, int batch) {
        int failures = 0;
        List<String> broken = new ArrayList<>();
        int trials = 40;
        for (int trial = 0; trial < trials; trial++) {
            UniformRandomProvider random = SeededRandom.stream(8, rows, batch, trial);
            SuggestSettings settings = SuggestSettings.DEFAULT
                    .withAlpha(ALPHA)
                    .withBatchSize(batch)
                    .withSeed(trial);
            SuggestedSuite suite = SuiteSuggester.suggest("s", Populations.tables(rows, random), settings);
            List<String> failed = Judge.brokenPromises(suite, Populations.tables(batch, random));
            failures += failed.isEmpty() ? 0 : 1;
            broken.addAll(failed);
        }
        assertThat(failures)
                .as("failed batches of %s, by %s", trials, broken)
                .isLessThanOrEqualTo(BinomialDistribution.of(trials, ALPHA).inverseCumulativeProbability(1 - 1e-6));
    }

    /** What the bounds are for: the sample's own limits and shares, taken as they are, fail most later batches. */
    @Test
    void theSamplesMinimumAndMaximumWouldNotDo() {
        int outside = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            UniformRandomProvider random = SeededRandom.stream(9, trial);
            double[] range = range(Populations.NORMAL.rows(400, random));
            double[] later = range(Populations.NORMAL.rows(150, random));
            outside += later[0] < range[0] || later[1] > range[1] ? 1 : 0;
        }
        assertThat(outside).isGreaterThan(FAILURES);
    }

    private static double[] range(List<Map<String, Object>> rows) {
        return new double[] {
            rows.stream().mapToDouble(row -> (double) row.get("c")).min().orElseThrow(),
            rows.stream().mapToDouble(row -> (double) row.get("c")).max().orElseThrow()
        };
    }
}

package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.TableStatistic;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the values of a reference and a window can be compared. Every one has a threshold calibrated for both sizes: exactly for {@link
 * #KOLMOGOROV_SMIRNOV}, by permutation for the others. Numbers are counted for that on a grid that depends on both samples together
 * alone: 256 columns of equal mass with their places for {@link #WASSERSTEIN} and {@link #ENERGY}, ⌈log2 n⌉ + 1 columns of equal
 * width in normal scores for the rest.
 */
public enum DistanceTest {
    /** Largest difference of the distribution functions; the default for numbers. */
    KOLMOGOROV_SMIRNOV(true, null),
    /**
     * Area between the distribution functions, in standard deviations of both samples together. Sees a shift best; of values with
     * very heavy tails it sees the largest alone.
     */
    WASSERSTEIN(true, null),
    /** Energy distance, in roots of the standard deviation of both samples together; as {@link #WASSERSTEIN}. */
    ENERGY(true, null),
    /** Jensen–Shannon distance with natural logarithms, from 0 to 0.83. */
    JENSEN_SHANNON(false, TableStatistic.JENSEN_SHANNON),
    /** Population stability index, with half a count added to each cell. */
    PSI(false, TableStatistic.PSI),
    /** Hellinger distance, from 0 to 1. */
    HELLINGER(false, TableStatistic.HELLINGER),
    /** Pearson's chi-squared statistic; the default for categories. */
    CHI_SQUARED(false, TableStatistic.CHI_SQUARED),
    /** Total variation distance, from 0 to 1. */
    TOTAL_VARIATION(false, TableStatistic.TOTAL_VARIATION);

    private final boolean numbersOnly;
    private final TableStatistic statistic;

    DistanceTest(boolean numbersOnly, TableStatistic statistic) {
        this.numbersOnly = numbersOnly;
        this.statistic = statistic;
    }

    /** As definitions and reports write it, such as {@code kolmogorov-smirnov}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one a definition names.
     *
     * @throws IllegalArgumentException if there is none of that {@link #label}
     */
    public static DistanceTest named(String label) {
        return Arrays.stream(values())
                .filter(test -> test.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a test of drift must be one of "
                        + Arrays.stream(values()).map(DistanceTest::label).collect(Collectors.joining(", "))));
    }

    /** Whether it needs an order of the values, so that categories cannot be compared by it. */
    public boolean numbersOnly() {
        return numbersOnly;
    }

    /** What is computed of counts; {@code null} where places matter. */
    TableStatistic statistic() {
        return statistic;
    }
}

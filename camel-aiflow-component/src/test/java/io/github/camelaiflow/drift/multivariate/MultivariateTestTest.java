package io.github.camelaiflow.drift.multivariate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.statistics.Binomial;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** False alarms, power and odd data of tests that look at all columns together. */
class MultivariateTestTest {

    /** Repetitions of a simulation: a tenth in CI. */
    private static final int REPETITIONS = Repetitions.of(2_000);

    private static final double LEVEL = 0.05;
    private static final List<FieldKind> KINDS =
            List.of(FieldKind.NUMBER, FieldKind.NUMBER, FieldKind.NUMBER, FieldKind.CATEGORY);

    private static Object[] independent(UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double x = normal.sample();
        return new Object[] {x, normal.sample(), Math.exp(3 * normal.sample()), "c" + random.nextInt(4)};
    }

    /** The same margins, but the second column goes with the first. */
    private static Object[] dependent(UniformRandomProvider random) {
        Object[] row = independent(random);
        row[1] = 0.9 * (double) row[0] + Math.sqrt(1 - 0.81) * (double) row[1];
        return row;
    }

    private static List<Object[]> rows(int size, Function<UniformRandomProvider, Object[]> row, long seed) {
        UniformRandomProvider random = SeededRandom.stream(seed);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rows.add(row.apply(random));
        }
        return rows;
    }

    private static double pValue(
            MultivariateTest test, Function<UniformRandomProvider, Object[]> window, int size, long seed) {
        Points points = Points.of(
                KINDS, rows(size, MultivariateTestTest::independent, 2 * seed), rows(size, window, 2 * seed + 1));
        return test.test(points, LEVEL, SeededRandom.stream(seed, 9)).pValue();
    }

    @ParameterizedTest
    @EnumSource
    void alarmsFalselyAtMostAsOftenAsTheLevelSays(MultivariateTest test) {
        int alarms = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            alarms += pValue(test, MultivariateTestTest::independent, 60, i) <= LEVEL ? 1 : 0;
        }
        assertThat(Binomial.lowerLimit(alarms, REPETITIONS, 0.99)).isLessThanOrEqualTo(LEVEL);
        assertThat(Binomial.upperLimit(alarms, REPETITIONS, 0.999))
                .as("not so cautious as to be of no use")
                .isGreaterThan(0.01);
    }

    @ParameterizedTest
    @EnumSource
    void findsColumnsThatNoLongerGoTogether(MultivariateTest test) {
        int found = 0;
        for (int i = 0; i < 20; i++) {
            Points points = Points.of(
                    KINDS,
                    rows(400, MultivariateTestTest::dependent, 1000 + i),
                    rows(400, MultivariateTestTest::independent, 2000 + i));
            found += test.test(points, LEVEL, SeededRandom.stream(i)).pValue() <= LEVEL ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(19);
    }

    @ParameterizedTest
    @EnumSource
    void isExactlyRejectedAboveItsThreshold(MultivariateTest test) {
        for (int i = 0; i < 20; i++) {
            Points points = Points.of(
                    KINDS,
                    rows(80, MultivariateTestTest::independent, i),
                    rows(
                            80,
                            i % 2 == 0 ? MultivariateTestTest::dependent : MultivariateTestTest::independent,
                            500 + i));
            MultivariateResult result = test.test(points, LEVEL, SeededRandom.stream(i));
            if (!Double.isNaN(result.threshold())) {
                assertThat(result.statistic() > result.threshold()).isEqualTo(result.pValue() <= LEVEL);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void oddDataIsComparedToo(MultivariateTest test) {
        List<Function<UniformRandomProvider, Object[]>> kinds = List.of(
                random -> new Object[] {1.0, 1.0, 1.0, "a"},
                random -> new Object[] {null, null, null, null},
                random -> new Object[] {
                    1e308 * random.nextDouble(), Double.POSITIVE_INFINITY, Double.NaN, FieldValue.UNREADABLE
                },
                random -> new Object[] {"text", true, random.nextDouble(), random.nextInt()});
        for (Function<UniformRandomProvider, Object[]> row : kinds) {
            Points same = Points.of(KINDS, rows(30, row, 1), rows(30, row, 2));
            MultivariateResult result = test.test(same, LEVEL, SeededRandom.stream(3));
            assertThat(result.pValue()).isGreaterThan(0).isLessThanOrEqualTo(1);
            assertThat(result.effectSize()).isFinite();
        }
    }

    /** Of a reference infinite numbers are not kept. */
    @Test
    void anInfiniteNumberIsNone() {
        Points points = Points.of(
                List.of(FieldKind.NUMBER),
                List.of(new Object[] {null}, new Object[] {1.0}),
                List.of(new Object[] {Double.POSITIVE_INFINITY}, new Object[] {Double.NEGATIVE_INFINITY}));
        assertThat(points.all()[2]).isEqualTo(points.all()[0]);
        assertThat(points.all()[3]).isEqualTo(points.all()[0]);
    }

    @Test
    void theSameSeedGivesTheSameResult() {
        for (MultivariateTest test : MultivariateTest.values()) {
            assertThat(pValue(test, MultivariateTestTest::dependent, 40, 7))
                    .isEqualTo(pValue(test, MultivariateTestTest::dependent, 40, 7));
        }
    }

    @Test
    void tooFewRowsAreRefused() {
        Points few = Points.of(
                KINDS, rows(19, MultivariateTestTest::independent, 1), rows(50, MultivariateTestTest::independent, 2));
        assertThatThrownBy(() -> MultivariateTest.MMD.test(few, LEVEL, SeededRandom.stream(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 20 on each side, had 19 and 50");
    }
}

package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {

    private static final int RUNS = 200;

    /** Of all magnitudes, the smallest and the largest too. */
    private static double anyNumber(UniformRandomProvider random) {
        double number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : random.nextInt(100);
    }

    @Test
    void sumsAndSquaresAreThoseOfBigDecimal() {
        for (int run = 0; run < RUNS; run++) {
            UniformRandomProvider random = SeededRandom.stream(run);
            ExactSum sum = new ExactSum();
            ExactSum squares = new ExactSum();
            BigDecimal expected = BigDecimal.ZERO;
            BigDecimal expectedSquares = BigDecimal.ZERO;
            for (int i = 0; i < 50; i++) {
                double value = anyNumber(random);
                sum.add(value);
                squares.addSquare(value);
                BigDecimal exact = new BigDecimal(value);
                expected = expected.add(exact);
                expectedSquares = expectedSquares.add(exact.multiply(exact));
            }
            assertThat(sum.value()).isEqualTo(expected.doubleValue());
            assertThat(squares.value()).isEqualTo(expectedSquares.doubleValue());
            assertThat(new BigDecimal(sum.scaled())).isEqualByComparingTo(expected.multiply(two(2148)));
            assertThat(new BigDecimal(squares.scaled())).isEqualByComparingTo(expectedSquares.multiply(two(2148)));
        }
    }

    private static BigDecimal two(int power) {
        return BigDecimal.valueOf(2).pow(power, MathContext.UNLIMITED);
    }

    @Test
    void anySplitAndOrderGivesTheSameSum() {
        for (int run = 0; run < RUNS; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 1);
            ExactSum whole = new ExactSum();
            ExactSum[] parts = {new ExactSum(), new ExactSum(), new ExactSum()};
            for (int i = 0; i < 100; i++) {
                double value = anyNumber(random);
                whole.add(value);
                parts[random.nextInt(3)].add(value);
            }
            parts[2].merge(parts[0]);
            parts[2].merge(parts[1]);
            assertThat(parts[2]).isEqualTo(whole).hasToString(whole.toString()).hasSameHashCodeAs(whole);
            assertThat(ExactSum.parse(whole.toString())).isEqualTo(whole);
        }
    }

    @Test
    void whatCancelsIsGoneAndNothingElse() {
        ExactSum sum = new ExactSum();
        for (double value : new double[] {1e308, 1e-300, 1e308, 1, -1e308, -1e308, -1, Double.MIN_VALUE}) {
            sum.add(value);
        }
        assertThat(sum.value()).isEqualTo(1e-300);
        sum.add(-1e-300);
        assertThat(sum).hasToString("1p-1074");
        sum.add(-Double.MIN_VALUE);
        assertThat(sum).hasToString("0").isEqualTo(new ExactSum());
        sum.add(Double.MAX_VALUE);
        sum.add(Double.MAX_VALUE);
        assertThat(sum.value()).isInfinite();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "1", "p1", "1p", "01p1", "1p-2149", "1p4400", "1P1", "--1p1", "1p1 ", "1.5p1", "0p0", "gp1",
                "1p99999"
            })
    void whatIsNoSumIsRefused(String text) {
        assertThatThrownBy(() -> ExactSum.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void onlyFiniteNumbersAreTaken(double value) {
        assertThatThrownBy(() -> new ExactSum().add(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExactSum().addSquare(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void meanAndVarianceAreRightWhereOthersCancel() {
        ExactMoments moments = new ExactMoments();
        for (int i = 0; i < 1000; i++) {
            moments.add(1e15 + i % 2);
        }
        assertThat(moments.mean()).isEqualTo(1e15 + 0.5);
        assertThat(moments.variance(0)).isEqualTo(0.25);
        assertThat(moments.variance(1)).isCloseTo(250.0 / 999, within(1e-17));
        assertThat(moments.standardDeviation(0)).isEqualTo(0.5);
        assertThat(new ExactMoments().mean()).isNaN();
        assertThat(new ExactMoments().variance(0)).isNaN();
    }

    @Test
    void momentsOfAnySplitAreEqual() {
        for (int run = 0; run < RUNS; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 2);
            ExactMoments whole = new ExactMoments();
            ExactMoments left = new ExactMoments();
            ExactMoments right = new ExactMoments();
            for (int i = 0; i < 60; i++) {
                double value = anyNumber(random);
                whole.add(value);
                (random.nextBoolean() ? left : right).add(value);
            }
            left.merge(right);
            assertThat(left).isEqualTo(whole);
            assertThat(left.mean()).isEqualTo(whole.mean());
            assertThat(left.variance(1)).isEqualTo(whole.variance(1));
            assertThat(ExactMoments.of(whole.count(), whole.sum(), whole.squares(), whole.min(), whole.max()))
                    .isEqualTo(whole);
        }
    }

    @Test
    void momentsThatNoValuesCanHaveAreRefused() {
        ExactSum three = ExactSum.parse("3p0");
        ExactSum five = ExactSum.parse("5p0");
        assertThat(ExactMoments.of(2, three, five, 1, 2).mean()).isEqualTo(1.5);
        assertThatThrownBy(() -> ExactMoments.of(2, five, three, 1, 2)).hasMessageContaining("sum must fit");
        assertThatThrownBy(() -> ExactMoments.of(2, three, ExactSum.parse("1p0"), 1, 2))
                .hasMessageContaining("sum of squares must fit");
        assertThatThrownBy(() -> ExactMoments.of(2, three, ExactSum.parse("9p0"), 1, 2))
                .hasMessageContaining("sum of squares must fit");
        assertThatThrownBy(() -> ExactMoments.of(0, three, five, 1, 2)).hasMessageContaining("no values");
        assertThatThrownBy(() -> ExactMoments.of(-1, three, five, 1, 2)).hasMessageContaining("count");
        assertThatThrownBy(() -> ExactMoments.of(2, three, five, 2, 1)).hasMessageContaining("extremes");
        assertThatThrownBy(() -> ExactMoments.of(2, three, five, Double.NaN, 1)).hasMessageContaining("extremes");
    }
}

package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    @Test
    void withoutColumnsItIsTheLogarithmOfTheOdds() {
        boolean[] truth = new boolean[10];
        truth[0] = truth[1] = true;
        LogisticRegression fit = LogisticRegression.fit(new double[10][0], truth, 1);
        assertThat(fit.coefficients()).hasSize(1);
        assertThat(fit.coefficients()[0]).isCloseTo(Math.log(2.0 / 8), within(1e-6));
    }

    @Test
    void oneBinaryColumnGivesTheOddsRatio() {
        double[][] rows = new double[400][];
        boolean[] truth = new boolean[400];
        for (int i = 0; i < 400; i++) {
            rows[i] = new double[] {i % 2};
            truth[i] = i < (i % 2 == 0 ? 80 : 240);
        }
        LogisticRegression fit = LogisticRegression.fit(rows, truth, 1e-9);
        // 40 of 200 and 120 of 200
        assertThat(fit.coefficients()[0]).isCloseTo(Math.log(40.0 / 160), within(1e-5));
        assertThat(fit.coefficients()[1]).isCloseTo(Math.log(120.0 / 80 * 4), within(1e-5));
        // The known variance of a logarithm of odds: 1/successes + 1/failures
        UniformRandomProvider random = SeededRandom.stream(1);
        Moments drawn = new Moments();
        for (int i = 0; i < 20_000; i++) {
            drawn.add(fit.drawn(random).logOdds(new double[] {0}));
        }
        assertThat(drawn.mean()).isCloseTo(Math.log(0.25), within(0.01));
        assertThat(drawn.variance(1)).isCloseTo(1 / 40.0 + 1 / 160.0, within(0.001));
    }

    @Test
    void atTheSolutionTheGradientIsZero() {
        for (int seed = 0; seed < 20; seed++) {
            UniformRandomProvider random = SeededRandom.stream(seed);
            double[][] rows = new double[300][4];
            boolean[] truth = new boolean[300];
            for (int i = 0; i < 300; i++) {
                for (int j = 0; j < 4; j++) {
                    rows[i][j] = random.nextDouble() * 4 - 2;
                }
                truth[i] = random.nextDouble() < 1 / (1 + Math.exp(-rows[i][0] + rows[i][1] * rows[i][2]));
            }
            LogisticRegression fit = LogisticRegression.fit(rows, truth, 2);
            double[] gradient = new double[5];
            for (int i = 0; i < 300; i++) {
                double residual = (truth[i] ? 1 : 0) - 1 / (1 + Math.exp(-fit.logOdds(rows[i])));
                gradient[0] += residual;
                for (int j = 0; j < 4; j++) {
                    gradient[j + 1] += residual * rows[i][j];
                }
            }
            double[] coefficients = fit.coefficients();
            assertThat(gradient[0]).isCloseTo(0, within(1e-3));
            for (int j = 1; j < 5; j++) {
                assertThat(gradient[j]).isCloseTo(2 * coefficients[j], within(1e-3));
            }
        }
    }

    @Test
    void whatCanBeToldApartWhollyOrIsCollinearOrConstantStaysFinite() {
        double[][] rows = new double[100][];
        boolean[] truth = new boolean[100];
        for (int i = 0; i < 100; i++) {
            rows[i] = new double[] {i, i, 0, 1};
            truth[i] = i >= 50;
        }
        LogisticRegression fit = LogisticRegression.fit(rows, truth, 1);
        for (double coefficient : fit.coefficients()) {
            assertThat(coefficient).isFinite();
        }
        assertThat(fit.logOdds(rows[0])).isNegative();
        assertThat(fit.logOdds(rows[99])).isPositive();
        assertThat(fit.coefficients()[1]).isCloseTo(fit.coefficients()[2], within(1e-6));
        boolean[] all = new boolean[100];
        assertThat(LogisticRegression.fit(rows, all, 1).logOdds(rows[5]))
                .isFinite()
                .isLessThan(-3);
    }

    @Test
    void whatIsMissingIsTold() {
        assertThatThrownBy(() -> LogisticRegression.fit(new double[0][], new boolean[0], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogisticRegression.fit(new double[1][1], new boolean[2], 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogisticRegression.fit(new double[1][1], new boolean[1], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ridge");
    }
}

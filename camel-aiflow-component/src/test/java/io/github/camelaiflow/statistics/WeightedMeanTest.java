package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** Means of values seen by chance: expectations by listing all that can happen, against the plain bets, on and off the grid. */
class WeightedMeanTest {

    private static final double LEAST = 0.1;
    /** Records of two kinds: chance of the kind, of being seen, of a loss of 1. */
    private static final double[][] KINDS = {{0.7, 0.1, 0.05}, {0.3, 0.8, 0.6}};

    private static final double MEAN = 0.7 * 0.05 + 0.3 * 0.6;

    @Test
    void withAllSeenItIsTheBoundedMean() {
        WeightedMean mean = WeightedMean.ofEvents(1);
        BoundedMean plain = new BoundedMean(0, 1);
        UniformRandomProvider random = SeededRandom.stream(1);
        for (int i = 0; i < 500; i++) {
            double event = random.nextDouble() < 0.2 ? 1 : 0;
            mean.add(event, 1);
            plain.add(event);
        }
        assertThat(mean.logAbove(0.1)).isCloseTo(plain.logAbove(0.1), within(1e-9));
        assertThat(mean.logBelow(0.4)).isCloseTo(plain.logBelow(0.4), within(1e-9));
        assertThat(mean.lowerLimit(0.05)).isCloseTo(plain.lowerLimit(0.05), within(1e-9));
        assertThat(mean.upperLimit(0.05)).isCloseTo(plain.upperLimit(0.05), within(1e-9));
        assertThat(mean.mean()).isCloseTo(plain.sum() / plain.count(), within(1e-12));
    }

    @Test
    void theEvidenceHasAMeanOfOneAtTheMeanWhateverTheChanceDependsOn() {
        assertThat(expected(4, 1, WeightedMean.ofEvents(LEAST), MEAN, true)).isCloseTo(1, within(1e-9));
        assertThat(expected(4, 1, WeightedMean.ofEvents(LEAST), MEAN, false)).isCloseTo(1, within(1e-9));
        assertThat(expected(4, 1, WeightedMean.ofEvents(LEAST), MEAN + 0.05, true))
                .isLessThan(0.9999);
        assertThat(expected(4, 1, WeightedMean.ofEvents(LEAST), MEAN - 0.05, false))
                .isLessThan(0.9999);
    }

    private static double expected(int steps, double chance, WeightedMean so, double m, boolean above) {
        if (steps == 0) {
            return chance * Math.exp(above ? so.logAbove(m) : so.logBelow(m));
        }
        double sum = 0;
        for (double[] kind : KINDS) {
            sum += expected(steps - 1, chance * kind[0] * (1 - kind[1]), so, m, above);
            for (int loss = 0; loss < 2; loss++) {
                WeightedMean next = WeightedMean.ofEvents(LEAST);
                next.merge(so);
                next.add(loss, kind[1]);
                double here = kind[0] * kind[1] * (loss == 1 ? kind[2] : 1 - kind[2]);
                sum += expected(steps - 1, chance * here, next, m, above);
            }
        }
        return sum;
    }

    @Test
    void theGridOnlyLosesEvidenceAndLittleOfIt() {
        UniformRandomProvider random = SeededRandom.stream(2);
        WeightedMean mean = WeightedMean.ofValues(0.05);
        double[][] seen = new double[3000][];
        for (int i = 0; i < seen.length; i++) {
            // More chances than rows.
            seen[i] = new double[] {Math.pow(random.nextDouble(), 3), 0.05 + 0.95 * random.nextDouble()};
            mean.add(seen[i][0], seen[i][1]);
        }
        for (double m : new double[] {0.05, 0.15, 0.2, 0.24}) {
            double exact = exact(seen, 0.05, m);
            assertThat(mean.logAbove(m)).as("m %s", m).isLessThanOrEqualTo(exact + 1e-9);
            assertThat(mean.logAbove(m)).isCloseTo(exact, within(0.03 * Math.abs(exact) + 0.1));
        }
        double hajek = 0;
        double weights = 0;
        for (double[] one : seen) {
            hajek += one[0] / one[1];
            weights += 1 / one[1];
        }
        assertThat(mean.mean()).isCloseTo(hajek / weights, within(1e-9));
    }

    private static double exact(double[][] seen, double least, double m) {
        double[] logs = new double[Bets.COUNT];
        for (double[] one : seen) {
            double v = least / one[1];
            Bets.add(logs, m * (1 - v) + v * one[0], 1);
        }
        Bets.divide(logs, m, seen.length);
        return Bets.logMixture(logs);
    }

    @Test
    void aChangeOfTheMeanLeavesTheBoundsOnItsAverage() {
        int runs = 300;
        int missed = 0;
        for (int run = 0; run < runs; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 3);
            WeightedMean mean = WeightedMean.ofEvents(1);
            double average = 0;
            boolean wrong = false;
            for (int i = 1; i <= 2000; i++) {
                double now = 0.2 + 0.15 * Math.sin(i / 100.0) + (random.nextInt(2) - 0.5) / 10;
                average += (now - average) / i;
                mean.add(random.nextDouble() < now ? 1 : 0, 1);
                wrong |= i % 20 == 0 && (mean.lowerLimit(0.05) > average || mean.upperLimit(0.05) < average);
            }
            missed += wrong ? 1 : 0;
        }
        assertThat(Binomial.lowerLimit(missed, runs, 0.999)).isLessThanOrEqualTo(0.1);
    }

    @Test
    void nothingIsKnownWithoutValues() {
        WeightedMean mean = WeightedMean.ofValues(0.5);
        assertThat(mean.mean()).isNaN();
        assertThat(mean.lowerLimit(0.05)).isZero();
        assertThat(mean.upperLimit(0.05)).isEqualTo(1);
        assertThat(mean.logAbove(0.3)).isCloseTo(0, within(1e-12));
    }

    @Test
    void badValuesAreRefused() {
        WeightedMean mean = WeightedMean.ofEvents(0.5);
        assertThatThrownBy(() -> mean.add(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mean.add(1.1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mean.add(1, 0.4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WeightedMean.ofEvents(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mean.merge(WeightedMean.ofEvents(1))).isInstanceOf(IllegalArgumentException.class);
    }
}

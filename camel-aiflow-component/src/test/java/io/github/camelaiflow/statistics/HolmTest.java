package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class HolmTest {

    @Test
    void stepsDownUntilTheFirstThatHolds() {
        double[] p = {0.01, 0.04, 0.03, 0.005};
        assertThat(Holm.levels(p, 0.05)).containsExactly(0.05 / 3, 0.025, 0.025, 0.0125);
    }

    @Test
    void rejectsNothingWhereBonferroniRejectsNothing() {
        double[] p = {0.02, 0.02, 0.02, 0.02};
        assertThat(Holm.levels(p, 0.05)).containsOnly(0.0125);
    }

    @Test
    void mayRejectAll() {
        assertThat(Holm.levels(new double[] {0.05, 0.001}, 0.05)).containsExactly(0.05, 0.025);
        assertThat(Holm.levels(new double[0], 0.05)).isEmpty();
    }

    @Test
    void sharesTheLevelWhateverTheDependence() {
        UniformRandomProvider random = SeededRandom.stream(21);
        int trials = 20_000;
        int anyIndependent = 0;
        int anyEqual = 0;
        for (int i = 0; i < trials; i++) {
            anyIndependent += rejects(random.doubles(10).toArray());
            double one = random.nextDouble();
            anyEqual += rejects(random.doubles(10).map(u -> one).toArray());
        }
        BinomialDistribution nominal = BinomialDistribution.of(trials, 0.1);
        assertThat(nominal.survivalProbability(anyIndependent - 1)).isGreaterThan(1e-3);
        assertThat(anyIndependent).isGreaterThan((int) (0.08 * trials));
        assertThat(anyEqual).isLessThan((int) (0.02 * trials));
    }

    private static int rejects(double[] p) {
        double[] levels = Holm.levels(p, 0.1);
        for (int i = 0; i < p.length; i++) {
            if (p[i] <= levels[i]) {
                return 1;
            }
        }
        return 0;
    }
}

package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelaiflow.statistics.SeededRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class ReferenceLossesTest {

    @Test
    void theLimitOfErrorsIsTooLowWithAtMostItsChanceAtEveryRate() {
        for (int labels : new int[] {10, 100, 400}) {
            double[] limits = new double[labels + 1];
            for (int errors = 0; errors <= labels; errors++) {
                limits[errors] = ReferenceLosses.of(errors, labels).upperLimit(0.05);
            }
            for (double rate = 0.005; rate < 1; rate += 0.0171) {
                BinomialDistribution errors = BinomialDistribution.of(labels, rate);
                double tooLow = 0;
                for (int k = 0; k <= labels; k++) {
                    tooLow += limits[k] < rate ? errors.probability(k) : 0;
                }
                assertThat(tooLow).as("%d labels at %.3f", labels, rate).isLessThanOrEqualTo(0.05);
            }
        }
    }

    @Test
    void boundedLossesThatVaryLittleHaveACloserLimitThanErrors() {
        UniformRandomProvider random = SeededRandom.stream(1);
        ReferenceLosses losses = new ReferenceLosses();
        for (int i = 0; i < 1000; i++) {
            losses.add(0.05 + 0.1 * random.nextDouble());
        }
        assertThat(losses.sum() / losses.count()).isBetween(0.09, 0.11);
        assertThat(losses.upperLimit(0.05)).isBetween(0.1, 0.125);
        assertThat(ReferenceLosses.of(100, 1000).upperLimit(0.05)).isBetween(0.115, 0.125);
    }

    @Test
    void theLimitOfBoundedLossesIsTooLowWithAtMostItsChance() {
        int tooLow = 0;
        for (int run = 0; run < 300; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 2);
            ReferenceLosses losses = new ReferenceLosses();
            for (int i = 0; i < 200; i++) {
                losses.add(Math.pow(random.nextDouble(), 9));
            }
            tooLow += losses.upperLimit(0.2) < 0.1 ? 1 : 0;
        }
        assertThat(tooLow).isBetween(1, 60);
    }

    @Test
    void nothingIsKnownWithoutLosses() {
        assertThat(new ReferenceLosses().upperLimit(0.05)).isEqualTo(1);
        assertThat(ReferenceLosses.of(5, 5).upperLimit(0.05)).isEqualTo(1);
        assertThat(ReferenceLosses.of(0, 1000).upperLimit(0.05)).isBetween(0.003, 0.004);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReferenceLosses.of(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReferenceLosses().add(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReferenceLosses().upperLimit(0));
    }
}

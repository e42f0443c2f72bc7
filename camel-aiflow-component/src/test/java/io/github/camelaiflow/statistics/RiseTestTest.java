package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** The mixture over starts: against its definition, and its expectation by listing all that can happen. */
class RiseTestTest {

    @Test
    void theRecursionIsTheSumOverAllStarts() {
        UniformRandomProvider random = SeededRandom.stream(1);
        int n = 300;
        double[] values = new double[n];
        RiseTest test = new RiseTest(0.1, 1, 50);
        for (int i = 0; i < n; i++) {
            values[i] = i < 200 ? random.nextDouble() / 10 : random.nextDouble();
            test.add(values[i], 1, 1000 + i);
        }
        double sum = 0.5 * Math.pow(1 + n / 50.0, -0.25);
        double best = 0;
        int change = 0;
        for (int k = 0; k < Bets.COUNT; k++) {
            double g = Bets.STAKES[k];
            double product = Math.exp(Bets.LOG_WEIGHTS[k]);
            for (int s = n; s >= 1; s--) {
                product *= (1 + g * values[s - 1]) / (1 + g * 0.1);
                double before = s == 1 ? 1 : 0.5 * Math.pow(1 + (s - 1) / 50.0, -0.25);
                double weight = before - 0.5 * Math.pow(1 + s / 50.0, -0.25);
                sum += weight * product;
                if (weight * product > best) {
                    best = weight * product;
                    change = s;
                }
            }
        }
        assertThat(test.logEvidence()).isCloseTo(Math.log(sum), within(1e-9));
        assertThat(test.change()).isEqualTo(change).isBetween(195L, 210L);
        assertThat(test.mark()).isEqualTo(1000 + change - 1);
        assertThat(test.count()).isEqualTo(n);
    }

    @Test
    void itHasAMeanOfOneAtTheBound() {
        // All that can happen to 5 records that are seen by chance; what is not seen is not known.
        assertThat(expected(new double[0][], 5, 0.25)).isCloseTo(1, within(1e-9));
        assertThat(expected(new double[0][], 5, 0.3)).isLessThan(0.999);
    }

    /** Losses of mean 0.5 in a kind that is always seen (a half), of mean 0 in one that is seen by 0.2: 0.25 on average. */
    private static double expected(double[][] path, int steps, double bound) {
        if (steps == 0) {
            RiseTest test = new RiseTest(bound, 0.2, 3);
            for (double[] seen : path) {
                test.add(seen[0], seen[1], 0);
            }
            // What is not seen counts as no step here; starts then have other weights, which sum to 1 all the same.
            return Math.exp(test.logEvidence());
        }
        return 0.25 * expected(with(path, 1, 1), steps - 1, bound)
                + 0.25 * expected(with(path, 0, 1), steps - 1, bound)
                + 0.5 * 0.2 * expected(with(path, 0, 0.2), steps - 1, bound)
                + 0.5 * 0.8 * expected(path, steps - 1, bound);
    }

    private static double[][] with(double[][] path, double value, double chance) {
        double[][] next = Arrays.copyOf(path, path.length + 1);
        next[path.length] = new double[] {value, chance};
        return next;
    }

    @Test
    void whatIsNeededIsAboutWhatItTakes() {
        RiseTest test = new RiseTest(0.15, 1, 2000);
        double needed = test.needed(0.2, 1, 0.01);
        double sum = 0;
        for (int run = 0; run < 50; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 5);
            RiseTest one = new RiseTest(0.15, 1, 2000);
            while (one.logEvidence() < -Math.log(0.01)) {
                one.add(random.nextDouble() < 0.2 ? 1 : 0, 1, 0);
            }
            sum += one.count();
        }
        assertThat(sum / 50).isBetween(0.6 * needed, 1.4 * needed);
        assertThat(test.needed(0.15, 1, 0.01)).isInfinite();
    }

    @Test
    void aLongBadTimeOverflowsNothing() {
        RiseTest test = new RiseTest(0.01, 1, 2000);
        for (int i = 0; i < 20_000; i++) {
            test.add(1, 1, i);
        }
        assertThat(test.logEvidence()).isFinite().isGreaterThan(100);
        for (int i = 0; i < 100_000; i++) {
            test.add(0, 1, i);
        }
        assertThat(test.logEvidence()).isFinite();
    }

    @Test
    void badValuesAreRefused() {
        RiseTest test = new RiseTest(0.1, 1, 2000);
        assertThatThrownBy(() -> test.add(Double.NaN, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test.add(0, 0.5, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RiseTest(1, 1, 2000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RiseTest(0.1, 0, 2000)).isInstanceOf(IllegalArgumentException.class);
    }
}

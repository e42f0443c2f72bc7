package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.statistics.SeededRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** What the promises rest on: expectations by listing all that can happen. */
class WealthTest {

    private static final int VALUES = 12;
    private static final double RATE = 0.3;

    /** Wealth after so many values, on average over all streams of errors at a rate. */
    private static double expected(AlarmRule rule, double bound, double rate, int values) {
        double sum = 0;
        for (int stream = 0; stream < 1 << values; stream++) {
            Wealth wealth = new Wealth(rule, MeanBets.mixture());
            MeanBets bets = new MeanBets(bound);
            double chance = 1;
            for (int i = 0; i < values; i++) {
                int error = stream >> i & 1;
                wealth.add(bets.factors(error));
                chance *= error == 1 ? rate : 1 - rate;
            }
            sum += chance * wealth.total();
        }
        return sum;
    }

    @Test
    void theSumIsOnAverageWhatWasPutInAtTheBoundAndLessBelowIt() {
        for (int values = 1; values <= VALUES; values++) {
            assertThat(expected(AlarmRule.SHIRYAEV_ROBERTS, RATE, RATE, values)).isCloseTo(values, within(1e-9));
        }
        assertThat(expected(AlarmRule.SHIRYAEV_ROBERTS, RATE, RATE - 0.1, VALUES))
                .isLessThan(VALUES - 1);
        assertThat(expected(AlarmRule.SHIRYAEV_ROBERTS, RATE, RATE + 0.1, VALUES))
                .isGreaterThan(VALUES + 1);
    }

    @Test
    void theRichestIsOnAverageAtMostWhatEachBetMayHavePutIn() {
        double stake = new MeanBets(RATE).stake();
        for (int values = 1; values <= VALUES; values++) {
            assertThat(expected(AlarmRule.CUSUM, RATE, RATE, values))
                    .isLessThanOrEqualTo(1 + stake * (values - 1) + 1e-9)
                    .isGreaterThan(1 - 1e-9);
        }
    }

    @Test
    void aBetOfBoundedLossesHasAMeanOfAtMostOne() {
        MeanBets bets = new MeanBets(0.25);
        double[] means = new double[MeanBets.mixture().length];
        double[] losses = {0, 0.1, 0.4, 0.5};
        for (double loss : losses) {
            double[] factors = bets.factors(loss);
            for (int i = 0; i < means.length; i++) {
                means[i] += factors[i] / losses.length;
            }
        }
        for (double mean : means) {
            assertThat(mean).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void betsOnRanksAreDensities() {
        int steps = 1 << 14;
        for (RankBets bets : new RankBets[] {new PowerBets(), new TailBets(), new IntervalBets()}) {
            double[] means = new double[bets.mixture().length];
            double weights = 0;
            for (int step = 0; step < steps; step++) {
                double[] factors = bets.factors((step + 0.5) / steps);
                for (int i = 0; i < means.length; i++) {
                    means[i] += factors[i] / steps;
                }
            }
            for (int i = 0; i < means.length; i++) {
                assertThat(means[i]).as("%s %d", bets, i).isCloseTo(1, within(2e-3));
                weights += bets.mixture()[i];
            }
            assertThat(weights).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void wealthStaysFiniteHoweverSurprisingTheStream() {
        for (double mean : new double[] {1e-300, 1e-9, 0.5, 1}) {
            EDetector detector = new EDetector(AlarmRule.SHIRYAEV_ROBERTS, Baseline.known(mean, 1e12));
            UniformRandomProvider random = SeededRandom.stream(1);
            for (int i = 0; i < 20_000; i++) {
                detector.add(i % 1000 < 500 ? 0 : random.nextDouble());
                assertThat(detector.evidence()).isFinite();
            }
        }
    }

    @Test
    void theChangePointIsWhereTheBetsStarted() {
        int change = 2000;
        long off = 0;
        for (int run = 0; run < 50; run++) {
            EDetector detector = new EDetector(AlarmRule.SHIRYAEV_ROBERTS, Baseline.known(0.1, 1e6));
            UniformRandomProvider random = SeededRandom.stream(run, 8);
            int at = 0;
            while (detector.status() != ChangeStatus.CHANGED) {
                detector.add(random.nextDouble() < (at++ < change ? 0.1 : 0.3) ? 1 : 0);
            }
            off += Math.abs(detector.count() - detector.changedAgo() - change);
        }
        assertThat(off / 50).isLessThan(25);
    }
}

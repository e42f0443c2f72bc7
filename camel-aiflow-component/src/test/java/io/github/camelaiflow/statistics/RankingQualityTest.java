package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** The area under the curve against its definition; its error against repetitions. */
class RankingQualityTest {

    @Test
    void aHandfulByHand() {
        RankingQuality ranking = new RankingQuality();
        ranking.add(0.9, true, 1);
        ranking.add(0.6, true, 1);
        ranking.add(0.3, true, 1);
        ranking.add(0.7, false, 1);
        ranking.add(0.3, false, 1);
        ranking.add(0.1, false, 1);
        // 3 + 2 + 1.5 of 9 pairs; DeLong: placements 1, 2/3, 1/2 and 1/3, 5/6, 1 around 13/18.
        assertThat(ranking.area()).isCloseTo(6.5 / 9, within(1e-12));
        assertThat(ranking.ties()).isCloseTo(0.5 / 9, within(1e-12));
        double a = 6.5 / 9;
        double tens = (sq(1 - a) + sq(2 / 3.0 - a) + sq(0.5 - a)) / 2 / 3;
        double ones = (sq(1 / 3.0 - a) + sq(5 / 6.0 - a) + sq(1 - a)) / 2 / 3;
        assertThat(ranking.standardError()).isCloseTo(Math.sqrt(tens + ones), within(1e-12));
    }

    private static double sq(double x) {
        return x * x;
    }

    @Test
    void classesChangeTheAreaByAtMostWhatIsStated() {
        UniformRandomProvider random = SeededRandom.stream(1);
        int n = 1000;
        double[] scores = new double[n];
        boolean[] truth = new boolean[n];
        RankingQuality ranking = new RankingQuality();
        for (int i = 0; i < n; i++) {
            truth[i] = random.nextDouble() < 0.1;
            scores[i] = 1 / (1 + Math.exp(4 - (truth[i] ? 2 : 0) - 3 * random.nextDouble()));
            ranking.add(scores[i], truth[i], 1);
        }
        double won = 0;
        long pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; truth[i] && j < n; j++) {
                if (!truth[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertThat(ranking.area()).isCloseTo(won / pairs, within(ranking.ties()));
        assertThat(ranking.ties()).isLessThan(0.01);
    }

    @Test
    void theIntervalHoldsAboutAsOftenAsItSaysAlsoWithWeights() {
        int runs = 400;
        int[] missed = new int[2];
        for (int run = 0; run < runs; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 2);
            for (int weighted = 0; weighted < 2; weighted++) {
                RankingQuality ranking = new RankingQuality();
                for (int i = 0; i < 1000; i++) {
                    boolean positive = random.nextInt(4) == 0;
                    double logit = random.nextDouble() * 6 - 3 + (positive ? 1.5 : 0);
                    double chance = weighted == 1 && Math.abs(logit) > 1 ? 0.3 : 1;
                    if (random.nextDouble() < chance) {
                        ranking.add(1 / (1 + Math.exp(-logit)), positive, 1 / chance);
                    }
                }
                // Uniforms of width 6, 1.5 apart: 1 - (1 - 1.5/6)² / 2.
                double truth = 1 - sq(0.75) / 2;
                missed[weighted] += Math.abs(ranking.area() - truth) > ranking.margin(0.95) ? 1 : 0;
            }
        }
        for (int each : missed) {
            assertThat(Binomial.lowerLimit(each, runs, 0.999)).isLessThan(0.06);
            assertThat(Binomial.upperLimit(each, runs, 0.999)).isGreaterThan(0.02);
        }
    }

    @Test
    void extremesAreProbabilitiesToo() {
        RankingQuality ranking = new RankingQuality();
        ranking.add(1, true, 1);
        ranking.add(0, false, 1);
        assertThat(ranking.area()).isEqualTo(1);
        assertThat(ranking.standardError()).isNaN();
        assertThatThrownBy(() -> ranking.add(Double.NaN, true, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ranking.add(Double.POSITIVE_INFINITY, true, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new RankingQuality().area()).isNaN();
    }
}

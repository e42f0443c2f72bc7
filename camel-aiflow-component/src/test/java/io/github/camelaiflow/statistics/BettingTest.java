package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** E-processes: expectations by listing all that can happen, sums, limits. */
class BettingTest {

    private static final double[] SHARES = {0.01, 0.05, 0.5, 0.9, 0.3};
    private static final double[] CENTRES = {0, 0.1, 0.5, 1, 0.3};
    private static final double[][] RATES = {{0.02, 0}, {0.3, 0.05}, {0.6, -0.2}, {0.001, 0.2}, {0.97, 0.03}};

    @Test
    void anArmDifferencesEvidenceHasAMeanOfOneAtTheMargin() {
        for (double[] rate : RATES) {
            assertThat(expected(0, 1, new ArmDifference(), rate[0], rate[0] + rate[1], rate[1], true))
                    .isCloseTo(1, within(1e-9));
            assertThat(expected(0, 1, new ArmDifference(), rate[0], rate[0] + rate[1], rate[1], false))
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void andLessInsideTheHypothesis() {
        assertThat(expected(0, 1, new ArmDifference(), 0.3, 0.3, 0.05, true)).isLessThan(0.9999);
        assertThat(expected(0, 1, new ArmDifference(), 0.3, 0.3, -0.05, false)).isLessThan(0.9999);
        assertThat(expected(0, 1, new ArmDifference(), 0.3, 0.3, -0.05, true)).isGreaterThan(1.0001);
    }

    /** Over all records that can follow, each step with its own share and centre. */
    private static double expected(
            int step, double chance, ArmDifference so, double control, double treatment, double m, boolean above) {
        if (step == SHARES.length) {
            return chance * Math.exp(above ? so.logAbove(m) : so.logBelow(m));
        }
        double sum = 0;
        for (boolean arm : new boolean[] {false, true}) {
            for (boolean event : new boolean[] {false, true}) {
                double rate = arm ? treatment : control;
                double share = SHARES[step];
                ArmDifference next = new ArmDifference();
                next.merge(so);
                next.add(arm, share, CENTRES[step], event, 1);
                double here = (arm ? share : 1 - share) * (event ? rate : 1 - rate);
                sum += expected(step + 1, chance * here, next, control, treatment, m, above);
            }
        }
        return sum;
    }

    @Test
    void aMeansEvidenceHasAMeanOfOneAtTheMargin() {
        double[] values = {-1, -0.25, 0.5, 1};
        double[] chances = {0.1, 0.4, 0.3, 0.2};
        double mean = -0.1 - 0.1 + 0.15 + 0.2;
        double above = 0;
        double below = 0;
        for (int path = 0; path < 4096; path++) {
            BoundedMean so = new BoundedMean(-1, 1);
            double chance = 1;
            for (int step = 0; step < 6; step++) {
                int value = path >> 2 * step & 3;
                so.add(values[value]);
                chance *= chances[value];
            }
            above += chance * Math.exp(so.logAbove(mean));
            below += chance * Math.exp(so.logBelow(mean));
        }
        assertThat(above).isCloseTo(1, within(1e-9));
        assertThat(below).isCloseTo(1, within(1e-9));
    }

    @Test
    void aSampleRatiosEvidenceHasAMeanOfOne() {
        double expected = 0;
        for (int path = 0; path < 1024; path++) {
            SampleRatio so = new SampleRatio();
            double chance = 1;
            for (int step = 0; step < 10; step++) {
                double share = SHARES[step % SHARES.length];
                boolean arm = (path >> step & 1) == 1;
                so.add(arm, share, 1);
                chance *= arm ? share : 1 - share;
            }
            expected += chance * Math.exp(so.logEvidence());
        }
        assertThat(expected).isCloseTo(1, within(1e-9));
    }

    @Test
    void withoutAnEventRecordsTellNothingAtMarginAndCentreZero() {
        ArmDifference so = new ArmDifference();
        so.add(true, 0.05, 0, false, 5000);
        so.add(false, 0.05, 0, false, 95_000);
        assertThat(so.logAbove(0)).isCloseTo(0, within(1e-6));
        assertThat(so.logBelow(0.001)).isGreaterThan(1);
    }

    @Test
    void anEventIsTheLikelihoodRatioOfWhoseItIs() {
        // One stake g is the risk ratio 1 + g; the mixture of all lies between the least and the largest.
        ArmDifference so = new ArmDifference();
        so.add(true, 0.01, 0, true, 1);
        assertThat(Math.exp(so.logAbove(0))).isBetween(33 / 32.0 / (1 + 0.01 / 32), 33 / 1.32);
    }

    /** The other form of the bets, the product of 1 + λ (z - m) with λ = g / (1 + gμ) / range, computed by numpy. */
    @Test
    void asWaudbySmithAndRamdasWriteIt() {
        BoundedMean mean = new BoundedMean(0, 1);
        for (double value : new double[] {0.1, 0.9, 0.4, 0.75, 0.6, 1, 0.95, 0.3}) {
            mean.add(value);
        }
        assertThat(mean.logAbove(0.4)).isCloseTo(1.3131826256151746, within(1e-12));
        assertThat(mean.logBelow(0.8)).isCloseTo(1.0480041315803956, within(1e-12));
        ArmDifference arms = new ArmDifference();
        arms.add(true, 0.1, 0, true, 1);
        arms.add(false, 0.1, 0, true, 1);
        arms.add(true, 0.1, 0.2, false, 1);
        arms.add(false, 0.25, 0.2, false, 1);
        arms.add(true, 0.25, 0.2, true, 1);
        arms.add(true, 0.5, 0.5, true, 1);
        arms.add(false, 0.5, 0.5, false, 1);
        arms.addPairs(false, true, 2);
        arms.addPairs(true, false, 1);
        arms.addPairs(true, true, 1);
        assertThat(arms.logAbove(0.05)).isCloseTo(1.468715753460651, within(1e-12));
        assertThat(arms.logBelow(0.3)).isCloseTo(-1.373663647333947, within(1e-12));
    }

    @Test
    void evidenceAdds() {
        UniformRandomProvider random = SeededRandom.stream(1);
        ArmDifference all = new ArmDifference();
        ArmDifference[] nodes = {new ArmDifference(), new ArmDifference(), new ArmDifference()};
        BoundedMean allMeans = new BoundedMean(0, 1);
        BoundedMean[] means = {new BoundedMean(0, 1), new BoundedMean(0, 1), new BoundedMean(0, 1)};
        for (int i = 0; i < 5000; i++) {
            int node = random.nextInt(3);
            boolean arm = random.nextInt(4) == 0;
            boolean event = random.nextDouble() < (arm ? 0.2 : 0.1);
            double centre = random.nextInt(2) / 10.0;
            for (ArmDifference to : new ArmDifference[] {all, nodes[node]}) {
                to.add(arm, 0.25, centre, event, 1);
                to.addPairs(event, !arm, 1);
            }
            double value = random.nextDouble();
            allMeans.add(value);
            means[node].add(value);
        }
        ArmDifference sum = new ArmDifference();
        BoundedMean meanSum = new BoundedMean(0, 1);
        for (int i = 0; i < 3; i++) {
            sum.merge(nodes[i]);
            meanSum.merge(means[i]);
        }
        assertThat(sum.logAbove(0.01)).isEqualTo(all.logAbove(0.01));
        assertThat(sum.cells()).isEqualTo(all.cells());
        assertThat(meanSum.logBelow(0.6)).isCloseTo(allMeans.logBelow(0.6), within(1e-6));
        assertThat(meanSum.lowerLimit(0.05)).isCloseTo(allMeans.lowerLimit(0.05), within(1e-9));
    }

    @Test
    void limitsAreWhereTheEvidenceReachesTheLevel() {
        ArmDifference so = new ArmDifference();
        so.add(true, 0.5, 0, true, 300);
        so.add(true, 0.5, 0, false, 4700);
        so.add(false, 0.5, 0, true, 150);
        so.add(false, 0.5, 0, false, 4850);
        double lower = so.lowerLimit(0.05);
        double upper = so.upperLimit(0.05);
        assertThat(lower).isBetween(0.01, 0.03);
        assertThat(upper).isBetween(0.03, 0.05);
        assertThat(so.logAbove(lower)).isCloseTo(Math.log(20), within(1e-6));
        assertThat(so.logBelow(upper)).isCloseTo(Math.log(20), within(1e-6));
        assertThat(new ArmDifference().lowerLimit(0.05)).isEqualTo(-1);
        assertThat(new ArmDifference().upperLimit(0.05)).isEqualTo(1);
    }

    @Test
    void aMeansLimitsAreEverWrongInAtMostAlphaOfTheRuns() {
        int runs = 400;
        int wrong = 0;
        for (int run = 0; run < runs; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 7);
            BoundedMean mean = new BoundedMean(0, 1);
            boolean ever = false;
            for (int i = 0; i < 500; i++) {
                mean.add(random.nextDouble() < 0.1 ? 1 : 0);
                ever |= mean.logAbove(0.1) >= Math.log(10);
            }
            wrong += ever ? 1 : 0;
        }
        assertThat(Binomial.lowerLimit(wrong, runs, 0.999)).isLessThan(0.1);
        assertThat(wrong).isPositive();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new BoundedMean(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BoundedMean(0, 1).add(1.1)).hasMessage("a value must be from 0.0 to 1.0");
        assertThatThrownBy(() -> new BoundedMean(0, 1).add(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ArmDifference().add(true, 1, 0, true, 1)).hasMessageContaining("share");
        assertThatThrownBy(() -> new ArmDifference().add(true, 0.5, -1, true, 1))
                .hasMessageContaining("centre");
        assertThatThrownBy(() -> new SampleRatio().add(true, Double.NaN, 1)).hasMessageContaining("share");
        assertThatThrownBy(() -> BoundedMean.of(0, 1, 1, 0.5, new double[2], new double[11]))
                .hasMessageContaining("bets");
        double[] rich = new double[Bets.COUNT];
        rich[3] = 1e9;
        assertThatThrownBy(() -> BoundedMean.of(0, 1, 1, 0.5, rich, new double[Bets.COUNT]))
                .hasMessageContaining("wealth");
    }
}

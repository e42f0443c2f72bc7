package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorrectionTest {

    private static final double LEVEL = 0.1;
    private static final int TRIALS = 20_000;

    @Test
    void namesAreThoseOfDefinitions() {
        assertThat(Correction.named("holm")).isEqualTo(Correction.HOLM);
        assertThat(Correction.named("fdr")).isEqualTo(Correction.FDR);
        assertThat(Correction.named("e-values")).isEqualTo(Correction.E_VALUES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Correction.named("bonferroni"))
                .withMessageContaining("holm, fdr or e-values");
    }

    /** The example of their paper's section 4: the heart attack study, with four of fifteen rejected by Benjamini and Hochberg. */
    @Test
    void falseDiscoveriesPayTheHarmonicSum() {
        double[] p = {
            .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1
        };
        double harmonic = IntStream.rangeClosed(1, 15).mapToDouble(i -> 1.0 / i).sum();
        assertThat(rejected(Correction.FDR, p, 0.05 * harmonic)).isEqualTo(4);
        assertThat(rejected(Correction.FDR, p, 0.05)).isEqualTo(3);
        assertThat(FalseDiscovery.levels(p, 0.05)[0]).isCloseTo(3 * 0.05 / 15 / harmonic, within(1e-15));
    }

    @Test
    void manySmallPValuesHelpEachOther() {
        double[] p = DoubleArrays.filled(20, 0.02);
        assertThat(rejected(Correction.HOLM, p, 0.1)).isZero();
        assertThat(rejected(Correction.FDR, p, 0.1)).isEqualTo(20);
        assertThat(rejected(Correction.FDR, DoubleArrays.filled(20, 0.03), 0.1)).isZero();
    }

    @Test
    void eValuesAreTheMixtureOfPowers() {
        for (double p : new double[] {1e-12, 1e-5, 0.003, 0.04, 0.5, 0.99, 0.9995, 1}) {
            double integral = 0;
            int steps = 200_000;
            for (int i = 0; i < steps; i++) {
                double power = (i + 0.5) / steps;
                integral += power * Math.pow(p, power - 1) / steps;
            }
            assertThat(EValues.of(p)).as("p = " + p).isCloseTo(integral, within(1e-6 * integral));
            assertThat(EValues.pValue(EValues.of(p))).isCloseTo(p, within(1e-6 * p));
        }
        assertThat(EValues.of(1)).isEqualTo(0.5);
        assertThat(EValues.pValue(0.4)).isEqualTo(1);
    }

    @Test
    void theMeanMayRejectWhatNoneDoesAlone() {
        double[] p = DoubleArrays.filled(5, 0.004);
        assertThat(EValues.of(0.004)).isBetween(7.0, 8.0);
        assertThat(Correction.E_VALUES.differs(p, 1 / 7.0)).isTrue();
        assertThat(rejected(Correction.E_VALUES, p, 1 / 7.0)).isEqualTo(5);
        double[] one = {0.004, 0.0005, 0.02, 0.9};
        double level = 1 / EValues.mean(Arrays.stream(one).map(EValues::of).toArray());
        assertThat(Correction.E_VALUES.differs(one, level * 1.0001)).isTrue();
        assertThat(Correction.E_VALUES.differs(one, level * 0.9999)).isFalse();
        assertThat(rejected(Correction.E_VALUES, one, level * 1.0001)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void nothingToTestRejectsNothing(Correction correction) {
        assertThat(correction.levels(new double[0], 0.05)).isEmpty();
        assertThat(correction.differs(new double[0], 0.05)).isFalse();
        assertThat(correction.lowestLevel(0, 0.05)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aLoneSmallPValueIsHeldAgainstTheLowestLevel(Correction correction) {
        double lowest = correction.lowestLevel(12, LEVEL);
        double[] p = DoubleArrays.filled(12, 1);
        p[7] = lowest * 0.999;
        assertThat(rejected(correction, p, LEVEL)).isEqualTo(1);
        assertThat(correction.differs(p, LEVEL)).isTrue();
        p[7] = lowest * 1.001;
        assertThat(rejected(correction, p, LEVEL)).isZero();
    }

    /** Where nothing differs, the chance of any rejection is at most the level: independent, equal, and half against half. */
    @ParameterizedTest
    @EnumSource
    void theLevelHoldsUnderAnyOfThreeDependences(Correction correction) {
        UniformRandomProvider random = SeededRandom.stream(41);
        int[] any = new int[3];
        for (int i = 0; i < TRIALS; i++) {
            double one = random.nextDouble();
            double[][] pValues = {
                random.doubles(10).toArray(),
                DoubleArrays.filled(10, one),
                IntStream.range(0, 10)
                        .mapToDouble(j -> j % 2 == 0 ? one : 1 - one)
                        .toArray()
            };
            for (int j = 0; j < 3; j++) {
                any[j] += correction.differs(pValues[j], LEVEL) ? 1 : 0;
            }
        }
        BinomialDistribution nominal = BinomialDistribution.of(TRIALS, LEVEL);
        for (int alarms : any) {
            assertThat(nominal.survivalProbability(alarms - 1)).isGreaterThan(1e-3);
        }
    }

    /** Eight of twenty normal means differ; the others share a part of their noise, so the tests are not independent. */
    @Test
    void theShareOfFalseDiscoveriesIsBelowTheLevel() {
        UniformRandomProvider random = SeededRandom.stream(42);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int trials = 4000;
        double[] shares = new double[Correction.values().length];
        int[] found = new int[shares.length];
        for (int i = 0; i < trials; i++) {
            double common = normal.sample();
            double[] p = IntStream.range(0, 20)
                    .mapToDouble(j -> (j < 8 ? 3.5 : 0) + 0.7 * common + Math.sqrt(0.51) * normal.sample())
                    .map(z -> 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z)))
                    .toArray();
            for (Correction correction : Correction.values()) {
                double[] levels = correction.levels(p, LEVEL);
                long all = IntStream.range(0, 20).filter(j -> p[j] <= levels[j]).count();
                long wrong =
                        IntStream.range(8, 20).filter(j -> p[j] <= levels[j]).count();
                shares[correction.ordinal()] += all == 0 ? 0 : (double) wrong / all / trials;
                found[correction.ordinal()] += (int) (all - wrong);
            }
        }
        System.out.printf("false discoveries: %s, found: %s%n", Arrays.toString(shares), Arrays.toString(found));
        assertThat(shares[Correction.FDR.ordinal()]).isBetween(0.005, LEVEL);
        assertThat(shares[Correction.E_VALUES.ordinal()]).isLessThan(LEVEL);
        assertThat(found[Correction.FDR.ordinal()]).isGreaterThan(found[Correction.HOLM.ordinal()]);
    }

    private static long rejected(Correction correction, double[] pValues, double level) {
        double[] levels = correction.levels(pValues, level);
        return IntStream.range(0, pValues.length)
                .filter(i -> pValues[i] <= levels[i])
                .count();
    }

    private static final class DoubleArrays {

        static double[] filled(int size, double value) {
            double[] values = new double[size];
            Arrays.fill(values, value);
            return values;
        }
    }
}

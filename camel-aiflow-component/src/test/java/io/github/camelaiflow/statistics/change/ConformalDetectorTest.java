package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

class ConformalDetectorTest {

    private static final DetectorSettings SETTINGS = DetectorSettings.of(DetectorType.CONFORMAL);

    @Test
    void ranksAreThoseOfAPlainSort() {
        UniformRandomProvider random = SeededRandom.stream(1);
        for (int start : new int[] {0, 1, 255, 256, 257, 3000}) {
            RankedValues ranked = new RankedValues();
            double[] all = new double[start + 3000];
            for (int i = 0; i < all.length; i++) {
                all[i] = random.nextInt(8) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(400) - 200;
            }
            double[] sorted = Arrays.copyOf(all, start);
            Arrays.sort(sorted);
            // A second time over what is left of the first.
            for (int again = 0; again < 2; again++) {
                ranked.set(sorted);
                for (int i = start; i < all.length; i++) {
                    ranked.add(all[i]);
                    if (i % 100 == 0) {
                        double value = all[random.nextInt(i + 1)];
                        int size = i + 1;
                        assertThat(ranked.count()).isEqualTo(size);
                        assertThat(ranked.below(value)).isEqualTo((int) Arrays.stream(all, 0, size)
                                .filter(x -> x < value)
                                .count());
                        assertThat(ranked.notAbove(value)).isEqualTo((int) Arrays.stream(all, 0, size)
                                .filter(x -> x <= value)
                                .count());
                    }
                }
            }
        }
    }

    private static int delay(
            ToDoubleFunction<UniformRandomProvider> before, ToDoubleFunction<UniformRandomProvider> after) {
        UniformRandomProvider random = SeededRandom.stream(3);
        double[] reference = new double[1000];
        Arrays.setAll(reference, i -> before.applyAsDouble(random));
        ChangeDetector detector = SETTINGS.withFalseAlarms(1e5).forNumbers(reference);
        for (int i = 0; i < 1500; i++) {
            assertThat(detector.add(before.applyAsDouble(random))).isEqualTo(ChangeStatus.STABLE);
        }
        int delay = 0;
        while (delay < 2000 && detector.status() != ChangeStatus.CHANGED) {
            detector.add(after.applyAsDouble(random));
            delay++;
        }
        return delay;
    }

    private static ToDoubleFunction<UniformRandomProvider> normal(double mean, double deviation) {
        return random ->
                mean + deviation * ZigguratSampler.NormalizedGaussian.of(random).sample();
    }

    @Test
    void findsWhateverChangesInANumber() {
        assertThat(delay(normal(0, 1), normal(0.5, 1))).isLessThan(200);
        assertThat(delay(normal(0, 1), normal(-0.5, 1))).isLessThan(200);
        assertThat(delay(normal(0, 1), normal(0, 2))).isLessThan(200);
        assertThat(delay(normal(0, 1), normal(0, 0.4))).isLessThan(200);
        assertThat(delay(normal(0, 1), normal(5, 1))).isLessThan(20);
        assertThat(delay(normal(0, 1), random -> Double.POSITIVE_INFINITY)).isLessThan(20);
        assertThat(delay(random -> random.nextInt(3), random -> Math.min(2, random.nextInt(4))))
                .isLessThan(500);
    }

    @Test
    void theChangePointIsWhereTheBetsStarted() {
        int change = 1500;
        long off = 0;
        for (int run = 0; run < 50; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 13);
            ToDoubleFunction<UniformRandomProvider> before = normal(0, 1);
            double[] reference = new double[1000];
            Arrays.setAll(reference, i -> before.applyAsDouble(random));
            ChangeDetector detector = SETTINGS.withFalseAlarms(1e6).forNumbers(reference);
            int at = 0;
            while (detector.status() != ChangeStatus.CHANGED) {
                detector.add(before.applyAsDouble(random) + (at++ < change ? 0 : 0.5));
            }
            off += Math.abs(detector.count() - detector.changedAgo() - change);
        }
        assertThat(off / 50).isLessThan(40);
    }

    private static String category(UniformRandomProvider random, double rareShare) {
        return random.nextDouble() < rareShare ? "rare" : "c" + random.nextInt(9);
    }

    @Test
    void findsMoreOfACategoryAndANewOne() {
        for (double share : new double[] {0, 0.1}) {
            UniformRandomProvider random = SeededRandom.stream(40);
            List<String> reference = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                reference.add(category(random, share));
            }
            ChangeDetector detector = SETTINGS.withFalseAlarms(1e5).forCategories(reference);
            for (int i = 0; i < 2000; i++) {
                assertThat(detector.add(DetectorSettings.place(category(random, share))))
                        .isEqualTo(ChangeStatus.STABLE);
            }
            int delay = 0;
            while (delay < 3000 && detector.status() != ChangeStatus.CHANGED) {
                detector.add(DetectorSettings.place(category(random, share + 0.2)));
                delay++;
            }
            assertThat(delay).isLessThan(400);
        }
    }

    @Test
    void learnsAFieldFromItsFirstValues() {
        UniformRandomProvider random = SeededRandom.stream(41);
        ChangeDetector number =
                SETTINGS.withFalseAlarms(1e5).withBaselineLabels(400).forNumbers();
        ChangeDetector category =
                SETTINGS.withFalseAlarms(1e5).withBaselineLabels(400).forCategories();
        for (int i = 0; i < 1500; i++) {
            ChangeStatus expected = i < 400 ? ChangeStatus.LEARNING : ChangeStatus.STABLE;
            assertThat(number.add(random.nextDouble())).isEqualTo(expected);
            assertThat(category.add(DetectorSettings.place("c" + random.nextInt(3))))
                    .isEqualTo(expected);
        }
        for (int i = 0; i < 300; i++) {
            number.add(0.9 + 0.1 * random.nextDouble());
            category.add(DetectorSettings.place("c0"));
        }
        assertThat(number.status()).isEqualTo(ChangeStatus.CHANGED);
        assertThat(category.status()).isEqualTo(ChangeStatus.CHANGED);
        number.reset();
        assertThat(number.add(0.5)).isEqualTo(ChangeStatus.LEARNING);
    }

    @Test
    void aConstantIsStableWhateverItsTiesAndSomethingElseThenIsNot() {
        ChangeDetector detector = SETTINGS.withFalseAlarms(1e6).forNumbers(new double[100]);
        for (int i = 0; i < 30_000; i++) {
            assertThat(detector.add(i % 2 == 0 ? 0.0 : -0.0)).isEqualTo(ChangeStatus.STABLE);
        }
        for (int i = 0; i < 30; i++) {
            detector.add(1);
        }
        assertThat(detector.status()).isEqualTo(ChangeStatus.CHANGED);
    }

    @Test
    void anEpochEndsInForgettingWhatItSaw() {
        UniformRandomProvider random = SeededRandom.stream(7);
        double[] reference = new double[400];
        Arrays.setAll(reference, i -> random.nextDouble());
        ChangeDetector detector = SETTINGS.withFalseAlarms(1e6).withEpoch(1000).forNumbers(reference);
        ChangeDetector fresh =
                SETTINGS.withFalseAlarms(1e6).withEpoch(1000).withSeed(2).forNumbers(reference);
        for (int i = 0; i < 1000; i++) {
            detector.add(random.nextDouble());
        }
        // Ties aside, of which there are none here, both have seen the same.
        for (int i = 0; i < 1000; i++) {
            double value = random.nextDouble();
            detector.add(value);
            fresh.add(value);
            assertThat(detector.evidence()).isCloseTo(fresh.evidence(), withinPercentage(30));
        }
    }
}

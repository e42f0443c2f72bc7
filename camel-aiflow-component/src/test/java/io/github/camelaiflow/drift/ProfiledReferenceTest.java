package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileCollector;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.statistics.KolmogorovSmirnov;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

/** Windows against references that no longer know all their values: the budget holds all the same, and little power is lost. */
class ProfiledReferenceTest {

    private static final double LEVEL = 0.05;
    private static final int REPETITIONS = Math.max(100, Trial.REPETITIONS / 2);

    private static final int[][] CELLS = {
        {512, 20_000, 1, 250},
        {4096, 20_000, 1, 100},
        {4096, 20_000, 1, 1000},
        {4096, 20_000, 1, 5000},
        {4096, 50_000, 4, 1000}
    };

    /** Beside each rate that of the same windows against all values, and with the sketch's certain error taken from the statistic. */
    @Test
    void falseAlarmsStayWithinTheLevel() {
        KolmogorovSmirnov test = new KolmogorovSmirnov();
        StringBuilder table = new StringBuilder(
                "| capacity | records | nodes | window | against all values | against the sketch | its error taken off |%n"
                        .formatted());
        for (int[] cell : CELLS) {
            int[] alarms = new int[3];
            for (int i = 0; i < Trial.REPETITIONS; i++) {
                judge(cell, i, test, alarms);
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %d | %d | %d | %d | %.3f | %.3f | %.3f |%n",
                    cell[0],
                    cell[1],
                    cell[2],
                    cell[3],
                    rate(alarms[0]),
                    rate(alarms[1]),
                    rate(alarms[2])));
            assertThat(Trial.likelihoodOfSoMany(alarms[1], Trial.REPETITIONS, LEVEL))
                    .isGreaterThan(0.05 / CELLS.length);
            assertThat(alarms[2]).isLessThanOrEqualTo(alarms[1]);
        }
        System.out.println(table.append("| alarms every 20 windows | | | | 0.050 | 0.050 | 0.050 |"));
    }

    private static double rate(int alarms) {
        return (double) alarms / Trial.REPETITIONS;
    }

    private static void judge(int[] cell, int repetition, KolmogorovSmirnov test, int[] alarms) {
        UniformRandomProvider random = SeededRandom.stream(repetition, cell[0], cell[1], cell[3]);
        double[] all =
                ZigguratSampler.NormalizedGaussian.of(random).samples(cell[1]).toArray();
        double[] window =
                ZigguratSampler.NormalizedGaussian.of(random).samples(cell[3]).toArray();
        NumberSample sample =
                (NumberSample) Reference.of(learned(all, cell[0], cell[2])).sample("x");
        Arrays.sort(all);
        Arrays.sort(window);
        double critical = test.criticalValue(sample.sorted().length, window.length, LEVEL);
        double distance = distance(sample.sorted(), window);
        alarms[0] += distance(all, window) > test.criticalValue(all.length, window.length, LEVEL) ? 1 : 0;
        alarms[1] += distance > critical ? 1 : 0;
        alarms[2] += distance - sample.rankError() > critical ? 1 : 0;
    }

    /** Kolmogorov and Smirnov's. */
    private static double distance(double[] x, double[] y) {
        int i = 0;
        int j = 0;
        double distance = 0;
        while (i < x.length && j < y.length) {
            double value = Math.min(x[i], y[j]);
            while (i < x.length && x[i] == value) {
                i++;
            }
            while (j < y.length && y[j] == value) {
                j++;
            }
            distance = Math.max(distance, Math.abs((double) i / x.length - (double) j / y.length));
        }
        return distance;
    }

    /** A window of 250 that has moved by 0.2 standard deviations is found about four times in five. */
    @Test
    void littlePowerIsLost() {
        int all = alarms(20_000, 0.2);
        int sketched = alarms(4096, 0.2);
        System.out.printf("power %d against all values, %d against a sketch, of %d%n", all, sketched, REPETITIONS);
        assertThat(sketched).isBetween(all - REPETITIONS / 20, all + REPETITIONS / 20);
    }

    private static int alarms(int capacity, double shift) {
        int alarms = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            UniformRandomProvider random = SeededRandom.stream(i);
            double[] values = ZigguratSampler.NormalizedGaussian.of(random)
                    .samples(20_000)
                    .toArray();
            Reference reference = Reference.of(learned(values, capacity, 1));
            WindowJudge.Verdict verdict =
                    Trial.verdict(reference, Rows.of(250, random, Map.of("x", Rows.normal(shift, 1))), i, LEVEL);
            alarms += verdict.status() == DriftStatus.DRIFTED ? 1 : 0;
        }
        return alarms;
    }

    private static Profile learned(double[] values, int capacity, int nodes) {
        List<ProfileCollector> collectors = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            collectors.add(new ProfileCollector(Schema.NONE, ProfileOptions.DEFAULT.withCapacity(capacity)));
        }
        for (int i = 0; i < values.length; i++) {
            collectors.get(i % nodes).add(Map.of("x", values[i]));
        }
        return collectors.stream()
                .map(collector -> collector.profile(null))
                .reduce(Profile::merge)
                .orElseThrow();
    }

    @Test
    void whatTheSampleSaysOfItsErrorIsTrue() {
        UniformRandomProvider random = SeededRandom.stream(1);
        double[] values = random.doubles(300_000).toArray();
        ProfileCollector collector = new ProfileCollector(Schema.NONE, ProfileOptions.DEFAULT.withCapacity(1000));
        for (double value : values) {
            collector.add(Map.of("x", value));
        }
        NumberSample sample =
                (NumberSample) Reference.of(collector.profile(null)).sample("x");
        System.out.printf("worth %d, rank error %.5f%n", sample.sorted().length, sample.rankError());
        assertThat(sample.counts().values()).isEqualTo(300_000);
        assertThat(sample.sorted()).isSorted().hasSizeBetween(100, 20_000);
        Arrays.sort(values);
        double worst = 0;
        for (int i = 0; i < sample.sorted().length; i++) {
            int at = Arrays.binarySearch(values, sample.sorted()[i]);
            double above = (at + 1) / 300_000.0 - (i + 0.0) / sample.sorted().length;
            double below = (i + 1.0) / sample.sorted().length - (at + 1) / 300_000.0;
            worst = Math.max(worst, Math.max(above, below) - 1.0 / sample.sorted().length);
        }
        assertThat(worst).isPositive().isLessThanOrEqualTo(sample.rankError());
    }
}

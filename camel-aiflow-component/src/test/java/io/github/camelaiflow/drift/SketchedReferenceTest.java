package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileCollector;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows against references that no longer know all their values: the budget holds all the same, and little power is lost. */
class SketchedReferenceTest {

    private static final double LEVEL = 0.05;
    private static final int REPETITIONS = Math.max(100, Trial.REPETITIONS / 2);

    @ParameterizedTest
    @CsvSource({
        "64, 5000, 1, 100",
        "64, 5000, 1, 1000",
        "512, 20000, 1, 250",
        "512, 20000, 4, 5000",
        "4096, 20000, 1, 100",
        "4096, 50000, 4, 1000",
        "4096, 20000, 1, 5000"
    })
    void falseAlarmsStayWithinTheLevel(int capacity, int records, int nodes, int window) {
        int alarms = alarms(capacity, records, nodes, window, 0);
        System.out.printf(
                "sketch %d, %d records, %d nodes, window %d: %d of %d%n",
                capacity, records, nodes, window, alarms, REPETITIONS);
        assertThat(Trial.likelihoodOfSoMany(alarms, REPETITIONS, LEVEL)).isGreaterThan(0.05 / 7);
    }

    /** A window of 250 that has moved by 0.2 standard deviations is found about four times in five. */
    @Test
    void littlePowerIsLost() {
        int all = alarms(ProfileOptions.MOST_CAPACITY, 20_000, 1, 250, 0.2);
        int sketched = alarms(4096, 20_000, 1, 250, 0.2);
        System.out.printf("power %d against all values, %d against a sketch, of %d%n", all, sketched, REPETITIONS);
        assertThat(sketched).isBetween(all - REPETITIONS / 20, all + REPETITIONS / 20);
    }

    private static int alarms(int capacity, int records, int nodes, int window, double shift) {
        int alarms = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            UniformRandomProvider random = SeededRandom.stream(i, capacity, records, nodes, window);
            Reference reference = Reference.of(learned(random, capacity, records, nodes));
            WindowJudge.Verdict verdict =
                    Trial.verdict(reference, Rows.of(window, random, Map.of("x", Rows.normal(shift, 1))), i, LEVEL);
            alarms += verdict.status() == DriftStatus.DRIFTED ? 1 : 0;
        }
        return alarms;
    }

    private static Profile learned(UniformRandomProvider random, int capacity, int records, int nodes) {
        List<ProfileCollector> collectors = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            collectors.add(new ProfileCollector(Schema.NONE, ProfileOptions.DEFAULT.withCapacity(capacity)));
        }
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = 0; i < records; i++) {
            collectors.get(i % nodes).add(Map.of("x", normal.sample()));
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

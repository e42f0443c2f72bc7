package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Since when: bias and spread of the estimate, by seeded streams whose change is known. A record a second. */
class ChangePointTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A change of one field, and how near its estimate must be: half of the streams, and nine of ten, in records. */
    enum Change {
        SHIFT(Rows.normal(0, 1), Rows.normal(1, 1), 20, 100),
        SMALL_SHIFT(Rows.normal(0, 1), Rows.normal(0.5, 1), 60, 350),
        SPREAD(Rows.normal(0, 1), Rows.normal(0, 2), 20, 350),
        CATEGORIES(Rows.category(0.6, 0.3, 0.1), Rows.category(0.3, 0.3, 0.4), 20, 100),
        MISSING(Rows.normal(0, 1), Rows.missing(0.2, Rows.normal(0, 1)), 20, 100);

        final Function<UniformRandomProvider, Object> before;
        final Function<UniformRandomProvider, Object> after;
        final int half;
        final int most;

        Change(
                Function<UniformRandomProvider, Object> before,
                Function<UniformRandomProvider, Object> after,
                int half,
                int most) {
            this.before = before;
            this.after = after;
            this.half = half;
            this.most = most;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNearTheTruth(Change change) {
        int repetitions = Trial.REPETITIONS / 2;
        for (int panes : new int[] {1, 4}) {
            double[] errors = new double[repetitions];
            int found = 0;
            for (int seed = 0; seed < repetitions; seed++) {
                UniformRandomProvider random = SeededRandom.stream(seed, 5);
                int at = 2000 + random.nextInt(1000);
                ChangePoint point = firstSeen(change, at, panes, random);
                if (point != null) {
                    errors[found++] = Duration.between(START.plusSeconds(at), point.since())
                            .toSeconds();
                }
            }
            assertThat(found).isGreaterThan(repetitions * 9 / 10);
            double[] sorted = Arrays.stream(errors, 0, found).sorted().toArray();
            double[] sizes = Arrays.stream(sorted).map(Math::abs).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d panes: median error %.0f records, |error| at most %.0f in half, %.0f in nine of ten (%d streams)%n",
                    change,
                    panes,
                    sorted[found / 2],
                    sizes[found / 2],
                    sizes[found * 9 / 10],
                    found);
            assertThat(sorted[found / 2]).isCloseTo(0, within((double) change.half));
            assertThat(sizes[found / 2]).isLessThanOrEqualTo(change.half);
            assertThat(sizes[found * 9 / 10]).isLessThanOrEqualTo(change.most);
        }
    }

    /** The estimate of the first window that finds the change, of windows of 1,000 records; null if none of the next 5 does. */
    private static ChangePoint firstSeen(Change change, int at, int panes, UniformRandomProvider random) {
        Reference reference = Reference.of(Schema.NONE, Rows.of(2000, random, Map.of("x", change.before)));
        List<DriftReport> reports = new ArrayList<>();
        Instant[] now = {START};
        DriftMonitor monitor = new DriftMonitor(
                reference,
                DriftConfig.DEFAULT.withWindow(1000, panes).withFalseAlarms(1e6),
                Runnable::run,
                () -> now[0],
                reports::add);
        for (int i = 0; i < at + 5000; i++) {
            now[0] = START.plusSeconds(i);
            monitor.observe(Rows.of(1, random, Map.of("x", i < at ? change.before : change.after)));
            DriftReport last = reports.isEmpty() ? null : reports.get(reports.size() - 1);
            if (last != null && last.status() == DriftStatus.DRIFTED && i >= at) {
                ChangePoint point = last.fields().get(0).change();
                long since = Duration.between(START, point.since()).toSeconds();
                assertThat(point.sinceRecord()).isCloseTo(i + 1 - since, within(1L));
                return point;
            }
        }
        return null;
    }

    @Test
    void aChangeOlderThanTheWindowIsFoundByThePane() {
        UniformRandomProvider random = SeededRandom.stream(3);
        Reference reference = Reference.of(Schema.NONE, Rows.of(2000, random, Map.of("x", Rows.normal(0, 1))));
        List<DriftReport> reports = new ArrayList<>();
        Instant[] now = {START};
        DriftMonitor monitor = new DriftMonitor(
                reference, DriftConfig.DEFAULT.withWindow(500), Runnable::run, () -> now[0], reports::add);
        for (int i = 0; i < 20_000; i++) {
            now[0] = START.plusSeconds(i);
            monitor.observe(Rows.of(1, random, Map.of("x", Rows.normal(i < 8_200 ? 0 : 1, 1))));
        }
        FieldDrift field = reports.get(reports.size() - 1).fields().get(0);
        assertThat(field.change().since()).isEqualTo(START.plusSeconds(8_000));
        assertThat(field.change().sinceRecord()).isEqualTo(12_000);
        assertThat(reports.get(0).fields().get(0).change()).isNull();
    }

    /** All the panes there are differ: since the first of them, or longer. */
    @Test
    void whatHasAlwaysBeenDifferentIsSoSinceTheBeginning() {
        Reference reference = Reference.of(Schema.NONE, Rows.of(2000, 1, "x", Rows.normal(0, 1)));
        List<DriftReport> reports = new ArrayList<>();
        DriftMonitor monitor = new DriftMonitor(
                reference, DriftConfig.DEFAULT.withWindow(100), Runnable::run, () -> START, reports::add);
        monitor.observe(Rows.of(300, 2, "x", Rows.normal(2, 1)));
        assertThat(reports).hasSize(3);
        assertThat(reports).allSatisfy(report -> {
            ChangePoint point = report.fields().get(0).change();
            assertThat(point.sinceRecord()).isCloseTo(report.window() * 100, within(3L));
            assertThat(point.since()).isEqualTo(START);
        });
        assertThat(reports.get(0).toJson()).contains("\"since\":\"2026-01-01T00:00:00Z\",\"sinceRecord\":");
    }

    /** Of a window too large to be kept the order is not known. */
    @Test
    void ofASampledPaneOnlyThePaneIsKnown() {
        Reference reference = Reference.of(Schema.NONE, Rows.of(2000, 1, "x", Rows.normal(0, 1)));
        List<DriftReport> reports = new ArrayList<>();
        Instant[] now = {START};
        DriftMonitor monitor = new DriftMonitor(
                reference,
                DriftConfig.DEFAULT.withWindow(Duration.ofHours(1)),
                Runnable::run,
                () -> now[0],
                reports::add);
        monitor.observe(Rows.of(5_000, 2, "x", Rows.normal(0, 1)));
        now[0] = START.plusSeconds(3600);
        monitor.observe(Rows.of(15_000, 3, "x", Rows.normal(0, 1)));
        monitor.observe(Rows.of(15_000, 4, "x", Rows.normal(1, 1)));
        now[0] = START.plusSeconds(7200);
        monitor.tick();
        assertThat(reports).hasSize(2);
        assertThat(reports.get(1).fields().get(0).change()).isEqualTo(new ChangePoint(START.plusSeconds(3600), 30_000));
    }
}

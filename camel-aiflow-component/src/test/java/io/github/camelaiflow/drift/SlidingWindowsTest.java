package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.ValueCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Windows that move on by a pane. */
class SlidingWindowsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Reference NORMAL = Reference.of(Schema.NONE, Rows.of(2000, 1, "x", Rows.normal(0, 1)));

    private final List<DriftReport> reports = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Instant now = START;

    @Test
    void aVerdictComesWithEachPaneAboutItAndTheOnesBefore() {
        DriftMonitor monitor = monitor(DriftConfig.DEFAULT.withWindow(100, 4), Runnable::run);
        monitor.observe(normal(99, 2, 0));
        assertThat(reports).isEmpty();
        monitor.observe(normal(1, 3, 0));
        assertThat(reports).hasSize(1);
        monitor.observe(normal(75, 4, 0));
        assertThat(reports).extracting(DriftReport::window).containsExactly(1L, 2L, 3L, 4L);
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.records()).isEqualTo(100);
            assertThat(report.panes()).isEqualTo(4);
            assertThat(report.alpha()).isEqualTo(25 / 10_000.0);
            assertThat(report.status()).isEqualTo(DriftStatus.STABLE);
        });
    }

    @Test
    void eachRecordIsInAsManyWindowsAsThereArePanes() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            rows.addAll(Rows.values((Object) (i == 110 ? null : i / 400.0)));
        }
        Reference reference = Reference.of(Schema.NONE, rows);
        DriftMonitor monitor = new DriftMonitor(
                reference, DriftConfig.DEFAULT.withWindow(100, 4), Runnable::run, () -> now, reports::add);
        monitor.observe(rows);
        assertThat(reports).hasSize(13);
        assertThat(reports)
                .filteredOn(report -> report.fields().get(0).window().missing() == 1)
                .extracting(DriftReport::window)
                .containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void aVerdictThatIsDroppedKeepsItsRecordsForTheNext() {
        DriftMonitor monitor = monitor(DriftConfig.DEFAULT.withWindow(100, 2), waiting::add);
        monitor.observe(normal(250, 2, 0));
        assertThat(waiting).hasSize(1);
        assertThat(monitor.droppedWindows()).isEqualTo(3);
        waiting.remove().run();
        monitor.observe(normal(50, 3, 0));
        waiting.remove().run();
        assertThat(reports).extracting(DriftReport::window).containsExactly(1L, 5L);
        assertThat(reports.get(1).fields().get(0).window()).isEqualTo(new ValueCounts(100, 0, 0, 0));
    }

    @Test
    void timeInWhichNothingCameMovesWindowsOn() {
        DriftMonitor monitor = monitor(DriftConfig.DEFAULT.withWindow(Duration.ofSeconds(40), 4), Runnable::run);
        for (int s = 0; s < 40; s++) {
            monitor.observe(normal(10, s, 0));
            now = now.plusSeconds(1);
        }
        monitor.observe(normal(10, 50, 0));
        assertThat(reports).extracting(DriftReport::records).containsExactly(400L);
        now = now.plusSeconds(30);
        monitor.observe(normal(10, 51, 0));
        assertThat(reports).extracting(DriftReport::records).containsExactly(400L, 310L);
        now = now.plusSeconds(10);
        monitor.observe(normal(10, 52, 0));
        assertThat(reports).extracting(DriftReport::records).containsExactly(400L, 310L, 20L);
        now = now.plusSeconds(1000);
        monitor.observe(normal(1, 53, 0));
        assertThat(reports).extracting(DriftReport::records).containsExactly(400L, 310L, 20L, 20L);
        assertThat(reports.get(3).alpha()).isEqualTo(0.001);
    }

    @Test
    void aTickEndsWindowsOfTimeWithoutARecord() {
        DriftMonitor monitor = monitor(DriftConfig.DEFAULT.withWindow(Duration.ofSeconds(60)), Runnable::run);
        monitor.tick();
        now = now.plusSeconds(500);
        monitor.tick();
        monitor.observe(normal(300, 2, 0));
        now = now.plusSeconds(59);
        monitor.tick();
        assertThat(reports).isEmpty();
        now = now.plusSeconds(1);
        monitor.tick();
        assertThat(reports).extracting(DriftReport::records).containsExactly(300L);
        now = now.plusSeconds(600);
        monitor.tick();
        assertThat(reports).hasSize(1);
        now = now.minusSeconds(100_000);
        monitor.observe(normal(300, 3, 0));
        monitor.tick();
        now = now.plusSeconds(60);
        monitor.tick();
        assertThat(reports).hasSize(2);
    }

    @Test
    void aDriftedPaneHoldsUntilItHasLeftTheWindow() {
        DriftMonitor monitor = monitor(DriftConfig.DEFAULT.withWindow(400, 4), Runnable::run);
        monitor.observe(normal(400, 2, 0));
        monitor.observe(normal(100, 3, 4));
        monitor.observe(normal(400, 4, 0));
        assertThat(reports)
                .extracting(DriftReport::status)
                .containsExactly(
                        DriftStatus.STABLE,
                        DriftStatus.DRIFTED,
                        DriftStatus.DRIFTED,
                        DriftStatus.DRIFTED,
                        DriftStatus.DRIFTED,
                        DriftStatus.STABLE);
    }

    /** Memory of a thousand new categories a pane goes with the panes. */
    @Test
    void newCategoriesByTheThousandAreOneFinding() {
        Reference kinds = Reference.of(Schema.NONE, Rows.of(2000, 1, "x", Rows.category(0.6, 0.3, 0.1)));
        DriftMonitor monitor = new DriftMonitor(
                kinds, DriftConfig.DEFAULT.withWindow(2000, 2), Runnable::run, () -> now, reports::add);
        for (int batch = 0; batch < 5; batch++) {
            monitor.observe(Rows.of(1000, batch, "x", random -> "new" + random.nextInt(1_000_000)));
        }
        FieldDrift field = reports.get(3).fields().get(0);
        assertThat(field.drifted()).isTrue();
        assertThat(field.newCategories()).isGreaterThan(1900);
        DriftHistory.FieldPicture picture =
                monitor.history().segments().get(0).fields().get(0);
        assertThat(picture.bins()).hasSize(8);
        assertThat(picture.window()).containsExactly(0L, 0L, 0L, 0L, 2000L, 0L, 0L, 0L);
    }

    private DriftMonitor monitor(DriftConfig config, Executor executor) {
        return new DriftMonitor(NORMAL, config, executor, () -> now, reports::add);
    }

    private static List<Map<String, Object>> normal(int count, long seed, double mean) {
        return Rows.of(count, seed, "x", Rows.normal(mean, 1));
    }
}

package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.drift.profile.ValueCounts;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DriftMonitorTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Reference NORMAL = Reference.of(Schema.NONE, Rows.of(2000, 1, "x", Rows.normal(0, 1)));

    private final List<DriftReport> reports = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Instant now = START;

    @Test
    void knowsNothingBeforeTheFirstWindowIsFull() {
        DriftMonitor monitor = monitor(100, Runnable::run);
        monitor.observe(normal(99, 2, 0));
        assertThat(monitor.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(monitor.report()).isEmpty();
        monitor.observe(normal(1, 3, 0));
        assertThat(monitor.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(reports).hasSize(1);
        assertThat(monitor.report()).contains(reports.get(0));
        assertThat(reports.get(0).evaluatedAt()).isEqualTo(START);
        assertThat(reports.get(0).alpha()).isEqualTo(0.01);
    }

    @Test
    void driftedHoldsUntilAWindowIsStable() {
        DriftMonitor monitor = monitor(100, Runnable::run);
        monitor.observe(normal(100, 2, 2));
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(reports.get(0).driftedFields()).containsExactly("x");
        monitor.observe(normal(99, 3, 0));
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);
        monitor.observe(normal(1, 4, 0));
        assertThat(monitor.status()).isEqualTo(DriftStatus.STABLE);
    }

    @Test
    void driftedHoldsOverAWindowThatCannotKnow() {
        DriftMonitor monitor = timed(Runnable::run);
        monitor.observe(normal(300, 2, 2));
        now = now.plusSeconds(60);
        monitor.observe(normal(1, 3, 0));
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);
        now = now.plusSeconds(60);
        monitor.observe(normal(300, 4, 0));
        assertThat(reports.get(1).status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);
        now = now.plusSeconds(60);
        monitor.observe(normal(1, 5, 0));
        assertThat(monitor.status()).isEqualTo(DriftStatus.STABLE);
    }

    @Test
    void aResetAndANewReferenceForget() {
        DriftMonitor monitor = monitor(100, Runnable::run);
        monitor.observe(normal(150, 2, 2));
        monitor.reset();
        assertThat(monitor.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(monitor.report()).isEmpty();
        monitor.observe(normal(50, 3, 2));
        assertThat(reports).hasSize(1);
        monitor.observe(normal(50, 4, 2));
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);

        monitor.useReference(Reference.of(Schema.NONE, normal(2000, 5, 2)));
        assertThat(monitor.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        monitor.observe(normal(100, 6, 2));
        assertThat(monitor.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(reports).extracting(DriftReport::window).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aVerdictThatComesAfterAResetIsIgnored() {
        DriftMonitor monitor = monitor(100, waiting::add);
        monitor.observe(normal(100, 2, 2));
        monitor.reset();
        waiting.remove().run();
        assertThat(monitor.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(reports).isEmpty();
        monitor.observe(normal(100, 3, 2));
        waiting.remove().run();
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);
    }

    @Test
    void batchesAndSingleRecordsGiveTheSameReports() {
        List<Map<String, Object>> rows = normal(1050, 7, 0.1);
        DriftMonitor single = monitor(100, Runnable::run);
        rows.forEach(row -> single.observe(List.of(row)));
        List<DriftReport> expected = List.copyOf(reports);
        assertThat(expected).hasSize(10);
        for (int size : new int[] {1050, 333, 100, 7}) {
            reports.clear();
            DriftMonitor batched = monitor(100, Runnable::run);
            for (int from = 0; from < rows.size(); from += size) {
                batched.observe(rows.subList(from, Math.min(rows.size(), from + size)));
            }
            assertThat(reports).isEqualTo(expected);
        }
    }

    @Test
    void aWindowThatFillsWhileAnotherWaitsIsDroppedAndCounted() {
        DriftMonitor monitor = monitor(100, waiting::add);
        monitor.observe(normal(350, 2, 0));
        assertThat(waiting).hasSize(1);
        assertThat(monitor.droppedWindows()).isEqualTo(2);
        waiting.remove().run();
        assertThat(reports.get(0).droppedWindows()).isEqualTo(2);
        assertThat(reports.get(0).window()).isEqualTo(1);
        monitor.observe(normal(50, 3, 0));
        waiting.remove().run();
        assertThat(reports.get(1).window()).isEqualTo(4);
        assertThat(reports.get(1).records()).isEqualTo(100);
    }

    @Test
    void anExecutorThatRefusesOrAListenerThatThrowsNeverReachesTheCaller() {
        DriftMonitor refused = monitor(100, command -> {
            throw new RejectedExecutionException("full");
        });
        refused.observe(normal(250, 2, 0));
        assertThat(refused.droppedWindows()).isEqualTo(2);

        DriftMonitor deaf = new DriftMonitor(NORMAL, config(100), Runnable::run, () -> now, report -> {
            reports.add(report);
            throw new IllegalStateException("listener");
        });
        deaf.observe(normal(200, 3, 0));
        assertThat(deaf.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(reports).hasSize(2);
        assertThat(deaf.droppedWindows()).isZero();
    }

    @Test
    void aWindowOfTimeEndsWithTheFirstRecordAfterIt() {
        DriftMonitor monitor = timed(Runnable::run);
        monitor.observe(normal(200, 2, 0));
        now = START.plusSeconds(59);
        monitor.observe(normal(100, 3, 0));
        assertThat(reports).isEmpty();
        now = START.plusSeconds(60);
        monitor.observe(normal(50, 4, 0));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).records()).isEqualTo(300);
        assertThat(reports.get(0).alpha()).isEqualTo(0.03);
        now = START.plusSeconds(1000);
        monitor.observe(normal(1, 5, 0));
        assertThat(reports.get(1).records()).isEqualTo(50);
        assertThat(reports.get(1).alpha()).isEqualTo(0.005);
    }

    @Test
    void aClockThatGoesBackStartsTheWindowsTimeAnew() {
        DriftMonitor monitor = timed(Runnable::run);
        monitor.observe(normal(100, 2, 0));
        now = START.minus(Duration.ofDays(1));
        monitor.observe(normal(100, 3, 0));
        now = now.plusSeconds(59);
        monitor.observe(normal(100, 4, 0));
        assertThat(reports).isEmpty();
        now = now.plusSeconds(1);
        monitor.observe(normal(1, 5, 0));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).records()).isEqualTo(300);
    }

    @Test
    void ofAVeryLargeWindowASampleIsCompared() {
        DriftMonitor monitor = timed(Runnable::run);
        monitor.observe(normal(50_000, 2, 0));
        now = now.plusSeconds(60);
        monitor.observe(normal(1, 3, 0));
        DriftReport report = reports.get(0);
        assertThat(report.records()).isEqualTo(50_000);
        assertThat(report.windowSample()).isEqualTo(DriftMonitor.WINDOW_SAMPLE);
        assertThat(report.fields().get(0).window().total()).isEqualTo(DriftMonitor.WINDOW_SAMPLE);
        assertThat(report.alpha()).isEqualTo(0.1);
    }

    @Test
    void onlyConfiguredFieldsAreWatchedAndTheyMustExist() {
        Reference two = Reference.of(
                Schema.NONE,
                Rows.of(500, SeededRandom.stream(1), Map.of("x", Rows.normal(0, 1), "y", Rows.category(0.5, 0.5))));
        DriftConfig onlyY = config(100).withFields(List.of("y"));
        DriftMonitor monitor = new DriftMonitor(two, onlyY, Runnable::run, () -> now, reports::add);
        monitor.observe(Rows.of(100, 3, "y", Rows.category(0.5, 0.5)));
        assertThat(reports.get(0).fields()).extracting(FieldDrift::field).containsExactly("y");
        assertThatThrownBy(() -> new DriftMonitor(
                        two, config(100).withFields(List.of("z")), Runnable::run, () -> now, reports::add))
                .isInstanceOf(ReferenceException.class)
                .hasMessage("field z must be one the reference can compare: it is not in the reference");
        assertThatThrownBy(() -> monitor.useReference(NORMAL)).isInstanceOf(ReferenceException.class);
        assertThat(monitor.status()).isEqualTo(DriftStatus.STABLE);
    }

    @Test
    void recordsOfManyThreadsAreEachCountedOnce() throws Exception {
        ExecutorService judges = Executors.newSingleThreadExecutor();
        ExecutorService routes = Executors.newFixedThreadPool(8);
        DriftMonitor monitor = new DriftMonitor(NORMAL, config(97), judges, () -> now, report -> {
            synchronized (reports) {
                reports.add(report);
            }
        });
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int task = 0; task < 64; task++) {
                List<Map<String, Object>> rows = normal(500, task, 0);
                tasks.add(() -> {
                    for (int from = 0; from < 500; from += 50) {
                        monitor.observe(rows.subList(from, from + 50));
                    }
                    return null;
                });
            }
            for (Future<Void> done : routes.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            routes.shutdown();
            judges.shutdown();
            assertThat(judges.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(reports).isNotEmpty().allSatisfy(report -> {
            assertThat(report.records()).isEqualTo(97);
            assertThat(report.fields().get(0).window()).isEqualTo(new ValueCounts(97, 0, 0, 0));
        });
        assertThat(reports).extracting(DriftReport::window).isSorted();
        assertThat(reports.size() + monitor.droppedWindows()).isEqualTo(64 * 500 / 97);
    }

    private DriftMonitor monitor(int window, Executor executor) {
        return new DriftMonitor(NORMAL, config(window), executor, () -> now, reports::add);
    }

    private DriftMonitor timed(Executor executor) {
        InstantSource clock = () -> now;
        return new DriftMonitor(
                NORMAL, DriftConfig.DEFAULT.withWindow(Duration.ofMinutes(1)), executor, clock, reports::add);
    }

    private static DriftConfig config(int window) {
        return DriftConfig.DEFAULT.withWindow(window);
    }

    private static List<Map<String, Object>> normal(int count, long seed, double mean) {
        return Rows.of(count, seed, "x", Rows.normal(mean, 1));
    }
}

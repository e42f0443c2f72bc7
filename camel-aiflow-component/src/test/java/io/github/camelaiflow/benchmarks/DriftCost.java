package io.github.camelaiflow.benchmarks;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.DriftConfig;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.DriftStore;
import io.github.camelaiflow.drift.SegmentReferences;
import io.github.camelaiflow.drift.Segments;
import io.github.camelaiflow.store.MemoryStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * What watching records of 20 numbers costs a route's thread: CPU time of each record by the thread's own clock, which other work
 * on the machine hardly adds to, closings of windows included. Another thread judges the windows it can; with a store, a third saves open
 * windows every 5 ms, a thousand times as often as in earnest.
 */
public final class DriftCost {

    private static final int FIELDS = 20;
    private static final int ROWS = 4096;
    private static final int WARM = 200_000;
    private static final int RECORDS = 500_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private DriftCost() {}

    /** Measures and prints a table. */
    public static void main(String[] arguments) throws Exception {
        DriftConfig config = DriftConfig.DEFAULT.withFields(fields());
        Map<String, DriftConfig> configs = new LinkedHashMap<>();
        configs.put("1,000 records", config.withWindow(1000));
        configs.put("1,000 in 4 panes", config.withWindow(1000, 4));
        configs.put("1,600 in 16 panes", config.withWindow(1600, 16));
        configs.put("20,000 records", config.withWindow(20_000));
        configs.put(
                "1,000, 4 segments", config.withWindow(1000).withSegments(Segments.of("s", List.of("0", "1", "2"))));
        System.out.println(
                "| window | store | a record µs | a field and record µs | p99 µs | p99.9 µs | p99.99 µs | verdicts |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Map.Entry<String, DriftConfig> each : configs.entrySet()) {
            for (boolean store : new boolean[] {false, true}) {
                System.out.println("| " + each.getKey() + " | " + (store ? "yes" : "no") + " | "
                        + measured(each.getValue(), store) + " |");
            }
        }
    }

    private static String measured(DriftConfig config, boolean store) throws InterruptedException {
        List<List<Map<String, Object>>> rows = rows().stream().map(List::of).toList();
        ExecutorService evaluations = Executors.newSingleThreadExecutor();
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
        AtomicLong ticked = new AtomicLong();
        AtomicLong verdicts = new AtomicLong();
        DriftMonitor monitor = new DriftMonitor(
                SegmentReferences.of(Schema.NONE, rows(), config.segments()),
                config,
                evaluations,
                () -> Instant.EPOCH.plusSeconds(ticked.get()),
                report -> verdicts.incrementAndGet(),
                store ? new DriftStore(new MemoryStore(() -> Instant.EPOCH), "flow", "node", "run") : null);
        ticks.scheduleWithFixedDelay(
                () -> {
                    ticked.addAndGet(Duration.ofMinutes(1).toSeconds());
                    monitor.tick();
                },
                5,
                5,
                TimeUnit.MILLISECONDS);
        try {
            long[] samples = new long[RECORDS];
            long total = 0;
            for (int i = -WARM; i < RECORDS; i++) {
                List<Map<String, Object>> row = rows.get((i & Integer.MAX_VALUE) % ROWS);
                long before = THREADS.getCurrentThreadCpuTime();
                monitor.observe(row);
                long cost = THREADS.getCurrentThreadCpuTime() - before;
                if (i >= 0) {
                    samples[i] = cost;
                    total += cost;
                }
            }
            Arrays.sort(samples);
            double each = (total / (double) RECORDS - overhead()) / 1e3;
            return String.format(
                    Locale.ROOT,
                    "%.2f | %.3f | %.1f | %.1f | %.1f | %d",
                    each,
                    each / FIELDS,
                    samples[RECORDS / 100 * 99] / 1e3,
                    samples[RECORDS / 1000 * 999] / 1e3,
                    samples[RECORDS / 10_000 * 9999] / 1e3,
                    verdicts.get());
        } finally {
            ticks.shutdownNow();
            evaluations.shutdownNow();
            ticks.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** What reading the thread's clock costs by itself, ns. */
    private static double overhead() {
        long sum = 0;
        for (int i = 0; i < WARM; i++) {
            sum -= THREADS.getCurrentThreadCpuTime() - THREADS.getCurrentThreadCpuTime();
        }
        return sum / (double) WARM;
    }

    private static List<String> fields() {
        return IntStream.range(0, FIELDS).mapToObj(i -> "f" + i).toList();
    }

    private static List<Map<String, Object>> rows() {
        SplittableRandom random = new SplittableRandom(1);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new HashMap<>();
            fields().forEach(name -> row.put(name, random.nextDouble()));
            row.put("s", i % 4);
            rows.add(row);
        }
        return rows;
    }
}

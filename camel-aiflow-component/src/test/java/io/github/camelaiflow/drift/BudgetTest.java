package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/**
 * The budget of false alarms under sliding windows and segments, measured: seeded streams without drift, each against a reference
 * of its own, a quarter as many as other simulations have.
 */
class BudgetTest {

    private static final int BUDGET = 2000;
    private static final int RECORDS = 12_000;
    private static final double NORMAL_999 = 3.09;
    private static final Segments SEGMENTS = Segments.of("part", List.of("a", "b", "c"));
    private static final Map<String, Function<UniformRandomProvider, Object>> FIELDS = fields();

    /**
     * What came of one stream.
     *
     * @param alarms verdicts DRIFTED
     * @param first records until the first of them, or all there were
     */
    private record Run(int alarms, int first) {}

    @Test
    void recordsPerFalseAlarmAreAtLeastTheBudget() {
        int repetitions = Trial.REPETITIONS / 4;
        Map<String, DriftConfig> configs = new LinkedHashMap<>();
        DriftConfig config = DriftConfig.DEFAULT.withFalseAlarms(BUDGET);
        configs.put("tumbling, 160", config.withWindow(160));
        configs.put("2 panes", config.withWindow(160, 2));
        configs.put("4 panes", config.withWindow(160, 4));
        configs.put("16 panes", config.withWindow(160, 16));
        configs.put(
                "4 panes, 4 segments, one without a reference",
                config.withWindow(160, 4).withSegments(SEGMENTS));
        configs.put("4 panes of time", config.withWindow(Duration.ofSeconds(160), 4));
        StringBuilder table = new StringBuilder("\nbudget 2000 records per false alarm, " + repetitions
                + " streams of 12000 records\n| windows | records per false alarm | records to the first |\n");
        configs.forEach((name, each) -> {
            Run[] runs = runs(each, repetitions);
            line(table, name, runs);
            assertThat(lowest(runs, i -> runs[i].alarms)).as(name).isLessThanOrEqualTo((double) RECORDS / BUDGET);
            assertThat(highest(runs, i -> runs[i].first)).as(name).isGreaterThanOrEqualTo(cutBudget());
        });
        Run[] wholeWindow = runs(config.withWindow(160, 4).withFalseAlarms(BUDGET / 4.0), repetitions);
        line(table, "4 panes, each at a whole window's level", wholeWindow);
        assertThat(lowest(wholeWindow, i -> wholeWindow[i].alarms)).isGreaterThan((double) RECORDS / BUDGET);
        System.out.println(table.append("| dummy: alarms every 2000 records | 2000 | 2000 |\n"));
    }

    private static void line(StringBuilder table, String name, Run[] runs) {
        double alarms = Arrays.stream(runs).mapToInt(Run::alarms).average().orElseThrow();
        double first = Arrays.stream(runs).mapToInt(Run::first).average().orElseThrow();
        table.append(String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f (cut at 12000; budget %.0f) |%n",
                name,
                RECORDS / alarms,
                first,
                cutBudget()));
    }

    /** The shortest average run length the budget allows, of runs that are cut. */
    private static double cutBudget() {
        double level = 160.0 / BUDGET;
        return (1 - Math.pow(1 - level, RECORDS / 160.0)) / level * 160;
    }

    private static Run[] runs(DriftConfig config, int repetitions) {
        Run[] runs = new Run[repetitions];
        Arrays.setAll(runs, seed -> run(config.withSeed(seed)));
        return runs;
    }

    private static Run run(DriftConfig config) {
        UniformRandomProvider random = SeededRandom.stream(config.seed(), 17);
        List<Map<String, Object>> rows = Rows.of(600, random, FIELDS);
        SegmentReferences references = SegmentReferences.of(Schema.NONE, rows, config.segments());
        Instant[] now = {Instant.EPOCH};
        List<DriftReport> reports = new ArrayList<>();
        DriftMonitor monitor = new DriftMonitor(
                references, config.withFields(List.of("x", "k")), Runnable::run, () -> now[0], reports::add, null);
        int alarms = 0;
        int first = RECORDS;
        for (int i = 1; i <= RECORDS; i++) {
            now[0] = now[0].plusSeconds(1);
            monitor.observe(Rows.of(1, random, FIELDS));
            if (!reports.isEmpty()) {
                boolean alarm = reports.get(0).status() == DriftStatus.DRIFTED;
                alarms += alarm ? 1 : 0;
                first = alarm ? Math.min(first, i) : first;
                reports.clear();
            }
        }
        return new Run(alarms, first);
    }

    /** The one-sided 99.9 % lower bound of the mean over independent streams. */
    private static double lowest(Run[] runs, IntToDoubleFunction value) {
        return mean(runs, value) - NORMAL_999 * error(runs, value);
    }

    private static double highest(Run[] runs, IntToDoubleFunction value) {
        return mean(runs, value) + NORMAL_999 * error(runs, value);
    }

    private static double mean(Run[] runs, IntToDoubleFunction value) {
        double sum = 0;
        for (int i = 0; i < runs.length; i++) {
            sum += value.applyAsDouble(i);
        }
        return sum / runs.length;
    }

    private static double error(Run[] runs, IntToDoubleFunction value) {
        double mean = mean(runs, value);
        double squares = 0;
        for (int i = 0; i < runs.length; i++) {
            squares += (value.applyAsDouble(i) - mean) * (value.applyAsDouble(i) - mean);
        }
        return Math.sqrt(squares / (runs.length - 1) / runs.length);
    }

    private static Map<String, Function<UniformRandomProvider, Object>> fields() {
        Map<String, Function<UniformRandomProvider, Object>> fields = new LinkedHashMap<>();
        fields.put("x", Rows.normal(0, 1));
        fields.put("k", Rows.category(0.6, 0.3, 0.1));
        fields.put("part", random -> List.of("a", "a", "a", "b", "b", "c", "elsewhere")
                .get(random.nextInt(7)));
        return fields;
    }
}

package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that go bad on their way: found, dated, and never a reason to throw. */
class BadStreamTest {

    private final List<DriftReport> reports = new ArrayList<>();

    /** What the good values become. */
    enum Bad {
        TEXT(random -> "12"),
        INFINITE(random -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY),
        NAN(random -> Double.NaN),
        MISSING(random -> null),
        CONSTANT(random -> 0),
        LISTS(random -> List.of(1)),
        HUGE(random -> (random.nextBoolean() ? 1 : -1) * Double.MAX_VALUE),
        HEAVY(random -> 1 / (random.nextDouble() - 0.5));

        final Function<UniformRandomProvider, Object> values;

        Bad(Function<UniformRandomProvider, Object> values) {
            this.values = values;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatGoesBadInMidWindowIsFoundAndDated(Bad bad) {
        Reference reference = Reference.of(Schema.NONE, Rows.of(2000, 1, "x", Rows.normal(0, 1)));
        DriftMonitor monitor = new DriftMonitor(
                reference, DriftConfig.DEFAULT.withWindow(400, 4), Runnable::run, () -> Instant.EPOCH, reports::add);
        monitor.observe(Rows.of(450, 2, "x", Rows.normal(0, 1)));
        assertThat(monitor.status()).isEqualTo(DriftStatus.STABLE);
        monitor.observe(Rows.of(350, 3, "x", bad.values));
        DriftReport last = reports.get(reports.size() - 1);
        assertThat(last.driftedFields()).containsExactly("x");
        assertThat(last.fields().get(0).change().sinceRecord()).isCloseTo(350, within(40L));
        assertThat(last.toJson()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(monitor.history().toJson()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    /** Fields need not be of the record: a map that answers more names is enough. */
    @Test
    void aViewMayAnswerFieldsTheRecordHasNot() {
        UniformRandomProvider random = SeededRandom.stream(5);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(new View(new HashMap<>(Map.of("x", random.nextDouble())), random.nextDouble()));
        }
        Reference reference = Reference.of(
                Schema.NONE,
                rows.stream()
                        .<Map<String, Object>>map(row -> Map.of("x", row.get("x"), "score", row.get("score")))
                        .toList());
        DriftMonitor monitor = new DriftMonitor(
                reference, DriftConfig.DEFAULT.withWindow(100), Runnable::run, () -> Instant.EPOCH, reports::add);
        monitor.observe(rows);
        assertThat(reports).hasSize(3).allSatisfy(report -> assertThat(report.fields())
                .extracting(field -> field.window().values())
                .containsExactly(100, 100));
    }

    @Test
    void oneRowAndEmptyBatchesAreNotEnough() {
        Reference one = Reference.of(Schema.NONE, Rows.values(1.0));
        DriftMonitor monitor = new DriftMonitor(
                one, DriftConfig.DEFAULT.withWindow(1), Runnable::run, () -> Instant.EPOCH, reports::add);
        monitor.observe(List.of());
        monitor.observe(Rows.values(2.0, null));
        monitor.observe(Arrays.asList((Map<String, Object>) null));
        assertThat(reports).hasSize(3).allSatisfy(report -> assertThat(report.status())
                .isEqualTo(DriftStatus.INSUFFICIENT_DATA));
        assertThat(monitor.history().segments().get(0).verdicts()).hasSize(3);
    }

    @Test
    void theHistoryIsBounded() {
        Reference reference = Reference.of(Schema.NONE, Rows.of(100, 1, "x", Rows.normal(0, 1)));
        DriftMonitor monitor = new DriftMonitor(
                reference, DriftConfig.DEFAULT.withWindow(5), Runnable::run, () -> Instant.EPOCH, reports::add);
        monitor.observe(Rows.of(5 * 700, 2, "x", Rows.normal(0, 1)));
        DriftHistory.SegmentHistory history = monitor.history().segments().get(0);
        assertThat(history.verdicts()).hasSize(500);
        assertThat(history.verdicts().get(499).window()).isEqualTo(700);
        DriftHistory.FieldPicture picture = history.fields().get(0);
        assertThat(picture.edges()).hasSize(19).isSorted();
        assertThat(picture.bins()).hasSize(23);
        assertThat(picture.reference().stream().mapToDouble(Double::doubleValue).sum())
                .isEqualTo(100);
        assertThat(picture.window().stream().mapToLong(Long::longValue).sum()).isEqualTo(5);
        monitor.reset();
        assertThat(monitor.history().segments().get(0).verdicts()).isEmpty();
    }

    /** A record and what a model said of it. */
    private static final class View extends AbstractMap<String, Object> {

        private final Map<String, Object> record;
        private final double score;

        View(Map<String, Object> record, double score) {
            this.record = record;
            this.score = score;
        }

        @Override
        public Object get(Object key) {
            return "score".equals(key) ? (Object) score : record.get(key);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return record.entrySet();
        }
    }
}

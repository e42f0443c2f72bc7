package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.statistics.SeededRandom;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    private static final Segments REGIONS = Segments.of("region", List.of("north", "south", "3"));
    private static final DriftConfig CONFIG =
            DriftConfig.DEFAULT.withWindow(100).withSegments(REGIONS).withFields(List.of("x"));

    private final List<DriftReport> reports = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @Test
    void eachSegmentHasItsWindowsVerdictAndReference() {
        List<Map<String, Object>> rows = new ArrayList<>(rows(500, 1, "north", 0));
        rows.addAll(rows(300, 2, "south", 5));
        DriftMonitor monitor = monitor(rows);
        monitor.observe(rows(99, 3, "north", 0));
        monitor.observe(rows(100, 4, "south", 5));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).segment()).isEqualTo("south");
        assertThat(reports.get(0).referenceSample()).isEqualTo(300);
        assertThat(reports.get(0).status()).isEqualTo(DriftStatus.STABLE);
        monitor.observe(rows(1, 5, "north", 0));
        assertThat(reports.get(1).segment()).isEqualTo("north");
        assertThat(reports.get(1).window()).isEqualTo(1);
        monitor.observe(rows(100, 6, "north", 5));
        assertThat(reports.get(2).status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);
        monitor.observe(rows(100, 7, "south", 5));
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(monitor.report()).contains(reports.get(3));
        assertThat(monitor.reports()).containsExactly(reports.get(2), reports.get(3));
        monitor.observe(rows(100, 8, "north", 0));
        assertThat(monitor.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(reports.get(4).toJson()).contains("\"segment\":\"north\"");
        assertThat(monitor.history().segments())
                .extracting(DriftHistory.SegmentHistory::segment)
                .containsExactly("north", "south", "3", "other");
        assertThat(monitor.history().segments())
                .extracting(segment -> segment.verdicts().size())
                .containsExactly(3, 2, 0, 0);
    }

    @Test
    void whatIsNotDeclaredMissingOrUnreadableIsOther() {
        Map<String, Object> broken = new AbstractMap<>() {
            @Override
            public Object get(Object key) {
                throw new IllegalStateException("broken");
            }

            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new IllegalStateException("broken");
            }
        };
        assertThat(REGIONS.of(Map.of("region", "north"))).isZero();
        assertThat(REGIONS.of(Map.of("region", new StringBuilder("south")))).isEqualTo(1);
        for (Object three : new Object[] {3, 3L, 3.0, 3f, "3", new java.math.BigDecimal("3.00")}) {
            assertThat(REGIONS.of(Map.of("region", three))).isEqualTo(2);
        }
        for (Object other : new Object[] {"", "east", Double.NaN, Float.NEGATIVE_INFINITY, List.of(), true}) {
            assertThat(REGIONS.of(Map.of("region", other))).isEqualTo(3);
        }
        assertThat(REGIONS.of(Map.of())).isEqualTo(3);
        assertThat(REGIONS.of(broken)).isEqualTo(3);
        assertThat(REGIONS.of(null)).isEqualTo(3);
    }

    @Test
    void aSegmentWithoutAReferenceIsNotKnown() {
        DriftMonitor monitor = monitor(rows(500, 1, "north", 0));
        monitor.observe(rows(100, 2, "elsewhere", 0));
        assertThat(reports.get(0).segment()).isEqualTo("other");
        assertThat(reports.get(0).status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(reports.get(0).fields()).isEmpty();
        assertThat(reports.get(0).referenceSample()).isZero();
        assertThat(monitor.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(monitor.history().segments().get(3).verdicts()).hasSize(1);
    }

    /** One evaluation at a time, one waiting for each segment. */
    @Test
    void segmentsWaitForTheirTurn() {
        DriftMonitor monitor = new DriftMonitor(
                SegmentReferences.of(Schema.NONE, rows(500, 1, "north", 0), REGIONS),
                CONFIG,
                waiting::add,
                () -> Instant.EPOCH,
                reports::add,
                null);
        for (String region : List.of("north", "south", "3", "x", "north")) {
            monitor.observe(rows(100, 2, region, 0));
        }
        assertThat(monitor.droppedWindows()).isEqualTo(1);
        for (int done = 0; done < 4; done++) {
            assertThat(waiting).hasSize(1);
            assertThat(reports).hasSize(done);
            waiting.remove().run();
        }
        assertThat(waiting).isEmpty();
        assertThat(reports).extracting(DriftReport::segment).containsExactly("north", "south", "3", "other");
    }

    @Test
    void manySegmentsShareTheRoom() {
        List<String> values =
                IntStream.range(0, Segments.MAX - 1).mapToObj(i -> "s" + i).toList();
        Segments many = Segments.of("region", values);
        List<Map<String, Object>> rows = new ArrayList<>();
        values.forEach(value -> rows.addAll(rows(20, 1, value, 0)));
        DriftMonitor monitor = new DriftMonitor(
                SegmentReferences.of(Schema.NONE, rows, many),
                DriftConfig.DEFAULT.withWindow(5000).withSegments(many),
                Runnable::run,
                () -> Instant.EPOCH,
                reports::add,
                null);
        monitor.observe(rows(5000, 2, "s98", 0));
        assertThat(reports.get(0).windowSample()).isEqualTo(1000);
        assertThat(reports.get(0).records()).isEqualTo(5000);
    }

    @Test
    void areReadFromFiles() {
        String csv = "x,region\n1.5,north\n2.5,south\n3.5,north\n";
        SegmentReferences references = SegmentReferences.read(
                "r.csv", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), Schema.NONE, 100, 0, REGIONS);
        assertThat(references.whole().rows()).isEqualTo(3);
        assertThat(references.segment(0).orElseThrow().rows()).isEqualTo(2);
        assertThat(references.segment(1).orElseThrow().rows()).isEqualTo(1);
        assertThat(references.segment(2)).isEmpty();
    }

    @Test
    void isCheckedAtStart() {
        assertThatIllegalArgumentException().isThrownBy(() -> Segments.of(" ", List.of("a")));
        assertThatIllegalArgumentException().isThrownBy(() -> Segments.of("f", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Segments.of("f", List.of("a", "a")));
        assertThatIllegalArgumentException().isThrownBy(() -> Segments.of("f", List.of("other")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Segments.of("f", Collections.nCopies(100, "a")))
                .withMessageContaining("field f must be 1 to 99 declared values");
        assertThatThrownBy(() -> monitor(Rows.of(100, 1, "x", Rows.normal(0, 1))))
                .isInstanceOf(ReferenceException.class)
                .hasMessage("the reference must have records of a declared segment by field region");
        Reference whole = Reference.of(Schema.NONE, rows(100, 1, "north", 0));
        assertThatThrownBy(() -> new DriftMonitor(whole, CONFIG, Runnable::run, () -> Instant.EPOCH, reports::add))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("references must be of the segments");
        assertThatThrownBy(() -> SegmentReferences.of(whole, REGIONS, Map.of("west", whole)))
                .isInstanceOf(ReferenceException.class);
        assertThat(SegmentReferences.of(whole, REGIONS, Map.of("north", whole)).segment(0))
                .contains(whole);
    }

    private DriftMonitor monitor(List<Map<String, Object>> reference) {
        return new DriftMonitor(
                SegmentReferences.of(Schema.NONE, reference, REGIONS),
                CONFIG,
                Runnable::run,
                () -> Instant.EPOCH,
                reports::add,
                null);
    }

    private static List<Map<String, Object>> rows(int count, long seed, String region, double mean) {
        Map<String, Function<UniformRandomProvider, Object>> fields = new LinkedHashMap<>();
        fields.put("x", Rows.normal(mean, 1));
        fields.put("region", random -> region);
        return Rows.of(count, SeededRandom.stream(seed), fields);
    }
}

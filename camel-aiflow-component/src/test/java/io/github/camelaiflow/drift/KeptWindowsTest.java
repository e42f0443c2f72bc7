package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.statistics.SeededRandom;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** Open windows outlive their process, and no two processes take one up. */
class KeptWindowsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Schema SCHEMA = new Schema(
            null,
            List.of(
                    Field.of("x", FieldType.NUMBER),
                    Field.of("k", FieldType.CATEGORY),
                    Field.of("b", FieldType.BOOLEAN),
                    Field.of("t", FieldType.TEXT)));

    private final List<Map<String, Object>> reference = rows(800, 1);
    private final List<DriftReport> reports = new ArrayList<>();
    private Instant now = START;
    private final Store store = new MemoryStore(() -> now);

    @Test
    void aRestartInMidWindowGivesTheVerdictsOfNone() {
        for (DriftConfig config : List.of(
                config(200, 1),
                config(200, 4),
                config(200, 4).withSegments(Segments.of("b", List.of("true", "false"))),
                DriftConfig.DEFAULT.withWindow(Duration.ofSeconds(200), 4))) {
            List<Map<String, Object>> rows = rows(1050, 7);
            DriftMonitor whole = monitor(config, null);
            feed(whole, rows);
            List<DriftReport> expected = List.copyOf(reports);
            assertThat(expected).hasSizeGreaterThan(4);
            reports.clear();
            now = START;

            int from = 0;
            for (int to : new int[] {130, 610, 611, 1050}) {
                DriftMonitor monitor = monitor(config, kept("node", "run" + to));
                monitor.tick();
                feed(monitor, rows.subList(from, to));
                monitor.close();
                from = to;
            }
            assertThat(reports).isEqualTo(expected);
            reports.clear();
            now = START.plus(Duration.ofDays(30));
            store.prune("drift/flow", now);
            now = START;
        }
    }

    @Test
    void theVerdictThatHeldIsTakenUp() {
        DriftMonitor before = monitor(config(100, 1), kept("node", "a"));
        before.observe(Rows.of(100, 2, "x", Rows.normal(9, 1)));
        assertThat(before.status()).isEqualTo(DriftStatus.DRIFTED);
        before.close();
        DriftMonitor after = monitor(config(100, 1), kept("node", "b"));
        assertThat(after.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        after.tick();
        assertThat(after.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(after.report()).isEmpty();
        assertThat(after.history().segments().get(0).status()).isEqualTo(DriftStatus.DRIFTED);
        after.observe(rows(100, 3));
        assertThat(after.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(reports.get(1).window()).isEqualTo(2);
    }

    @Test
    void whatAKilledNodeLeftIsTakenUpByOneOtherAfterTheLease() {
        DriftMonitor killed = monitor(config(100, 1), kept("n1", "p1"));
        killed.observe(rows(60, 2));
        killed.tick();
        killed.observe(rows(20, 3));

        DriftMonitor second = monitor(config(100, 1), kept("n2", "p2"));
        DriftMonitor third = monitor(config(100, 1), kept("n3", "p3"));
        for (int s = 0; s < 29; s++) {
            second.tick();
            third.tick();
            now = now.plusSeconds(1);
        }
        second.observe(rows(39, 4));
        third.observe(rows(39, 5));
        second.tick();
        third.tick();
        assertThat(reports).isEmpty();
        now = now.plusSeconds(1);
        second.tick();
        third.tick();
        second.observe(rows(1, 6));
        third.observe(rows(1, 7));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).records()).isEqualTo(100);
        third.observe(rows(59, 8));
        assertThat(reports).hasSize(1);
        third.observe(rows(1, 9));
        assertThat(reports).hasSize(2);
    }

    @Test
    void aNodeThatWasSilentForTooLongBeginsAnew() {
        DriftMonitor silent = monitor(config(100, 1), kept("n1", "p1"));
        silent.observe(rows(60, 2));
        silent.tick();
        DriftMonitor other = monitor(config(100, 1), kept("n2", "p2"));
        other.tick();
        now = now.plusSeconds(31);
        other.tick();
        silent.observe(rows(1, 3));
        silent.tick();
        silent.observe(rows(99, 4));
        assertThat(reports).isEmpty();
        silent.observe(rows(1, 5));
        assertThat(reports).hasSize(1);
        other.observe(rows(40, 6));
        assertThat(reports).hasSize(2);
        silent.observe(rows(30, 7));
        silent.close();
        DriftMonitor next = monitor(config(100, 1), kept("n1", "p3"));
        next.tick();
        next.observe(rows(70, 8));
        assertThat(reports).hasSize(3);
    }

    @Test
    void aNodeThatBeginsAnewStillDatesChanges() {
        DriftMonitor silent = monitor(config(100, 1), kept("n1", "p1"));
        silent.observe(Rows.of(260, 2, "x", Rows.normal(9, 1)));
        silent.tick();
        DriftMonitor other = monitor(config(100, 1), kept("n2", "p2"));
        other.tick();
        now = now.plusSeconds(31);
        other.tick();
        silent.observe(Rows.of(1, 3, "x", Rows.normal(9, 1)));
        silent.tick();
        reports.clear();
        silent.observe(Rows.of(200, 4, "x", Rows.normal(9, 1)));
        assertThat(reports)
                .map(report -> report.fields().get(0).change().sinceRecord())
                .containsExactly(361L, 461L);
    }

    @Test
    void anotherBudgetGoesOnWithWindowsAndVerdictOfTheSameProcess() {
        for (DriftStore kept : new DriftStore[] {kept("", "p1"), null}) {
            reports.clear();
            DriftMonitor before = monitor(config(100, 1), kept);
            before.observe(Rows.of(160, 2, "x", Rows.normal(9, 1)));
            before.tick();
            DriftMonitor after = monitor(config(100, 1).withFalseAlarms(20_000), kept);
            after.observe(rows(1, 3));
            // may come before the other is closed
            after.tick();
            before.close();
            after.continues(before);
            now = now.plusSeconds(6);
            after.tick();
            assertThat(after.status()).isEqualTo(DriftStatus.DRIFTED);
            assertThat(reports).hasSize(1);
            after.observe(rows(39, 4));
            assertThat(reports).map(DriftReport::window).containsExactly(1L, 2L);
            after.observe(rows(100, 5));
            after.close();
        }
    }

    @Test
    void aMonitorOfOtherWindowsBeginsAnew() {
        DriftMonitor before = monitor(config(100, 1), null);
        before.observe(Rows.of(160, 2, "x", Rows.normal(9, 1)));
        DriftMonitor after = monitor(config(200, 1), null);
        after.continues(before);
        assertThat(after.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        after.observe(rows(199, 3));
        assertThat(reports).hasSize(1);
    }

    @Test
    void aLiveNodeKeepsItsWindows() {
        DriftMonitor live = monitor(config(100, 1), kept("n1", "p1"));
        DriftMonitor other = monitor(config(100, 1), kept("n2", "p2"));
        live.observe(rows(60, 2));
        for (int s = 0; s < 300; s += 3) {
            live.tick();
            other.tick();
            now = now.plusSeconds(3);
        }
        other.observe(rows(99, 3));
        assertThat(reports).isEmpty();
        live.observe(rows(40, 4));
        assertThat(reports).hasSize(1);
    }

    @Test
    void aKillLosesWhatCameSinceTheLastSave() {
        DriftMonitor killed = monitor(config(100, 1), kept("n1", "p1"));
        killed.observe(rows(40, 2));
        killed.tick();
        now = now.plusSeconds(4);
        killed.observe(rows(10, 3));
        killed.tick();
        now = now.plusSeconds(4);
        killed.observe(rows(10, 4));
        killed.tick();
        killed.observe(rows(30, 5));
        DriftMonitor next = monitor(config(100, 1), kept("n1", "p2"));
        next.tick();
        now = now.plusSeconds(30);
        next.tick();
        next.observe(rows(39, 6));
        assertThat(reports).isEmpty();
        next.observe(rows(1, 7));
        assertThat(reports).hasSize(1);
    }

    @Test
    void anotherReferenceFieldOrWindowIsNotTakenUp() {
        DriftMonitor before = monitor(config(100, 1), kept("n", "p1"));
        before.observe(rows(60, 2));
        before.close();
        List<DriftMonitor> others = List.of(
                monitor(config(200, 2), kept("n", "p2")),
                monitor(config(100, 1).withFields(List.of("x")), kept("n", "p3")),
                new DriftMonitor(
                        SegmentReferences.of(SCHEMA, rows(800, 9), Segments.NONE),
                        config(100, 1),
                        Runnable::run,
                        () -> now,
                        reports::add,
                        kept("n", "p4")));
        others.forEach(DriftMonitor::tick);
        others.get(0).observe(rows(40, 3));
        others.get(1).observe(rows(99, 4));
        others.get(2).observe(rows(99, 5));
        assertThat(reports).isEmpty();
        DriftMonitor same = monitor(config(100, 1), kept("n", "p5"));
        same.tick();
        same.observe(rows(40, 6));
        assertThat(reports).hasSize(1);
    }

    @Test
    void whatIsCorruptIsDroppedAndNothingThrows() {
        List<String[]> changes = List.of(
                new String[] {"\"v\":[", "\"v\":[1,"},
                new String[] {"\"c\":0", "\"c\":1"},
                new String[] {"\"f\":1", "\"f\":0"},
                new String[] {"\"f\":1", "\"f\":77"},
                new String[] {"\"p\":0", "\"p\":-1"},
                new String[] {"\"s\":0", "\"s\":5"},
                new String[] {"\"seen\":60", "\"seen\":61"},
                new String[] {"\"seen\":60", "\"seen\":-1"},
                new String[] {"\"next\":", "\"next\":-"},
                new String[] {"\"from\":\"2026", "\"from\":\"soon"},
                new String[] {"\"generation\":", "\"generation\":9"},
                new String[] {"\"status\":\"INSUFFICIENT_DATA\"", "\"status\":\"PERHAPS\""},
                new String[] {
                    "\"panes\":[",
                    "\"panes\":[{\"first\":0,\"from\":null,\"to\":null,\"seen\":0,\"next\":9999,\"weight\":0.5},"
                },
                new String[] {"{", "["});
        int run = 0;
        for (String[] change : changes) {
            DriftMonitor before = monitor(config(100, 1), kept("n", "p" + run++));
            before.observe(rows(60, 2));
            before.close();
            int changed = 0;
            for (Store.Document document : store.list("drift/flow", "")) {
                String content = document.content();
                if (content.contains(change[0]) && !content.contains("\"taken\"") && changed == 0) {
                    int at = content.indexOf(change[0]);
                    String bad = content.substring(0, at) + change[1] + content.substring(at + change[0].length());
                    store.write("drift/flow", document.key(), bad);
                    changed++;
                }
            }
            assertThat(changed).as(change[0]).isEqualTo(1);
            DriftMonitor after = monitor(config(100, 1), kept("n", "p" + run++));
            after.tick();
            after.observe(rows(99, 3));
            assertThat(reports).as(change[0]).isEmpty();
            after.observe(rows(1, 4));
            assertThat(reports).as(change[0]).hasSize(1);
            reports.clear();
            now = now.plus(Duration.ofDays(1));
            store.prune("drift/flow", now);
        }
    }

    /** All kinds of values, a column too long for one slice and windows too large for one document come back as they were. */
    @Test
    void largeWindowsComeBackAsTheyWere() {
        List<Map<String, Object>> rows = new ArrayList<>();
        Object[] odd = {
            null,
            "",
            "7",
            3.5,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            List.of(),
            "\u0000\uD800ü",
            true,
            12L,
            "y".repeat(500)
        };
        for (int i = 0; i < 9_000; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("x", i % 3 == 0 ? odd[i % odd.length] : (Object) (i / 7.0));
            row.put("k", i % 2 == 0 ? odd[i / 2 % odd.length] : "ü" + i % 9 + "!".repeat(100));
            row.put("b", i % 5 == 0 ? odd[i % odd.length] : (Object) (i % 2 == 0));
            row.put("t", odd[i % odd.length]);
            rows.add(row);
        }
        DriftConfig config = config(10_000, 2);
        DriftMonitor whole = monitor(config, null);
        whole.observe(rows);
        whole.observe(rows(1000, 4));

        DriftMonitor before = monitor(config, kept("n", "p1"));
        before.observe(rows);
        before.close();
        assertThat(store.list("drift/flow", "part/p1/")).hasSizeGreaterThan(1);
        DriftMonitor after = monitor(config, kept("n", "p2"));
        after.tick();
        after.observe(rows(1000, 4));
        assertThat(reports).hasSize(2);
        assertThat(reports.get(1)).isEqualTo(reports.get(0));
        assertThat(after.history()).isEqualTo(whole.history());
    }

    @Test
    void aSampledWindowGoesOnBeingSampled() {
        DriftConfig config =
                DriftConfig.DEFAULT.withWindow(Duration.ofMinutes(1)).withFields(List.of("x"));
        DriftMonitor before = monitor(config, kept("n", "p1"));
        before.observe(rows(30_000, 2));
        before.close();
        DriftMonitor after = monitor(config, kept("n", "p2"));
        after.tick();
        after.observe(rows(30_000, 3));
        now = now.plusSeconds(61);
        after.tick();
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).records()).isEqualTo(60_000);
        assertThat(reports.get(0).windowSample()).isEqualTo(DriftMonitor.WINDOW_SAMPLE);
        assertThat(reports.get(0).status()).isEqualTo(DriftStatus.STABLE);
    }

    @Test
    void aStoreThatIsAwayIsNoReasonToThrow() {
        boolean[] away = {true};
        Store shaky = (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (away[0]) {
                        throw new StoreException("the store is away", null);
                    }
                    return method.invoke(store, arguments);
                });
        DriftMonitor monitor = monitor(config(100, 1), new DriftStore(shaky, "flow", "n", "p1"));
        monitor.observe(rows(60, 2));
        monitor.tick();
        monitor.tick();
        away[0] = false;
        monitor.tick();
        DriftMonitor other = monitor(config(100, 1), kept("m", "p2"));
        other.tick();
        now = now.plusSeconds(30);
        other.tick();
        other.observe(rows(40, 3));
        assertThat(reports).hasSize(1);
    }

    private DriftMonitor monitor(DriftConfig config, DriftStore kept) {
        return new DriftMonitor(
                SegmentReferences.of(SCHEMA, reference, config.segments()),
                config,
                Runnable::run,
                () -> now,
                reports::add,
                kept);
    }

    private DriftStore kept(String node, String process) {
        return new DriftStore(store, "flow", node, process);
    }

    private void feed(DriftMonitor monitor, List<Map<String, Object>> rows) {
        for (Map<String, Object> row : rows) {
            now = now.plusSeconds(1);
            monitor.observe(List.of(row));
        }
    }

    private static DriftConfig config(int window, int panes) {
        return DriftConfig.DEFAULT.withWindow(window, panes);
    }

    private static List<Map<String, Object>> rows(int count, long seed) {
        Map<String, Function<UniformRandomProvider, Object>> fields = new LinkedHashMap<>();
        fields.put("x", Rows.missing(0.05, Rows.normal(0, 1)));
        fields.put("k", Rows.category(0.6, 0.3, 0.1));
        fields.put("b", random -> random.nextBoolean());
        fields.put("t", random -> "word ".repeat(1 + random.nextInt(4)));
        return Rows.of(count, SeededRandom.stream(seed), fields);
    }
}

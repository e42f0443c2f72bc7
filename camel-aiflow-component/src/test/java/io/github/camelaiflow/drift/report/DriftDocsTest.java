package io.github.camelaiflow.drift.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.DriftConfig;
import io.github.camelaiflow.drift.DriftHistory;
import io.github.camelaiflow.drift.DriftHistory.SegmentHistory;
import io.github.camelaiflow.drift.DriftHistory.Verdict;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.drift.Reference;
import io.github.camelaiflow.drift.SegmentReferences;
import io.github.camelaiflow.drift.Segments;
import io.github.camelaiflow.drift.multivariate.MultivariateTest;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.page.Pages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftDocsTest {

    private static final String HOSTILE = "<script>alert('1')</script>&\"\u0000\u202E]]>";
    private static final Instant BEGIN = Instant.parse("2026-01-02T00:00:00Z");
    private static final Settings SETTINGS = new Settings("claims", BEGIN);

    private final Random random = new Random(7);
    private final Instant[] now = {BEGIN};

    private Map<String, Object> row(double shift, String kind) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("amount", shift + random.nextGaussian());
        row.put("age", random.nextGaussian());
        row.put("kind", kind == null ? List.of("fire", "theft", "glass").get(random.nextInt(3)) : kind);
        return row;
    }

    private List<Map<String, Object>> rows(int count, double shift) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(shift, null));
        }
        return rows;
    }

    private DriftMonitor monitor(DriftConfig config) {
        Profile profile =
                Profile.of(Schema.NONE, rows(2000, 0), ProfileOptions.DEFAULT.withReferenceSample(500), 20_000);
        return monitor(SegmentReferences.of(Reference.of(profile)), config);
    }

    private DriftMonitor monitor(SegmentReferences references, DriftConfig config) {
        return new DriftMonitor(references, config, Runnable::run, () -> now[0], report -> {}, null);
    }

    private void observe(DriftMonitor monitor, List<Map<String, Object>> rows) {
        for (Map<String, Object> row : rows) {
            now[0] = now[0].plus(Duration.ofSeconds(1));
            monitor.observe(List.of(row));
        }
    }

    private static String page(DriftMonitor monitor) {
        return DriftDocs.html(monitor.history(), monitor.reports(), SETTINGS);
    }

    @Test
    void aDriftedFieldIsToldWithItsEvidenceAndSinceWhen() throws Exception {
        DriftMonitor monitor = monitor(DriftConfig.DEFAULT.withWindow(200).withFalseAlarms(20_000));
        observe(monitor, rows(1000, 0));
        assertThat(Pages.text(page(monitor))).contains("✓Stable", "0 said drift");
        observe(monitor, rows(400, 1.5));

        String page = page(monitor);

        String text = Pages.text(page);
        assertThat(text)
                .contains("Drift of claims", "page made 2026-01-02 00:00:00 UTC")
                .contains("1 field differs from the reference: amount.")
                .contains("one false alarm in 20,000 records on average")
                .contains("1,000 records raise one with a chance of at most 0.05.")
                .contains(
                        "the 7 windows shown would have said drift at most this often on average: 0.07. 2 said drift.")
                .contains("Evidence of windows 1 to 7; drift found in 2. Changed")
                .contains("kolmogorov-smirnov")
                .contains("fire", "glass")
                .contains("No record is shown");
        long ago = monitor.reports().get(0).fields().stream()
                .filter(field -> field.field().equals("amount"))
                .findFirst()
                .orElseThrow()
                .change()
                .sinceRecord();
        assertThat(ago).isBetween(370L, 430L);
        assertThat(text).contains("Changed" + ago + " records ago (2026-01-02 00:1");
        assertThat(page.indexOf("<h3 class=\"name\">amount")).isBetween(1, page.indexOf("<h3 class=\"name\">age"));
        assertThat(page).contains("Window 7 at 2026-01-02 00:23:20 UTC: p = ");
        Pages.standsForItself(page);
        assertThat(page(monitor)).isEqualTo(page);
    }

    @Test
    void noValueOfARecordIsShown() throws Exception {
        DriftMonitor monitor = monitor(DriftConfig.DEFAULT.withWindow(100).withFalseAlarms(1000));
        List<Map<String, Object>> rows = rows(60, 0);
        for (int i = 0; i < 40; i++) {
            Map<String, Object> row = row(0, "planted kind");
            row.put("amount", i == 0 ? 4711.0815 : null);
            rows.add(row);
        }
        observe(monitor, rows);

        String page = page(monitor);

        assertThat(page).doesNotContain("planted").doesNotContain("4711").doesNotContain("4,711");
        assertThat(Pages.text(page))
                .contains("not in the reference40 %")
                .contains("1 that the reference does not have")
                .contains("39 %, in the reference 0 %");
        Pages.standsForItself(page);
    }

    @Test
    void whatIsHostileStaysText() throws Exception {
        List<Map<String, Object>> reference = new ArrayList<>();
        List<Map<String, Object>> window = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            reference.add(Map.of(HOSTILE, HOSTILE, "n", i, "s", HOSTILE));
            window.add(Map.of(HOSTILE, "other", "n", i, "s", HOSTILE));
        }
        DriftConfig config = DriftConfig.DEFAULT
                .withWindow(200)
                .withFalseAlarms(4000)
                .withSegments(Segments.of("s", List.of(HOSTILE)));
        DriftMonitor monitor = new DriftMonitor(
                SegmentReferences.of(Schema.NONE, reference, config.segments()),
                config,
                Runnable::run,
                () -> BEGIN,
                report -> {},
                null);
        monitor.observe(window);

        String page = DriftDocs.html(monitor.history(), monitor.reports(), new Settings(HOSTILE, null));

        Pages.standsForItself(page);
        assertThat(Pages.text(page))
                .contains("Drift of " + HOSTILE.replace('\u0000', '\uFFFD'))
                .contains("Segment " + HOSTILE.replace('\u0000', '\uFFFD'))
                .contains("1 field differs");
        assertThat(Pages.text(DriftDocs.nothingYet(new Settings(HOSTILE, null))))
                .contains("No data yet");
    }

    @Test
    void segmentsAreComparedApart() throws Exception {
        Segments segments = Segments.of("kind", List.of("fire", "flood"));
        DriftMonitor monitor = monitor(
                SegmentReferences.of(Schema.NONE, rows(2000, 0), segments),
                DriftConfig.DEFAULT.withWindow(200).withFalseAlarms(20_000).withSegments(segments));
        List<Map<String, Object>> rows = new ArrayList<>(rows(1500, 0));
        rows.removeIf(row -> row.get("kind").equals("fire"));
        for (int i = 0; i < 200; i++) {
            rows.add(row(2, "fire"));
            rows.add(row(0, "flood"));
        }
        observe(monitor, rows);

        String page = page(monitor);

        assertThat(Pages.text(page))
                .contains("amount (fire)")
                .contains("Each segment is compared with the reference of its own")
                .contains("Segment fire", "Segment flood", "Segment other");
        assertThat(Pages.elements(page, "h2").get(1).getTextContent()).isEqualTo("Segment fire");
        Pages.standsForItself(page);
    }

    @Test
    void testsOfWholeRecordsAndDetectorsAreThere() throws Exception {
        DriftMonitor monitor = monitor(DriftConfig.DEFAULT
                .withWindow(400)
                .withFalseAlarms(8000)
                .withMultivariate(List.of(MultivariateTest.values()))
                .withSequential(true));
        observe(monitor, rows(400, 3));

        String page = page(monitor);

        assertThat(Pages.text(page)).contains("All fields together", "conformal");
        for (MultivariateTest test : MultivariateTest.values()) {
            assertThat(Pages.text(page)).contains(test.word());
        }
        Pages.standsForItself(page);
    }

    @Test
    void driftHoldsUntilAWindowIsStable() {
        Verdict drifted = new Verdict(1, BEGIN, 100, 0.01, DriftStatus.DRIFTED, List.of());
        Verdict small = new Verdict(2, BEGIN, 2, 0.01, DriftStatus.INSUFFICIENT_DATA, List.of());
        DriftReport report = new DriftReport(
                DriftStatus.INSUFFICIENT_DATA,
                null,
                2,
                1,
                2,
                2,
                9,
                0.01,
                List.of(),
                List.of(),
                null,
                Map.of(),
                0,
                BEGIN);

        String held =
                Pages.text(DriftDocs.html(history(DriftStatus.DRIFTED, drifted, small), List.of(report), SETTINGS));
        String small2 = Pages.text(
                DriftDocs.html(history(DriftStatus.INSUFFICIENT_DATA, small, small), List.of(report), SETTINGS));

        assertThat(held).contains("Drift was found before. It holds until");
        assertThat(small2).contains("Not enough data", "neither drifted nor stable");
    }

    private static DriftHistory history(DriftStatus status, Verdict... verdicts) {
        return new DriftHistory(1000, List.of(new SegmentHistory(null, status, List.of(verdicts), List.of())));
    }

    @Test
    void aVerdictThatWasTakenUpIsToldThoughNoWindowIsCompleteSince() throws Exception {
        String drifted = DriftDocs.html(history(DriftStatus.DRIFTED), List.of(), SETTINGS);
        String stable = DriftDocs.html(history(DriftStatus.STABLE), List.of(), SETTINGS);

        assertThat(Pages.text(drifted))
                .contains("Drifted", "Drift was found before. It holds until", "since this process began")
                .doesNotContain("No data yet");
        assertThat(Pages.text(stable)).contains("Stable", "It took up the verdict of before.");
        Pages.standsForItself(drifted);
        Pages.standsForItself(stable);
    }

    @Test
    void withoutAWindowThereIsNoData() {
        String page = page(monitor(DriftConfig.DEFAULT));

        assertThat(Pages.text(page)).contains("No data yet", "neither drifted nor stable");
    }

    @Test
    void oddColumnsArePagesToo() throws Exception {
        Schema schema =
                new Schema(null, List.of(Field.of("one", FieldType.NUMBER), Field.of("none", FieldType.NUMBER)));
        List<Map<String, Object>> reference = new ArrayList<>();
        List<Map<String, Object>> window = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("one", 5);
            row.put("none", null);
            reference.add(row);
            Map<String, Object> odd = new LinkedHashMap<>();
            odd.put(
                    "one",
                    i % 3 == 0 ? (Object) "text" : i % 3 == 1 ? (Object) Double.POSITIVE_INFINITY : (Object) 1e300);
            odd.put("none", null);
            window.add(odd);
        }

        String page = DriftComparison.whole(
                        Reference.of(schema, reference), each -> window.forEach(each), 0.05, DriftConfig.DEFAULT)
                .html("odd", null);

        Pages.standsForItself(page);
        assertThat(Pages.text(page))
                .contains("Of the wrong type34 %, in the reference 0 %")
                .contains("Neither reference nor window has values");
    }

    @Test
    void manyFieldsStayReadable() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int field = 0; field < 400; field++) {
                row.put("f" + field, random.nextInt(9));
            }
            rows.add(row);
        }

        String page = DriftComparison.whole(
                        Reference.of(Schema.NONE, rows), each -> rows.forEach(each), 0.05, DriftConfig.DEFAULT)
                .html("wide", null);

        assertThat(Pages.elements(page, "section")).hasSize(300);
        assertThat(page.length()).isLessThan(4 << 20);
        Pages.standsForItself(page);
    }
}

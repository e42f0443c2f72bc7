package io.github.camelaiflow.feedback.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.feedback.FeedbackCounts;
import io.github.camelaiflow.feedback.estimate.Doubt;
import io.github.camelaiflow.feedback.estimate.EstimatedMetric;
import io.github.camelaiflow.feedback.estimate.Metric;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate;
import io.github.camelaiflow.feedback.estimate.Trust;
import io.github.camelaiflow.feedback.outcome.Explained;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.feedback.quality.Baseline;
import io.github.camelaiflow.feedback.quality.HarmAction;
import io.github.camelaiflow.feedback.quality.HarmRule;
import io.github.camelaiflow.feedback.quality.QualityConfig;
import io.github.camelaiflow.feedback.quality.QualityMonitor;
import io.github.camelaiflow.page.Pages;
import io.github.camelaiflow.statistics.change.DetectorSettings;
import io.github.camelaiflow.statistics.change.DetectorType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QualityDocsTest {

    private static final String HOSTILE = "<script>alert('1')</script>&\"";
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(3);

    private static QualityMonitor monitor(QualityConfig config) {
        return new QualityMonitor(config, Clock.fixed(BEGIN, ZoneOffset.UTC));
    }

    /** Answers of which such a share is wrong, one a minute. */
    private List<Outcome> feed(String version, String segment, int from, int count, double wrong) {
        List<Outcome> feed = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            Instant at = BEGIN.plus(Duration.ofMinutes(i));
            boolean fraud = random.nextInt(4) == 0;
            String answer = random.nextDouble() < wrong != fraud ? "fraud" : "genuine";
            double score = answer.equals("fraud") ? 0.9 : 0.2;
            feed.add(new Outcome(
                    new Predicted(
                            version + i,
                            null,
                            version,
                            segment,
                            answer,
                            Double.NaN,
                            Map.of("fraud", score, "genuine", 1 - score),
                            null,
                            at),
                    new Truth(fraud ? "fraud" : "genuine", Double.NaN, 1, at.plusSeconds(60))));
        }
        return feed;
    }

    private static QualityConfig config() {
        return QualityConfig.DEFAULT
                .withPositive("fraud")
                .withNames(List.of("fraud"), List.of("north"))
                .withWindow(250)
                .withHarm(HarmRule.DEFAULT.withBaseline(Baseline.of(0.1)).withOnHarm(HarmAction.ROLL_BACK));
    }

    private static String page(QualityMonitor monitor, String serving) {
        return QualityDocs.html(monitor.report(serving), null, null, "claims", BEGIN);
    }

    @Test
    void harmIsToldWithItsEvidenceOverTime() throws Exception {
        QualityMonitor monitor = monitor(config());
        monitor.accept(feed("v1", "north", 0, 600, 0.1));
        assertThat(Pages.text(page(monitor, "v1"))).doesNotContain("✗");
        monitor.accept(feed("v1", "planted segment", 600, 600, 0.4));
        monitor.explained("v1", List.of(new Explained("vehicle_age", 0.12, 0.4)));

        String page = page(monitor, "v1");

        assertThat(Pages.text(page))
                .contains("Quality of claims")
                .contains("✗HarmThe mean loss is above its bound of 0.15: the version before should serve again.")
                .contains("Version v1, serving")
                .contains("Evidence of harm after 1,200 matured labels")
                .contains("Window by window")
                .contains("Precision of fraud", "Brier score", "AUC", "asymptotic")
                .contains("By segment", "north", "#2")
                .contains("vehicle_age", "0.12", "40 %")
                .contains("Since");
        assertThat(page).doesNotContain("planted").doesNotContain("of genuine").contains(">rise<");
        Pages.standsForItself(page);
        assertThat(page(monitor, "v1")).isEqualTo(page);
    }

    @Test
    void theServingVersionComesFirst() throws Exception {
        QualityMonitor monitor = monitor(config().withDetector(DetectorSettings.of(DetectorType.E_SR)));
        monitor.accept(feed("v1", null, 0, 300, 0.1));
        monitor.accept(feed("v2", null, 300, 20, 0.1));
        monitor.accept(feed("v3", null, 320, 20, 0.1));

        String page = page(monitor, "v1");

        assertThat(Pages.elements(page, "h2").stream().map(element -> element.getTextContent()))
                .startsWith("Version v1, serving", "Version v3", "Version v2");
        assertThat(Pages.text(page)).contains("Detector of change");
        assertThat(Pages.text(page(monitor, "v4"))).contains("No label has come yet for what the serving version");
        Pages.standsForItself(page);
    }

    @Test
    void rawStandsBesideMatured() throws Exception {
        QualityMonitor monitor = monitor(config().withMatured(Duration.ofHours(5)));
        monitor.accept(feed("v1", null, 0, 600, 0.1));

        String page = page(monitor, "v1");

        assertThat(Pages.text(page))
                .containsPattern("Metrics of 600 labels, (299|30[01]) of them matured")
                .contains("Matured after5 hours");
        Pages.standsForItself(page);
    }

    @Test
    void estimatesSayWhetherToBelieveThem() throws Exception {
        QualityMonitor monitor = monitor(config());
        List<EstimatedMetric> metrics = List.of(new EstimatedMetric(Metric.ACCURACY, 0.91, 0.88, 0.93));
        PerformanceEstimate estimate = new PerformanceEstimate(
                PerformanceEstimate.Method.CBPE,
                Trust.of(List.of(Doubt.OUTSIDE_REFERENCE)),
                metrics,
                false,
                4000,
                Double.NaN,
                500,
                0,
                0.3,
                false);
        FeedbackCounts counts = new FeedbackCounts(900, 1, 200, 600, 100, 7, 3, 2, 4, 5, 6, Map.of(), 0, false, BEGIN);

        String page = QualityDocs.html(monitor.report("v1"), counts, estimate, "claims", null);

        assertThat(Pages.text(page))
                .contains("⚠ Must not be believed Outside reference.")
                .contains("Accuracy0.910.88 to 0.93")
                .contains("the reference has nothing like 30 % of the answers")
                .contains("Labels that contradict one2")
                .contains("gone when the process ends");
        Pages.standsForItself(page);
    }

    @Test
    void whatIsHostileStaysText() throws Exception {
        QualityMonitor monitor = monitor(config().withNames(List.of(HOSTILE), List.of(HOSTILE)));
        monitor.accept(feed(HOSTILE, HOSTILE, 0, 300, 0.1));
        monitor.explained(HOSTILE, List.of(new Explained(HOSTILE, 0.1, Double.NaN)));

        String page = QualityDocs.html(monitor.report(HOSTILE), null, null, HOSTILE, BEGIN);

        Pages.standsForItself(page);
        assertThat(Pages.text(page)).contains("Quality of " + HOSTILE, "Version " + HOSTILE);
        assertThat(Pages.text(QualityDocs.nothingYet(HOSTILE, null))).contains("No data yet", HOSTILE);
    }
}

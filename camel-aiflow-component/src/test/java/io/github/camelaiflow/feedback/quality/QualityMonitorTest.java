package io.github.camelaiflow.feedback.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.feedback.outcome.Explained;
import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.quality.Metric.Bound;
import io.github.camelaiflow.feedback.quality.Metric.Kind;
import io.github.camelaiflow.statistics.SeededRandom;
import io.github.camelaiflow.statistics.change.ChangeStatus;
import io.github.camelaiflow.statistics.change.DetectorSettings;
import io.github.camelaiflow.statistics.change.DetectorType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the monitor tells of hand-made feeds. */
class QualityMonitorTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-01T00:00:00Z"), ZoneOffset.UTC);
    private static final QualityConfig FRAUD = QualityConfig.DEFAULT.withPositive("fraud");

    private static QualityMonitor monitor(QualityConfig config) {
        return new QualityMonitor(config, CLOCK);
    }

    private static Metric metric(List<Metric> metrics, Kind kind) {
        return metrics.stream()
                .filter(metric -> metric.kind() == kind)
                .findAny()
                .orElseThrow();
    }

    private static List<Outcome> confusion(int tp, int fp, int fn, int tn) {
        List<Outcome> feed = new ArrayList<>();
        IntStream.range(0, tp).forEach(i -> feed.add(Feed.of(feed.size(), "fraud", "fraud")));
        IntStream.range(0, fp).forEach(i -> feed.add(Feed.of(feed.size(), "fraud", "fine")));
        IntStream.range(0, fn).forEach(i -> feed.add(Feed.of(feed.size(), "fine", "fraud")));
        IntStream.range(0, tn).forEach(i -> feed.add(Feed.of(feed.size(), "fine", "fine")));
        return feed;
    }

    @Test
    void aTableOfLabelsIsTold() {
        QualityMonitor monitor = monitor(FRAUD);
        monitor.accept(confusion(30, 10, 20, 140));
        List<Metric> metrics =
                monitor.report("v1").serving().orElseThrow().all().raw().metrics();
        assertThat(metric(metrics, Kind.PRECISION).value()).isCloseTo(0.75, within(1e-12));
        assertThat(metric(metrics, Kind.RECALL).value()).isCloseTo(0.6, within(1e-12));
        assertThat(metric(metrics, Kind.ACCURACY).value()).isCloseTo(0.85, within(1e-12));
        assertThat(metric(metrics, Kind.F1).value()).isCloseTo(2 * 0.75 * 0.6 / 1.35, within(1e-12));
        assertThat(metrics).allSatisfy(each -> {
            assertThat(each.bound()).isEqualTo(Bound.EXACT);
            assertThat(each.lower()).isLessThan(each.value());
            assertThat(each.upper()).isGreaterThan(each.value());
        });
        assertThat(metrics).extracting(Metric::kind).doesNotContain(Kind.AUC, Kind.BRIER, Kind.MACRO_RECALL);
    }

    @Test
    void withoutAPositiveLabelEachIsToldAndTheirMean() {
        QualityMonitor monitor = monitor(QualityConfig.DEFAULT);
        monitor.accept(confusion(30, 10, 20, 140));
        List<Metric> metrics =
                monitor.report("v1").serving().orElseThrow().all().raw().metrics();
        assertThat(metrics.stream().filter(each -> each.kind() == Kind.PRECISION))
                .extracting(each -> each.label().value(), Metric::value)
                .containsExactly(tuple("fraud", 0.75), tuple("fine", 0.875));
        Metric macro = metric(metrics, Kind.MACRO_PRECISION);
        assertThat(macro.value()).isCloseTo((0.75 + 0.875) / 2, within(1e-12));
        assertThat(macro.lower()).isBetween(0.3, macro.value());
    }

    @Test
    void withMoreLabelsThanAreKeptThereIsNoMeanOverLabels() {
        QualityMonitor monitor = new QualityMonitor(QualityConfig.DEFAULT, Clock.systemUTC());
        for (int i = 0; i < Scorer.LABELS; i++) {
            monitor.accept(List.of(Feed.of(i, "label" + i, "label" + i)));
        }
        assertThat(told(monitor)).extracting(Metric::kind).contains(Kind.MACRO_PRECISION, Kind.MACRO_RECALL);
        monitor.accept(List.of(Feed.of(Scorer.LABELS, "label0", "one more")));
        assertThat(told(monitor))
                .extracting(Metric::kind)
                .contains(Kind.PRECISION, Kind.RECALL)
                .doesNotContain(Kind.MACRO_PRECISION, Kind.MACRO_RECALL);
    }

    private static List<Metric> told(QualityMonitor monitor) {
        return monitor.report("v1").versions().get(0).all().raw().metrics();
    }

    @Test
    void probabilitiesGiveBrierLogLossAndRanking() {
        QualityMonitor monitor = monitor(FRAUD);
        for (int i = 0; i < 100; i++) {
            double p = i % 10 == 0 ? 0.8 : 0.1;
            Map<String, Double> scores = Map.of("fraud", p, "fine", 1 - p);
            monitor.accept(List.of(
                    Feed.of("v1", i, p > 0.5 ? "fraud" : "fine", i % 20 == 0 ? "fraud" : "fine", scores, 1, MINUTE)));
        }
        List<Metric> metrics =
                monitor.report("v1").serving().orElseThrow().all().raw().metrics();
        assertThat(metric(metrics, Kind.BRIER).value())
                .isCloseTo((5 * 0.04 + 5 * 0.64 + 90 * 0.01) / 100, within(1e-12));
        assertThat(metric(metrics, Kind.LOG_LOSS).value())
                .isCloseTo(
                        (5 * Math.log(0.8) + 5 * Math.log(0.2) + 90 * Math.log(0.9)) / 100 / Math.log(1e-6),
                        within(1e-12));
        Metric area = metric(metrics, Kind.AUC);
        assertThat(area.value()).isCloseTo((90 + 2.5) / 95, within(1e-12));
        assertThat(area.bound()).isEqualTo(Bound.ASYMPTOTIC);
        assertThat(area.lower()).isLessThan(area.value());
    }

    @Test
    void scoresThatAreNoProbabilitiesAreAsWrongAsCanBe() {
        QualityMonitor monitor =
                monitor(FRAUD.withHarm(HarmRule.DEFAULT.withLoss(Loss.BRIER).withBaseline(Baseline.of(0.1))));
        double[] bad = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.5, -0.1};
        for (int i = 0; i < 500; i++) {
            Map<String, Double> scores = Map.of("fraud", bad[i % bad.length], "fine", 0.5);
            monitor.accept(List.of(Feed.of("v1", i, "fine", "fine", scores, 1, MINUTE)));
        }
        QualityReport report = monitor.report("v1");
        List<Metric> metrics = report.serving().orElseThrow().all().raw().metrics();
        assertThat(metric(metrics, Kind.BRIER).value()).isEqualTo(1);
        assertThat(metrics).extracting(Metric::kind).doesNotContain(Kind.AUC);
        assertThat(report.status()).isEqualTo(QualityStatus.HARM);
    }

    @Test
    void errorsOfValuesAreCountedUpToTheGreatest() {
        QualityMonitor monitor = monitor(QualityConfig.DEFAULT.withMostError(10));
        monitor.accept(List.of(
                Feed.of(0, 5, 7),
                Feed.of(1, 5, 105),
                Feed.of(2, Double.NaN, 3),
                Feed.of(3, Double.POSITIVE_INFINITY, 3),
                Feed.of(4, 1, Double.NaN),
                Feed.of(5, 1, Double.POSITIVE_INFINITY)));
        QualityReport report = monitor.report("v1");
        List<Metric> metrics = report.serving().orElseThrow().all().raw().metrics();
        assertThat(metric(metrics, Kind.ABSOLUTE_ERROR).value()).isCloseTo(3.2 / 4, within(1e-12));
        assertThat(metric(metrics, Kind.SQUARED_ERROR).value()).isCloseTo(3.04 / 4, within(1e-12));
        assertThat(report.leftOut()).isEqualTo(2);
    }

    @Test
    void truthOfAnotherKindTellsNothing() {
        QualityMonitor monitor = monitor(QualityConfig.DEFAULT.withMostError(10));
        monitor.accept(List.of(
                new Outcome(Feed.of(0, "a", "a").predicted(), Feed.of(0, 1, 2).truth()),
                new Outcome(Feed.of(0, 1, 2).predicted(), Feed.of(0, "a", "a").truth())));
        QualityReport report = monitor.report("v1");
        assertThat(report.leftOut()).isEqualTo(2);
        assertThat(report.status()).isEqualTo(QualityStatus.INSUFFICIENT_DATA);
        assertThat(report.serving()).isEmpty();
    }

    @Test
    void notEnoughDataIsAnAnswerOfItsOwn() {
        QualityMonitor monitor = monitor(FRAUD.withHarm(HarmRule.DEFAULT.withBaseline(Baseline.of(0.1))));
        assertThat(monitor.report("v1").status()).isEqualTo(QualityStatus.INSUFFICIENT_DATA);
        monitor.accept(confusion(10, 1, 0, 89));
        HarmVerdict few = monitor.report("v1").serving().orElseThrow().harm();
        assertThat(few.status()).isEqualTo(QualityStatus.INSUFFICIENT_DATA);
        assertThat(few.labelsNeeded()).isBetween(300.0, 3000.0);
        for (int i = 0; i < few.labelsNeeded(); i++) {
            monitor.accept(List.of(Feed.error(1000 + i, i % 10 == 0)));
        }
        assertThat(monitor.report("v1").status()).isEqualTo(QualityStatus.NONE);
        assertThat(monitor.report("v2").status()).isEqualTo(QualityStatus.INSUFFICIENT_DATA);
    }

    @Test
    void matureAndRawAreApartAndTheShareIsTold() {
        QualityMonitor monitor = monitor(FRAUD.withMatured(Duration.ofHours(10)));
        // Frauds are confirmed after an hour, the others after eight: early labels are nearly all frauds.
        List<Outcome> feed = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            monitor.predicted("v1", null, Feed.START.plus(Duration.ofMinutes(i)), 1);
            boolean fraud = i % 10 == 0;
            feed.add(Feed.of(
                    "v1",
                    i,
                    i % 20 == 0 ? "fraud" : "fine",
                    fraud ? "fraud" : "fine",
                    Map.of(),
                    1,
                    Duration.ofHours(fraud ? 1 : 8)));
        }
        feed.sort(Comparator.comparing(outcome -> outcome.truth().time()));
        Instant now = Feed.START.plus(Duration.ofMinutes(1080));
        monitor.accept(feed.stream()
                .filter(outcome -> !outcome.truth().time().isAfter(now))
                .toList());
        SegmentQuality all = monitor.report("v1").serving().orElseThrow().all();
        assertThat(metric(all.raw().metrics(), Kind.ACCURACY).value()).isBetween(0.85, 0.94);
        assertThat(metric(all.matured().metrics(), Kind.ACCURACY).value()).isCloseTo(0.95, within(0.005));
        assertThat(all.matured().labels()).isEqualTo(481);
        assertThat(all.raw().labelledShare()).isLessThan(0.2);
        assertThat(all.matured().labelledShare()).isEqualTo(1);
        assertThat(monitor.report("v1").waiting()).isEqualTo(all.raw().labels() - 481);
    }

    @Test
    void theAgeOfMaturityIsLearnt() {
        QualityMonitor monitor = monitor(FRAUD.withMaturedShare(0.9));
        for (int i = 0; i < 100; i++) {
            monitor.accept(List.of(Feed.error(i, false)));
        }
        assertThat(monitor.report("v1").matured()).isNull();
        assertThat(monitor.report("v1").serving().orElseThrow().all().matured().labels())
                .isZero();
        for (int i = 100; i < 2000; i++) {
            monitor.accept(
                    List.of(Feed.of("v1", i, "fine", "fine", Map.of(), 1, Duration.ofMinutes(i % 20 == 0 ? 500 : 5))));
        }
        assertThat(monitor.report("v1").matured()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(15));
        assertThat(monitor.report("v1").serving().orElseThrow().all().matured().labels())
                .isGreaterThan(1900);
    }

    @Test
    void windowsOfLabelsAndOfTimeAndSegments() {
        QualityMonitor byLabels = monitor(FRAUD.withWindow(100));
        QualityMonitor byTime = monitor(FRAUD.withWindow(Duration.ofHours(1)));
        for (int i = 0; i < 250; i++) {
            List<Outcome> next = List.of(Feed.of(
                    "v1", i % 3 == 0 ? "north" : "south", i, "fine", i < 60 ? "fraud" : "fine", Map.of(), 1, MINUTE));
            byLabels.accept(next);
            byTime.accept(next);
        }
        VersionQuality labels = byLabels.report("v1").serving().orElseThrow();
        assertThat(labels.all().windows()).extracting(WindowQuality::labels).containsExactly(100L, 100L, 50L);
        assertThat(labels.segments())
                .extracting(each -> each.segment().value(), each -> each.raw().labels())
                .containsExactly(tuple("north", 84L), tuple("south", 166L));
        VersionQuality times = byTime.report("v1").serving().orElseThrow();
        assertThat(times.all().windows()).extracting(WindowQuality::labels).containsExactly(60L, 60L, 60L, 60L, 10L);
        assertThat(metric(times.all().windows().get(0).metrics(), Kind.ACCURACY).value())
                .isZero();
        assertThat(metric(times.all().windows().get(1).metrics(), Kind.ACCURACY).value())
                .isEqualTo(1);
    }

    @Test
    void whatIsKeptIsBounded() {
        QualityMonitor monitor = monitor(FRAUD.withWindow(1));
        for (int i = 0; i < 3000; i++) {
            monitor.accept(
                    List.of(Feed.of("v" + i / 100, "s" + i % 150, i, "label" + i, "label" + i, Map.of(), 1, MINUTE)));
        }
        QualityReport report = monitor.report("v29");
        assertThat(report.versions()).hasSize(QualityMonitor.MOST_VERSIONS);
        assertThat(report.versions().get(19).version()).isEqualTo("v29");
        assertThat(report.versions()).allSatisfy(version -> {
            assertThat(version.all().windows()).hasSize(Cell.MOST_WINDOWS);
            assertThat(version.segments()).hasSizeLessThanOrEqualTo(Scorer.SEGMENTS + 1);
        });
        monitor.explained(
                "v29",
                IntStream.range(0, 500)
                        .mapToObj(i -> new Explained("f" + i, 0.1, 0.2))
                        .toList());
        assertThat(monitor.report("v29").serving().orElseThrow().explained()).hasSize(VersionState.MOST_EXPLAINED);
    }

    @Test
    void labelsThatFindNoRoomToWaitAreNotLost() {
        QualityMonitor monitor = monitor(FRAUD.withMatured(Duration.ofDays(10_000)));
        List<Outcome> feed = new ArrayList<>();
        for (int i = 0; i < Maturing.MOST_WAITING + 50; i++) {
            feed.add(Feed.error(i, false));
        }
        monitor.accept(feed);
        QualityReport report = monitor.report("v1");
        assertThat(report.early()).isEqualTo(50);
        assertThat(report.waiting()).isEqualTo(Maturing.MOST_WAITING);
        assertThat(report.serving().orElseThrow().all().matured().labels()).isEqualTo(50);
    }

    @Test
    void aRiseIsHarmAndSaysSinceWhenAndByHowMuch() {
        QualityMonitor monitor = monitor(
                FRAUD.withHarm(HarmRule.DEFAULT.withBaseline(Baseline.of(0.1)).withOnHarm(HarmAction.ROLL_BACK))
                        .withWindow(500));
        UniformRandomProvider random = SeededRandom.stream(7);
        for (int i = 0; i < 5000; i++) {
            monitor.accept(List.of(Feed.error(i, random.nextDouble() < 0.1)));
        }
        assertThat(monitor.report("v1").status()).isEqualTo(QualityStatus.NONE);
        assertThat(monitor.report("v1").action()).isEqualTo(HarmAction.NONE);
        for (int i = 5000; i < 8000; i++) {
            monitor.accept(List.of(Feed.error(i, random.nextDouble() < 0.3)));
        }
        QualityReport report = monitor.report("v1");
        HarmVerdict harm = report.serving().orElseThrow().harm();
        assertThat(report.status()).isEqualTo(QualityStatus.HARM);
        assertThat(report.action()).isEqualTo(HarmAction.ROLL_BACK);
        assertThat(harm.source()).isEqualTo(HarmSource.REALISED);
        assertThat(harm.sinceLabel()).isBetween(4900L, 5100L);
        assertThat(harm.since()).isEqualTo(Feed.START.plus(Duration.ofMinutes(harm.sinceLabel() - 1)));
        assertThat(harm.foundAt()).isBetween(harm.since(), harm.since().plus(Duration.ofMinutes(500)));
        assertThat(harm.currentLower()).isBetween(0.2, 0.3);
        assertThat(harm.currentUpper()).isBetween(0.3, 0.4);
        assertThat(harm.logEvidence()).isGreaterThan(harm.logThreshold());
        assertThat(harm.history()).hasSizeBetween(50, 201);
        assertThat(harm.history().get(harm.history().size() - 1).labels()).isEqualTo(8000);
    }

    @Test
    void aBaselineIsLearntFromTheFirstMaturedLabels() {
        QualityMonitor monitor = monitor(FRAUD.withHarm(HarmRule.DEFAULT.withBaseline(Baseline.first(1000))));
        for (int i = 0; i < 999; i++) {
            monitor.accept(List.of(Feed.error(i, i % 10 == 0)));
        }
        assertThat(monitor.report("v1").serving().orElseThrow().harm().baseline())
                .isNaN();
        for (int i = 999; i < 1500; i++) {
            monitor.accept(List.of(Feed.error(i, i % 10 == 0)));
        }
        HarmVerdict harm = monitor.report("v1").serving().orElseThrow().harm();
        assertThat(harm.baseline()).isCloseTo(0.1, within(1e-9));
        assertThat(harm.baselineLimit()).isBetween(0.12, 0.16);
        assertThat(harm.labels()).isEqualTo(500);
        assertThat(harm.logThreshold()).isCloseTo(-Math.log(0.005), within(1e-12));
    }

    @Test
    void estimatesAreHarmOnlyByTheirLowerBoundsAndNotByOne() {
        QualityMonitor monitor = monitor(
                FRAUD.withHarm(HarmRule.DEFAULT.withBaseline(Baseline.of(0.1)).withEstimates(0.05)));
        for (int window = 1; window <= 100; window++) {
            monitor.estimated("v1", window, 0.4, 0.14);
        }
        assertThat(monitor.report("v1").status()).isEqualTo(QualityStatus.INSUFFICIENT_DATA);
        for (int again = 0; again < 10; again++) {
            monitor.estimated("v1", 101, 0.4, 0.2);
        }
        assertThat(monitor.report("v1").status()).isEqualTo(QualityStatus.INSUFFICIENT_DATA);
        int windows = 101;
        while (monitor.report("v1").status() != QualityStatus.HARM) {
            monitor.estimated("v1", ++windows, 0.4, 0.2);
        }
        assertThat(windows).isBetween(104, 110);
        HarmVerdict harm = monitor.report("v1").serving().orElseThrow().harm();
        assertThat(harm.source()).isEqualTo(HarmSource.ESTIMATED);
        assertThat(harm.sinceLabel()).isEqualTo(101);
        assertThat(harm.estimated()).isEqualTo(0.4);
    }

    @Test
    void estimatesDoNothingUnlessTheyAreAskedFor() {
        QualityMonitor monitor = monitor(FRAUD.withHarm(HarmRule.DEFAULT.withBaseline(Baseline.of(0.1))));
        for (int window = 1; window <= 100; window++) {
            monitor.estimated("v1", window, 0.9, 0.9);
        }
        assertThat(monitor.report("v1").status()).isEqualTo(QualityStatus.INSUFFICIENT_DATA);
    }

    @Test
    void aDetectorAlertsAndGoesOnAfterAWindow() {
        QualityMonitor monitor = monitor(FRAUD.withWindow(500)
                .withHarm(HarmRule.DEFAULT.withBaseline(Baseline.first(5000)))
                .withDetector(DetectorSettings.of(DetectorType.E_SR).withBaselineLabels(1000)));
        UniformRandomProvider random = SeededRandom.stream(8);
        for (int i = 0; i < 3000; i++) {
            monitor.accept(List.of(Feed.error(i, random.nextDouble() < 0.1)));
        }
        assertThat(monitor.report("v1").serving().orElseThrow().alert().status())
                .isEqualTo(ChangeStatus.STABLE);
        for (int i = 3000; i < 3300; i++) {
            monitor.accept(List.of(Feed.error(i, random.nextDouble() < 0.4)));
        }
        LossAlert alert = monitor.report("v1").serving().orElseThrow().alert();
        assertThat(alert.status()).isEqualTo(ChangeStatus.CHANGED);
        assertThat(alert.last()).hasSize(1);
        Alarm alarm = alert.last().get(0);
        assertThat(alarm.changedLabel()).isBetween(2950L, 3050L);
        assertThat(alarm.changedAt()).isEqualTo(Feed.START.plus(Duration.ofMinutes(alarm.changedLabel() - 1)));
        assertThat(monitor.report("v1").toJson()).contains("\"changedLabel\":" + alarm.changedLabel());
        for (int i = 3300; i < 4000; i++) {
            monitor.accept(List.of(Feed.error(i, random.nextDouble() < 0.4)));
        }
        assertThat(monitor.report("v1").serving().orElseThrow().alert().status())
                .isEqualTo(ChangeStatus.LEARNING);
        assertThat(monitor.report("v1").serving().orElseThrow().alert().alarms())
                .isEqualTo(1);
        assertThat(monitor.report("v1").status()).isNotEqualTo(QualityStatus.HARM);
    }

    @ParameterizedTest
    @EnumSource(
            value = DetectorType.class,
            names = {"E_SR", "E_CUSUM"})
    void aVersionThatIsBadFromItsFirstLabelIsAlertedAgainstTheBaselineGiven(DetectorType type) {
        double[] reference = new double[2000];
        Arrays.fill(reference, 0, 100, 1);
        for (Baseline well : List.of(Baseline.of(0.05), Baseline.of(reference), Baseline.of(0))) {
            QualityMonitor monitor = monitor(
                    FRAUD.withHarm(HarmRule.DEFAULT.withBaseline(well)).withDetector(DetectorSettings.of(type)));
            UniformRandomProvider random = SeededRandom.stream(10);
            for (int i = 0; i < 500; i++) {
                monitor.accept(List.of(Feed.error(i, random.nextDouble() < 0.2)));
            }
            LossAlert alert = monitor.report("v1").serving().orElseThrow().alert();
            assertThat(alert.alarms()).isEqualTo(1);
            assertThat(alert.last().get(0).changedLabel()).isBetween(1L, 100L);
        }
    }

    @Test
    void aGoodVersionIsNotAlertedAgainstTheBaselineGiven() {
        double[] reference = new double[2000];
        Arrays.fill(reference, 0, 100, 1);
        for (Baseline well : List.of(Baseline.of(0.05), Baseline.of(reference))) {
            QualityMonitor monitor = monitor(FRAUD.withHarm(HarmRule.DEFAULT.withBaseline(well))
                    .withDetector(DetectorSettings.of(DetectorType.E_SR)));
            UniformRandomProvider random = SeededRandom.stream(11);
            for (int i = 0; i < 2000; i++) {
                monitor.accept(List.of(Feed.error(i, random.nextDouble() < 0.04)));
            }
            LossAlert alert = monitor.report("v1").serving().orElseThrow().alert();
            assertThat(alert.alarms()).isZero();
            assertThat(alert.status()).isEqualTo(ChangeStatus.STABLE);
        }
    }

    @Test
    void theDetectorIsNotMisledByAChoiceOfHardRecords() {
        QualityMonitor monitor = monitor(FRAUD.withMinSelection(0.1)
                .withHarm(HarmRule.DEFAULT.withBaseline(Baseline.of(0.2)))
                .withDetector(DetectorSettings.of(DetectorType.E_SR).withRate(0.15)));
        UniformRandomProvider random = SeededRandom.stream(9);
        for (int i = 0; i < 60_000; i++) {
            boolean hard = random.nextDouble() < 0.1;
            double chance = hard ? 1 : 0.1;
            if (random.nextDouble() < chance) {
                boolean wrong = random.nextDouble() < (hard ? 0.5 : 0.05);
                monitor.accept(List.of(Feed.of("v1", i, "fine", wrong ? "fraud" : "fine", Map.of(), chance, MINUTE)));
            }
        }
        VersionQuality quality = monitor.report("v1").serving().orElseThrow();
        assertThat(quality.alert().alarms()).isZero();
        assertThat(quality.alert().labels()).isBetween(5500L, 6500L);
        assertThat(metric(quality.all().raw().metrics(), Kind.ACCURACY).value()).isCloseTo(0.905, within(0.01));
        assertThat(quality.harm().status()).isEqualTo(QualityStatus.NONE);
    }

    @Test
    void recordsChosenTooRarelyAreLeftOutAndCounted() {
        QualityMonitor monitor = monitor(FRAUD.withMinSelection(0.1));
        monitor.accept(List.of(
                Feed.of("v1", 0, "fine", "fine", Map.of(), 0.05, MINUTE),
                Feed.of("v1", 1, "fine", "fine", Map.of(), 0.1, MINUTE)));
        assertThat(monitor.report("v1").tooRare()).isEqualTo(1);
        assertThat(monitor.report("v1").serving().orElseThrow().all().raw().labels())
                .isEqualTo(1);
    }

    @Test
    void theSameFeedGivesTheSameReportHoweverItIsCut() {
        QualityConfig config = QualityConfig.DEFAULT.withMaturedShare(0.9).withWindow(37);
        List<Outcome> feed = new ArrayList<>();
        UniformRandomProvider random = SeededRandom.stream(3);
        for (int i = 0; i < 3000; i++) {
            double p = random.nextDouble();
            feed.add(Feed.of(
                    "v" + i % 2,
                    "s" + random.nextInt(5),
                    i,
                    p > 0.5 ? "a" : "b",
                    random.nextBoolean() ? "a" : "b",
                    Map.of("a", p),
                    1,
                    Duration.ofMinutes(random.nextInt(300))));
        }
        QualityMonitor whole = monitor(config);
        whole.accept(feed);
        QualityMonitor cut = monitor(config);
        for (int i = 0; i < feed.size(); ) {
            int next = Math.min(feed.size(), i + 1 + random.nextInt(200));
            cut.accept(feed.subList(i, next));
            cut.report("v1");
            i = next;
        }
        assertThat(cut.report("v1").toJson()).isEqualTo(whole.report("v1").toJson());
    }

    @Test
    void reportsAndFeedMayComeFromSeveralThreads() throws Exception {
        QualityMonitor monitor = monitor(FRAUD.withMatured(Duration.ofHours(1)));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String version = "v" + thread;
            done.add(threads.submit(() -> {
                for (int i = 0; i < 2000; i++) {
                    monitor.predicted(version, null, Feed.START.plusSeconds(60L * i), 2);
                    monitor.accept(List.of(Feed.of(version, i, "fine", "fine", Map.of(), 1, MINUTE)));
                    if (i % 500 == 0) {
                        monitor.report(version).toJson();
                    }
                }
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();
        QualityReport report = monitor.report("v0");
        assertThat(report.outcomes()).isEqualTo(8000);
        assertThat(report.versions()).hasSize(4).allSatisfy(version -> {
            assertThat(version.all().raw().labels()).isEqualTo(2000);
            assertThat(version.all().raw().labelledShare()).isEqualTo(0.5);
        });
    }

    @Test
    void ofLabelsChosenWithDifferentChancesJustSoManyAreAlike() {
        QualityMonitor monitor = monitor(QualityConfig.DEFAULT.withMinSelection(0.25));
        int[] alike = new int[4];
        double[] chances = {1, 0.5, 0.25, 0.2};
        for (int i = 0; i < 4000; i++) {
            for (int c = 0; c < chances.length; c++) {
                alike[c] += monitor.alike(Feed.of("v1", i, "a", "a", Map.of(), chances[c], MINUTE)) ? 1 : 0;
            }
        }
        assertThat(alike[0]).isBetween(900, 1100);
        assertThat(alike[1]).isBetween(1900, 2100);
        assertThat(alike[2]).isEqualTo(4000);
        assertThat(alike[3]).isZero();
    }

    @Test
    void manyVersionsThatOnlyPredictDropNoneThatHasLabels() {
        QualityMonitor monitor = monitor(QualityConfig.DEFAULT);
        monitor.accept(List.of(Feed.of("z", 0, "a", "a", Map.of(), 1, MINUTE)));
        for (int i = 0; i < 50; i++) {
            monitor.predicted("v" + i, null, Feed.START, 10);
        }
        assertThat(monitor.report("z").serving().orElseThrow().all().raw().labels())
                .isEqualTo(1);
    }

    @Test
    void anEstimateThatMustNotBeBelievedCountsAsNoHarm() {
        HarmRule rule = HarmRule.DEFAULT
                .withBaseline(Baseline.of(0.1))
                .withMargin(0.1)
                .withAlpha(0.05)
                .withEstimates(0.025);
        QualityMonitor monitor = monitor(QualityConfig.DEFAULT.withHarm(rule));
        for (int window = 0; window < 100; window++) {
            monitor.estimated("v1", window, Double.NaN, Double.NaN);
        }
        assertThat(monitor.report("v1").status()).isNotEqualTo(QualityStatus.HARM);
        for (int window = 100; window < 120; window++) {
            monitor.estimated("v1", window, 0.5, 0.4);
        }
        assertThat(monitor.report("v1").status()).isEqualTo(QualityStatus.HARM);
    }

    @Test
    void badConfigurationIsRefused() {
        assertThatThrownBy(() -> HarmRule.DEFAULT.withMargin(0)).hasMessageContaining("margin");
        assertThatThrownBy(() -> HarmRule.DEFAULT.withAlpha(1)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> HarmRule.DEFAULT.withBaseline(Baseline.of(0.97)))
                .hasMessageContaining("baseline and margin");
        assertThatThrownBy(() -> Baseline.of(Double.NaN)).hasMessageContaining("baseline");
        assertThatThrownBy(() -> Baseline.of(10, 11)).hasMessageContaining("baseline");
        assertThatThrownBy(() -> Baseline.of(new double[0])).hasMessageContaining("baseline");
        assertThatThrownBy(() -> Baseline.first(0)).hasMessageContaining("baseline");
        assertThatThrownBy(() -> QualityConfig.DEFAULT.withMinSelection(0)).hasMessageContaining("minSelection");
        assertThatThrownBy(() -> QualityConfig.DEFAULT.withWindow(0)).hasMessageContaining("window");
        assertThatThrownBy(() -> QualityConfig.DEFAULT.withMaturedShare(1)).hasMessageContaining("share");
        assertThatThrownBy(() -> QualityConfig.DEFAULT.withHarm(HarmRule.DEFAULT.withLoss(Loss.SQUARED_ERROR)))
                .hasMessageContaining("greatest error");
    }

    @Test
    void equalConfigurationsAreEqual() {
        assertThat(HarmRule.DEFAULT.withBaseline(Baseline.of(1000, 80)))
                .isEqualTo(HarmRule.DEFAULT.withBaseline(Baseline.of(1000, 80)));
        assertThat(QualityConfig.DEFAULT.withWindow(Duration.ofDays(1)))
                .isEqualTo(QualityConfig.DEFAULT.withWindow(Duration.ofDays(1)));
    }

    @Test
    void textShowsNoLabelOrSegmentThatIsNotDeclared() throws Exception {
        QualityMonitor monitor = monitor(
                QualityConfig.DEFAULT.withNames(List.of("declared"), List.of()).withWindow(10));
        for (int i = 0; i < 40; i++) {
            monitor.accept(List.of(Feed.of(
                    "v1", "Mrs Smith", i, "declared", i % 2 == 0 ? "secret" : "declared", Map.of(), 1, MINUTE)));
        }
        QualityReport report = monitor.report("v1");
        assertThat(report.toString()).contains("declared", "#2").doesNotContain("secret", "Smith");
        assertThat(report.serving().orElseThrow().toString()).doesNotContain("secret", "Smith");
        assertThat(report.toJson()).contains("secret", "Mrs Smith");
        assertThat(report.toString()).hasSizeLessThan(5000);
        JsonNode text = new ObjectMapper().readTree(report.toString());
        assertThat(text.at("/versions/0/harm/status").asText()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(text.at("/versions/0/all/raw/metrics/0/metric").asText()).isEqualTo("ACCURACY");
        JsonNode json = new ObjectMapper().readTree(report.toJson());
        assertThat(json.at("/versions/0/segments/0/segment").asText()).isEqualTo("Mrs Smith");
        assertThat(json.at("/versions/0/all/windows")).hasSize(4);
    }
}

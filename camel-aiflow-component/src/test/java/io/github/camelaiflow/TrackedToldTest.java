package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.feedback.TrackedSpan;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.feedback.quality.Quality;
import io.github.camelaiflow.feedback.quality.QualityConfig;
import io.github.camelaiflow.feedback.quality.QualityMonitor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The labelled share is that of the predictions whose labels are told, after a restart too. */
class TrackedToldTest {

    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofHours(8);

    private final QualityMonitor monitor = new QualityMonitor(
            QualityConfig.DEFAULT.withMatured(Duration.ofDays(30)), Clock.fixed(NOW, ZoneOffset.UTC));
    private final TrackedTold told = new TrackedTold(monitor);
    private int ids;

    private Outcome outcome(String version, Instant predicted, Duration delay) {
        Predicted answer = new Predicted(
                "p" + ids++, null, version, null, "yes", Double.NaN, Map.of("yes", 0.75), null, predicted);
        return new Outcome(answer, new Truth("yes", Double.NaN, 1, predicted.plus(delay)));
    }

    private static TrackedSpan span(String version, Instant start, long predictions) {
        return new TrackedSpan(version, start, start.plus(SPAN), predictions);
    }

    private Quality raw() {
        return monitor.report("v1").versions().get(0).all().raw();
    }

    private Quality matured() {
        return monitor.report("v1").versions().get(0).all().matured();
    }

    @Test
    void afterARestartTheShareIsOfThePredictionsWhoseLabelsAreStillKnown() {
        List<Outcome> feed = new ArrayList<>();
        List<TrackedSpan> spans = new ArrayList<>();
        // pairs of 90 days are there; labels take up to 20 days, so some are of predictions of before
        Instant first = NOW.minus(Duration.ofDays(90));
        for (Instant at = first.minus(Duration.ofDays(20)); at.isBefore(NOW); at = at.plus(SPAN)) {
            if (!at.isBefore(first)) {
                spans.add(span("v1", at, 8));
            }
            for (int hour = 0; hour < 8; hour++) {
                Instant predicted = at.plus(Duration.ofHours(hour));
                // every other prediction gets a label
                Duration delay = Duration.ofDays(hour % 4 == 0 ? 1 : 20);
                boolean known = !predicted.plus(delay).isBefore(first)
                        && predicted.plus(delay).isBefore(NOW);
                if (hour % 2 == 0 && known) {
                    feed.add(outcome("v1", predicted, delay));
                }
            }
        }
        feed.sort((one, other) -> one.truth().time().compareTo(other.truth().time()));
        monitor.accept(feed);
        told.tell(spans, NOW);
        assertThat(matured().labelledShare()).isCloseTo(0.5, within(0.02));
        assertThat(raw().labelledShare()).isCloseTo(0.5 * (1 - 20.0 / 90 / 2), within(0.03));
    }

    @Test
    void aRestartSoonAfterTheFirstAnswersLosesNoneOfThem() {
        for (int i = 0; i < 80; i++) {
            monitor.accept(List.of(outcome("v1", NOW.minusSeconds(i * 7), Duration.ZERO)));
        }
        told.tell(List.of(span("v1", NOW.minus(SPAN).plusSeconds(77), 160)), NOW);
        assertThat(raw().labelledShare()).isEqualTo(0.5);
    }

    @Test
    void labelsOfPredictionsOfTheLastSecondsCount() {
        Instant start = NOW.minusSeconds(3600);
        told.tell(List.of(), NOW);
        for (int i = 0; i < 10; i++) {
            monitor.accept(List.of(outcome("v1", NOW.plusSeconds(i), Duration.ZERO)));
        }
        told.tell(List.of(span("v1", start, 20)), NOW.plusSeconds(10));
        assertThat(raw().labelledShare()).isEqualTo(0.5);
        for (int i = 0; i < 20; i++) {
            monitor.accept(List.of(outcome("v1", NOW.plusSeconds(10 + i), Duration.ZERO)));
        }
        told.tell(List.of(span("v1", start, 40)), NOW.plusSeconds(30));
        assertThat(raw().labelledShare()).isEqualTo(0.75);
    }

    @Test
    void whatFindsNoRoomIsToldLater() {
        for (int i = 0; i < 20; i++) {
            monitor.accept(List.of(outcome("old" + i, NOW, Duration.ZERO)));
        }
        told.tell(List.of(span("v1", NOW.minus(SPAN), 4)), NOW);
        monitor.accept(List.of(outcome("v1", NOW.minusSeconds(60), Duration.ZERO)));
        told.tell(List.of(span("v1", NOW.minus(SPAN), 4)), NOW);
        assertThat(monitor.report("v1").versions())
                .filteredOn(version -> version.version().equals("v1"))
                .singleElement()
                .satisfies(version ->
                        assertThat(version.all().raw().labelledShare()).isEqualTo(0.25));
    }
}

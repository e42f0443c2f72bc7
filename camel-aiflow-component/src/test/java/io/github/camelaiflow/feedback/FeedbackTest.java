package io.github.camelaiflow.feedback;

import static io.github.camelaiflow.feedback.Nodes.LIMIT;
import static io.github.camelaiflow.feedback.Nodes.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.feedback.Nodes.Node;
import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedbackTest {

    private final Nodes nodes = new Nodes();
    private final Node node = nodes.node();

    @Test
    void aLabelIsJoinedWithAPredictionThatIsStillInTheBuffer() {
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        assertThat(node.labelled(Label.of("p1", "no"))).isEqualTo(LabelOutcome.JOINED);
        assertThat(node.losses).containsExactly(1.0);
        Outcome outcome = node.here.get(0);
        assertThat(outcome.predicted()).isEqualTo(nodes.predicted("p1", "yes"));
        assertThat(outcome.truth().label()).isEqualTo("no");
        assertThat(outcome.truth().time()).isEqualTo(nodes.now);
    }

    @Test
    void aLabelWaitsForItsPrediction() {
        assertThat(node.labelled(Label.of("p1", "yes"))).isEqualTo(LabelOutcome.WAITING);
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        assertThat(node.here).isEmpty();
        node.feedback.flush();
        assertThat(node.losses).containsExactly(0.0);
    }

    @Test
    void aKeyStandsForAllPredictionsAboutTheRecord() {
        node.feedback.predicted(List.of(
                nodes.predicted("p1", "claim 7", "v1", "yes"),
                nodes.predicted("p2", "claim 7", "v2", "no"),
                nodes.predicted("p3", "claim 8", "v2", "no")));
        assertThat(node.labelled(Label.ofKey("claim 7", "yes"))).isEqualTo(LabelOutcome.JOINED);
        node.feedback.predicted(nodes.predicted("p4", "claim 7", "v2", "yes"));
        node.feedback.flush();
        assertThat(node.here).extracting(outcome -> outcome.predicted().id()).containsExactly("p1", "p2", "p4");
        assertThat(node.losses).containsExactly(0.0, 1.0, 0.0);
    }

    @Test
    void keysMayBeOfAnyLengthAndOfAnyCharacters() {
        String odd = "k".repeat(5_000) + "\u0000\ud800";
        node.feedback.predicted(nodes.predicted("p1", odd, "v1", "yes"));
        assertThat(node.labelled(Label.ofKey(odd, "yes"))).isEqualTo(LabelOutcome.JOINED);
        assertThat(node.labelled(Label.ofKey(odd + "x", "yes"))).isEqualTo(LabelOutcome.WAITING);
        assertThat(node.labelled(Label.ofKey("", "yes"))).isEqualTo(LabelOutcome.WAITING);
    }

    @Test
    void whatIsSaidAgainChangesNothing() {
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        List<Label> labels = List.of(
                Label.of("p1", "yes"),
                Label.of("p1", "yes"),
                Label.of("p1", "no"),
                new Label("p1", null, "yes", Double.NaN, 1, nodes.now.minusSeconds(60)),
                new Label("p1", null, "yes", Double.NaN, 0.5, null));
        assertThat(node.feedback.labelled(labels))
                .containsExactly(
                        LabelOutcome.JOINED,
                        LabelOutcome.DUPLICATE,
                        LabelOutcome.CONTRADICTION,
                        LabelOutcome.DUPLICATE,
                        LabelOutcome.CONTRADICTION);
        assertThat(node.losses).containsExactly(0.0);
        FeedbackCounts counts = node.counts();
        assertThat(counts.duplicates()).isEqualTo(2);
        assertThat(counts.contradictions()).isEqualTo(2);
        assertThat(counts.joined()).isEqualTo(1);
        assertThat(node.all).isEqualTo(node.here);
    }

    @Test
    void truthsFitThePredictionWhereTheyCan() {
        node.feedback.predicted(List.of(
                nodes.predicted("one", "1"),
                nodes.predicted("half", "0.5"),
                nodes.valued("value", 12.5),
                nodes.valued("word", 12.5)));
        node.feedback.labelled(List.of(
                new Label("one", null, null, 1, 1, null),
                new Label("half", null, null, 0.5, 1, null),
                Label.of("value", "12.5"),
                Label.of("word", "many")));
        FeedbackCounts counts = node.counts();
        assertThat(node.all).extracting(outcome -> outcome.truth().label()).containsExactly("1", "0.5", null);
        assertThat(node.all.get(2).truth().value()).isEqualTo(12.5);
        assertThat(node.all).isEqualTo(node.here);
        assertThat(counts.joined()).isEqualTo(4);
        assertThat(counts.unreadable()).isEqualTo(1);
    }

    @Test
    void theLossIsTheConfiguredOne() {
        Node valued = nodes.node(new FeedbackConfig(LIMIT, 10, LIMIT, Loss.ABSOLUTE_ERROR, 10));
        valued.feedback.predicted(nodes.valued("p1", 12.5));
        valued.labelled(new Label("p1", null, null, 15, 0.25, null));
        assertThat(valued.losses).containsExactly(0.25);
        assertThat(valued.here.get(0).truth().selection()).isEqualTo(0.25);
        assertThatThrownBy(() -> new FeedbackConfig(LIMIT, 10, LIMIT, Loss.ABSOLUTE_ERROR, Double.NaN))
                .hasMessageContaining("greatest error");
    }

    @Test
    void aTruthKnownTooLateIsLate() {
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        node.feedback.predicted(nodes.predicted("p2", "yes"));
        Label inTime = new Label("p1", null, "yes", Double.NaN, 1, nodes.now.plus(LIMIT));
        Label late = new Label(
                "p2", null, "yes", Double.NaN, 1, nodes.now.plus(LIMIT).plusMillis(1));
        assertThat(node.feedback.labelled(List.of(inTime, late)))
                .containsExactly(LabelOutcome.JOINED, LabelOutcome.LATE);
        assertThat(node.here).hasSize(1);
        FeedbackCounts counts = node.counts();
        assertThat(counts.joined()).isEqualTo(1);
        assertThat(counts.neverLabelled()).isEqualTo(1);
        assertThat(counts.late()).isEqualTo(1);
        assertThat(node.all).isEqualTo(node.here);
    }

    @Test
    void aLabelThatOldWithoutAPredictionIsLateToo() {
        Label old = new Label(
                "p1", null, "yes", Double.NaN, 1, nodes.now.minus(LIMIT).minusMillis(1));
        assertThat(node.labelled(old)).isEqualTo(LabelOutcome.LATE);
    }

    @Test
    void whatWaitsForTooLongIsGivenUp() {
        node.feedback.predicted(nodes.predicted("p1", null, "v1", "yes"));
        node.feedback.predicted(nodes.predicted("p2", null, "v2", "yes"));
        node.labelled(Label.of("unknown", "yes"));
        FeedbackCounts before = node.counts();
        assertThat(before.waiting()).isEqualTo(2);
        assertThat(before.labelsWaiting()).isEqualTo(1);
        nodes.pass(LIMIT);
        FeedbackCounts counts = node.counts();
        assertThat(counts.waiting()).isZero();
        assertThat(counts.neverLabelled()).isEqualTo(2);
        assertThat(counts.neverPredicted()).isEqualTo(1);
        assertThat(counts.tracked()).isEqualTo(2);
        assertThat(counts.versions().get("v2")).isEqualTo(new FeedbackCounts.ByVersion(1, 0, 1));
        assertThat(node.labelled(Label.of("p1", "yes"))).isEqualTo(LabelOutcome.WAITING);
    }

    @Test
    void predictingNeverWaitsForAStoreThatIsAway() {
        Node small = nodes.node(config(LIMIT, 3));
        small.way.away = true;
        for (int i = 0; i < 5; i++) {
            small.feedback.predicted(nodes.predicted("p" + i, "yes"));
            small.feedback.flush();
        }
        assertThatThrownBy(() -> small.labelled(Label.of("p0", "yes"))).isInstanceOf(StoreException.class);
        small.way.away = false;
        List<Label> labels =
                IntStream.range(0, 5).mapToObj(i -> Label.of("p" + i, "yes")).toList();
        // one on its way to the store, three in the buffer
        assertThat(small.feedback.labelled(labels))
                .containsExactly(
                        LabelOutcome.JOINED,
                        LabelOutcome.JOINED,
                        LabelOutcome.JOINED,
                        LabelOutcome.JOINED,
                        LabelOutcome.WAITING);
        assertThat(small.counts().notTracked()).isEqualTo(1);
    }

    @Test
    void labelsMayBeSentAgainAfterTheStoreBroke() {
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        node.feedback.flush();
        node.way.breaksAfter = () -> true;
        assertThatThrownBy(() -> node.labelled(Label.of("p1", "yes"))).isInstanceOf(StoreException.class);
        node.way.breaksAfter = () -> false;
        assertThat(node.labelled(Label.of("p1", "yes"))).isEqualTo(LabelOutcome.DUPLICATE);
        assertThat(node.here).isEmpty();
        assertThat(node.counts().joined()).isEqualTo(1);
        assertThat(node.all).hasSize(1);
    }

    @Test
    void whatTheStoreRefusesKeepsNothingElseBack() {
        node.way.refused = left -> left.id().startsWith("bad");
        for (int i = 0; i < 1_000; i++) {
            node.feedback.predicted(nodes.predicted((i % 97 == 0 ? "bad" : "good") + i, "yes"));
        }
        FeedbackCounts counts = node.counts();
        assertThat(counts.notTracked()).isEqualTo(11);
        assertThat(counts.tracked()).isEqualTo(989);
        assertThat(counts.waiting()).isEqualTo(989);
        assertThat(counts.versions().get("v1").tracked()).isEqualTo(989);
    }

    @Test
    void whatCannotBeJoinedIsNotTracked() {
        node.feedback.predicted(nodes.valued("p1", Double.NaN));
        Predicted odd =
                new Predicted("p2", null, "v1", null, "a", Double.NaN, Map.of("a", Double.NaN), null, nodes.now);
        node.feedback.predicted(odd);
        node.feedback.predicted(nodes.predicted("p3", "x".repeat(1 << 16)));
        node.feedback.predicted(nodes.predicted("p4", "\ud800"));
        node.feedback.close();
        node.feedback.predicted(nodes.predicted("p5", "yes"));
        assertThat(nodes.node().counts().notTracked()).isEqualTo(4);
    }

    @Test
    void whatAClosedOneCouldNotWriteAnotherTakesOver() {
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        node.feedback.predicted(nodes.predicted("p2", "yes"));
        node.way.away = true;
        node.feedback.close();
        assertThat(node.feedback.predicted(nodes.predicted("p3", "yes"))).isFalse();
        Node next = nodes.node();
        node.feedback.unwritten().forEach(next.feedback::predicted);
        assertThat(node.feedback.unwritten()).isEmpty();
        assertThat(next.labelled(Label.of("p1", "yes"))).isEqualTo(LabelOutcome.JOINED);
        assertThat(next.labelled(Label.of("p2", "yes"))).isEqualTo(LabelOutcome.JOINED);
    }

    @Test
    void aFullBatchIsWrittenElsewhere() {
        for (int i = 0; i < PredictionBuffer.BATCH + 10; i++) {
            node.feedback.predicted(nodes.predicted("p" + i, "yes"));
        }
        assertThat(node.executor).hasSize(1);
        assertThat(nodes.node().counts().waiting()).isZero();
        node.executor.remove().run();
        assertThat(nodes.node().counts().waiting()).isEqualTo(PredictionBuffer.BATCH + 10);
        for (int i = 0; i < PredictionBuffer.BATCH; i++) {
            node.feedback.predicted(nodes.predicted("q" + i, "yes"));
        }
        assertThat(node.executor).hasSize(1);
    }

    @Test
    void nodesJoinTogether() {
        Node other = nodes.node();
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        assertThat(other.labelled(Label.of("p1", "yes"))).isEqualTo(LabelOutcome.WAITING);
        node.feedback.predicted(nodes.predicted("p2", "yes"));
        node.feedback.flush();
        assertThat(other.labelled(Label.of("p2", "no"))).isEqualTo(LabelOutcome.JOINED);
        assertThat(node.here).extracting(outcome -> outcome.predicted().id()).containsExactly("p1");
        assertThat(other.here).extracting(outcome -> outcome.predicted().id()).containsExactly("p2");
        node.counts();
        FeedbackCounts counts = other.counts();
        assertThat(node.all).hasSize(2).isEqualTo(other.all);
        assertThat(counts.tracked()).isEqualTo(2);
        assertThat(counts.versions().get("v1")).isEqualTo(new FeedbackCounts.ByVersion(2, 2, 0));
    }

    @Test
    void aRestartReplaysWhatWasJoined() {
        for (int i = 0; i < 2_500; i++) {
            node.feedback.predicted(nodes.predicted("p" + i, i % 3 == 0 ? "yes" : "no"));
            node.labelled(Label.of("p" + i, "yes"));
        }
        FeedbackCounts before = node.counts();
        node.feedback.close();
        Node again = nodes.node();
        FeedbackCounts after = again.counts();
        assertThat(again.all).hasSize(2_500).isEqualTo(node.all);
        assertThat(again.here).isEmpty();
        assertThat(after.joined()).isEqualTo(before.joined()).isEqualTo(2_500);
        assertThat(after.versions()).isEqualTo(before.versions());
    }

    @Test
    void countsOutliveThePairs() {
        node.feedback.predicted(nodes.predicted("p1", "yes"));
        node.labelled(Label.of("p1", "yes"));
        node.counts();
        nodes.pass(Duration.ofDays(91));
        node.counts();
        node.feedback.predicted(nodes.predicted("p2", "yes"));
        node.labelled(Label.of("p2", "yes"));
        node.counts();
        Node again = nodes.node();
        FeedbackCounts counts = again.counts();
        assertThat(again.all).extracting(outcome -> outcome.predicted().id()).containsExactly("p2");
        assertThat(counts.joined()).isEqualTo(2);
        assertThat(counts.tracked()).isEqualTo(2);
    }

    @Test
    void aListenerThatFailsHoldsNothingUp() {
        FeedbackListener failing = new FeedbackListener() {
            @Override
            public void joined(Outcome outcome, double loss) {
                throw new IllegalStateException("joined");
            }

            @Override
            public void outcome(Outcome outcome) {
                throw new IllegalStateException("outcome");
            }
        };
        Feedback feedback = new Feedback(
                "claims", FeedbackConfig.DEFAULT, nodes.store, () -> nodes.now, "p", Runnable::run, failing);
        feedback.predicted(nodes.predicted("p1", "yes"));
        assertThat(feedback.labelled(List.of(Label.of("p1", "yes")))).containsExactly(LabelOutcome.JOINED);
        feedback.tick();
        assertThat(feedback.counts().joined()).isEqualTo(1);
    }

    @Test
    void labelsSayWhatIsWrongWithThemAndShowNoValue() {
        assertThatThrownBy(() -> new Label(null, null, "secret", Double.NaN, 1, null))
                .hasMessage("a label must have a prediction's id or a record's key, one of both");
        assertThatThrownBy(() -> new Label("p", "secret", "a", Double.NaN, 1, null))
                .hasMessageContaining("one of both");
        assertThatThrownBy(() -> new Label("p", null, "secret", 1, 1, null)).hasMessageContaining("text or a number");
        assertThatThrownBy(() -> new Label("p", null, null, Double.NaN, 1, null))
                .hasMessageContaining("text or a number");
        assertThatThrownBy(() -> new Label("p", null, null, Double.POSITIVE_INFINITY, 1, null))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> new Label("p", null, "a", Double.NaN, 0, null)).hasMessageContaining("selection");
        assertThatThrownBy(() -> Label.of("p", "a".repeat(1_001))).hasMessageContaining("1000");
        assertThatThrownBy(() -> new Label("p", null, "a", Double.NaN, 1, java.time.Instant.MAX))
                .hasMessageContaining("years");
        assertThatThrownBy(() -> node.labelled(Label.of("p", "\ud800"))).hasMessageContaining("proper text");
        assertThat(Label.ofKey("secret", "secret").toString()).doesNotContain("secret");
    }

    @Test
    void predictionsAreKnownByTheTimeTheyWereMadeForAsLongAsTheirPairs() {
        for (int day = 0; day < 365; day++) {
            node.feedback.predicted(nodes.predicted("p" + day, day % 2 == 0 ? "yes" : "no"));
            nodes.pass(Duration.ofDays(1));
            node.feedback.tick();
        }
        Node restarted = nodes.node();
        assertThat(restarted.counts().versions().get("v1").tracked()).isEqualTo(365);
        List<TrackedSpan> tracked = restarted.feedback.tracked();
        assertThat(tracked).hasSizeBetween(89, 90).allSatisfy(span -> {
            assertThat(span.version()).isEqualTo("v1");
            assertThat(span.predictions()).isEqualTo(1);
            assertThat(span.start()).isAfterOrEqualTo(nodes.now.minus(Duration.ofDays(91)));
            assertThat(span.end()).isAfter(span.start());
        });
    }
}

package io.github.camelaiflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.feedback.Nodes.Node;
import io.github.camelaiflow.feedback.outcome.Predicted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Predictions and labels give one state in whatever order they come, and whichever node they come to. */
class OrderTest {

    private static final int PERMUTATIONS = Integer.getInteger("aiflow.feedback.permutations", 1_000);

    /** What there is in the end: nothing of it may depend on the order. */
    private record State(
            Map<String, String> truths, Map<String, FeedbackCounts.ByVersion> versions, List<Long> counts) {}

    @Test
    void oneStateInAnyOrder() {
        Random random = new Random(42);
        List<Consumer<Node>> events = events(new Nodes());
        State first = state(events, random, false);
        assertThat(first.truths()).hasSize(12).containsEntry("p3", "first").containsEntry("p12", "for all");
        assertThat(first.counts()).containsExactly(15L, 2L, 12L, 1L, 2L);
        for (int i = 0; i < PERMUTATIONS; i++) {
            List<Consumer<Node>> permuted = new ArrayList<>(events);
            Collections.shuffle(permuted, random);
            assertThat(state(permuted, random, true)).isEqualTo(first);
        }
    }

    /** p1 to p10 with labels of their own, each said twice, p11 and p12 with one for their key, p13 with a late one, p14 and p15 without. */
    private static List<Consumer<Node>> events(Nodes nodes) {
        List<Consumer<Node>> events = new ArrayList<>();
        for (int i = 1; i <= 15; i++) {
            String key = i == 11 || i == 12 ? "key" : null;
            Predicted predicted = nodes.predicted("p" + i, key, "v" + i % 2, "yes");
            events.add(node -> node.feedback.predicted(predicted));
        }
        for (int i = 1; i <= 10; i++) {
            String id = "p" + i;
            Label label = Label.of(id, i == 3 ? "first" : "yes");
            events.add(node -> node.labelled(label));
            events.add(node -> node.labelled(label));
        }
        events.add(node -> node.labelled(Label.ofKey("key", "for all")));
        events.add(node -> node.labelled(Label.of("unknown", "yes")));
        events.add(node -> node.labelled(Label.ofKey("unknown key", "yes")));
        Instant late = nodes.now.plus(Nodes.LIMIT).plus(Duration.ofDays(1));
        Label tooLate = new Label("p13", null, "yes", Double.NaN, 1, late);
        events.add(node -> node.labelled(tooLate));
        return events;
    }

    private static State state(List<Consumer<Node>> events, Random random, boolean many) {
        Nodes nodes = new Nodes();
        Node one = nodes.node();
        Node other = many ? nodes.node() : one;
        for (Consumer<Node> event : events) {
            event.accept(random.nextBoolean() ? one : other);
            if (random.nextInt(4) == 0) {
                one.feedback.tick();
            }
            nodes.now = nodes.now.plusSeconds(random.nextInt(5) - 1);
        }
        other.counts();
        FeedbackCounts counts = one.counts();
        other.counts();
        assertThat(other.all).isEqualTo(one.all);
        Map<String, String> truths = new TreeMap<>();
        one.all.forEach(
                outcome -> truths.put(outcome.predicted().id(), outcome.truth().label()));
        return new State(
                truths,
                counts.versions(),
                List.of(
                        counts.tracked(),
                        counts.waiting(),
                        counts.joined(),
                        counts.neverLabelled(),
                        counts.labelsWaiting()));
    }
}

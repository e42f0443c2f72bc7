package io.github.camelaiflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.feedback.Nodes.Node;
import io.github.camelaiflow.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What feedback promises for a durable store, over one. */
public abstract class FeedbackDatabaseContract {

    /** The same store each time, opened anew. */
    protected abstract Store open(InstantSource clock);

    @Test
    void allOutlivesTheProcess() {
        Nodes nodes = new Nodes();
        FeedbackCounts before;
        List<?> seen;
        try (Store store = open(() -> nodes.now)) {
            Node node = nodes.node(FeedbackConfig.DEFAULT, new FlakyStore(store));
            for (int i = 0; i < 1_200; i++) {
                node.feedback.predicted(nodes.predicted("p" + i, i % 2 == 0 ? null : "key" + i, "v1", "yes"));
            }
            List<Label> labels = new ArrayList<>();
            for (int i = 0; i < 800; i++) {
                labels.add(i % 2 == 0 ? Label.of("p" + i, "yes") : Label.ofKey("key" + i, "no"));
            }
            assertThat(node.feedback.labelled(labels)).containsOnly(LabelOutcome.JOINED);
            assertThat(node.labelled(Label.of("later", "yes"))).isEqualTo(LabelOutcome.WAITING);
            before = node.counts();
            seen = node.all;
            assertThat(node.here).hasSameElementsAs(node.all);
            node.feedback.close();
        }
        try (Store store = open(() -> nodes.now)) {
            Node again = nodes.node(FeedbackConfig.DEFAULT, new FlakyStore(store));
            FeedbackCounts after = again.counts();
            assertThat(again.all).isEqualTo(seen).hasSize(800);
            assertThat(after.versions()).isEqualTo(before.versions());
            assertThat(after.waiting()).isEqualTo(400);
            assertThat(again.labelled(Label.of("p0", "yes"))).isEqualTo(LabelOutcome.DUPLICATE);
            again.feedback.predicted(nodes.predicted("later", "yes"));
            again.feedback.flush();
            assertThat(again.here).hasSize(1);
            nodes.pass(Nodes.LIMIT);
            FeedbackCounts end = again.counts();
            assertThat(end.tracked()).isEqualTo(1_201);
            assertThat(end.joined()).isEqualTo(801);
            assertThat(end.neverLabelled()).isEqualTo(400);
            assertThat(end.waiting()).isZero();
        }
    }
}

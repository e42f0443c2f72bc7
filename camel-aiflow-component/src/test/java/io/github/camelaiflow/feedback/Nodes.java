package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Nodes of a flow over one store; their clock and their executors are in the test's hand. */
final class Nodes {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration LIMIT = Duration.ofDays(30);

    Instant now = START;
    final Store store = new MemoryStore(() -> now);
    private int processes;

    Node node() {
        return node(FeedbackConfig.DEFAULT);
    }

    Node node(FeedbackConfig config) {
        return node(config, new FlakyStore(store));
    }

    Node node(FeedbackConfig config, FlakyStore way) {
        return new Node(config, way);
    }

    static FeedbackConfig config(Duration limit, int buffer) {
        return new FeedbackConfig(limit, buffer, Duration.ofDays(90), Loss.ERROR, Double.NaN);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Predicted predicted(String id, String label) {
        return predicted(id, null, "v1", label);
    }

    Predicted predicted(String id, String key, String version, String label) {
        return new Predicted(id, key, version, null, label, Double.NaN, Map.of("yes", 0.75, "no", 0.25), null, now);
    }

    Predicted valued(String id, double value) {
        return new Predicted(id, null, "v1", null, null, value, Map.of(), null, now);
    }

    /** One process. */
    final class Node implements FeedbackListener {

        final FlakyStore way;
        final Queue<Runnable> executor = new ArrayDeque<>();
        final List<Outcome> here = new ArrayList<>();
        final List<Double> losses = new ArrayList<>();
        final List<Outcome> all = new ArrayList<>();
        final Feedback feedback;

        Node(FeedbackConfig config, FlakyStore way) {
            this.way = way;
            feedback = new Feedback("claims", config, way, () -> now, "process-" + processes++, executor::add, this);
        }

        @Override
        public synchronized void joined(Outcome outcome, double loss) {
            here.add(outcome);
            losses.add(loss);
        }

        @Override
        public synchronized void outcome(Outcome outcome) {
            all.add(outcome);
        }

        LabelOutcome labelled(Label label) {
            return feedback.labelled(List.of(label)).get(0);
        }

        /** Its counts, made now. */
        FeedbackCounts counts() {
            feedback.tick();
            now = now.plusSeconds(10);
            feedback.tick();
            return feedback.counts();
        }
    }
}

package io.github.camelaiflow.app;

import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import io.github.camelaiflow.rollout.RolloutException;
import io.github.camelaiflow.rollout.RolloutTrail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * The rollout of the claims flow as the demo sees it, where its definition has one: is told which answers were wrong, as an
 * adjuster would find out later, and what is decided on a version on trial is looked up.
 */
final class DemoRollout {

    private static final String DECISIONS = "aiflow:rollout:claims?action=decisions&resultTo=body";
    private static final String LABEL = "aiflow:rollout:claims?action=label";

    private final ProducerTemplate template;
    private final Queue<Map<String, Object>> losses = new ConcurrentLinkedQueue<>();
    private List<RolloutDecision> decisions = List.of();
    private boolean none;

    DemoRollout(ProducerTemplate template) {
        this.template = template;
    }

    /** A version's answer turned out to be right or wrong. Thread-safe; the others are used by one thread. */
    void found(String version, boolean wrong) {
        losses.add(Map.of("version", version, "loss", wrong ? 1 : 0));
    }

    /** Hands over what was found, and looks up what was decided; returns what is new, oldest first. */
    List<RolloutDecision> update() {
        if (none) {
            losses.clear();
            return List.of();
        }
        hand();
        Exchange exchange = template.request(DECISIONS, request -> {});
        if (exchange.getException() != null) {
            // the definition has no version on trial, or the store is away for a while
            none = exchange.getException(RolloutException.class) != null;
            return List.of();
        }
        List<RolloutDecision> all =
                exchange.getMessage().getBody(RolloutTrail.class).decisions();
        List<RolloutDecision> fresh = new ArrayList<>(all.subList(0, all.size() - decisions.size()));
        Collections.reverse(fresh);
        decisions = all;
        return fresh;
    }

    private void hand() {
        List<Map<String, Object>> batch = new ArrayList<>();
        for (Map<String, Object> loss = losses.poll(); loss != null; loss = losses.poll()) {
            batch.add(loss);
        }
        if (!batch.isEmpty()) {
            template.request(LABEL, request -> request.getMessage().setBody(batch));
        }
    }

    /** The newest decision; {@code null} where there is no version on trial. */
    RolloutDecision last() {
        return decisions.isEmpty() ? null : decisions.get(0);
    }

    /** Whether nothing more is to come by itself. */
    boolean settled() {
        return last() == null || last().stage() != Stage.RUNNING;
    }
}

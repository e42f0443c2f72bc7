package io.github.camelaiflow.app;

import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import io.github.camelaiflow.rollout.RolloutException;
import io.github.camelaiflow.rollout.RolloutTrail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * The rollout of the claims flow as the demo sees it, where its definition has one: what is decided on a version on trial is looked
 * up. Used by one thread.
 */
final class DemoRollout {

    private static final String DECISIONS = "aiflow:rollout:claims?action=decisions&resultTo=body";

    private final ProducerTemplate template;
    private List<RolloutDecision> decisions = List.of();
    private boolean none;

    DemoRollout(ProducerTemplate template) {
        this.template = template;
    }

    /** Looks up what was decided; returns what is new, oldest first. */
    List<RolloutDecision> update() {
        if (none) {
            return List.of();
        }
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

    /** The newest decision; {@code null} where there is no version on trial. */
    RolloutDecision last() {
        return decisions.isEmpty() ? null : decisions.get(0);
    }

    /** Whether nothing more is to come by itself. */
    boolean settled() {
        return last() == null || last().stage() != Stage.RUNNING;
    }
}

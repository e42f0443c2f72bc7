package io.github.camelaiflow;

import io.github.camelaiflow.data.FlowResult;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.feedback.quality.HarmAction;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.management.FlowEvent;
import io.github.camelaiflow.management.FlowManagement;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutException;
import io.github.camelaiflow.store.StoreException;
import io.github.camelaiflow.validation.ValidationResult;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is found out about a flow, and what follows from it: each verdict becomes an event, drift and labels reach the rollout, and harm
 * takes a version back. A verdict on what has been replaced meanwhile counts no longer. Thread-safe.
 */
final class FlowVerdicts {

    private static final Logger LOG = LoggerFactory.getLogger(FlowVerdicts.class);

    private final Flow flow;
    private final FlowManagement management;

    FlowVerdicts(Flow flow, FlowManagement management) {
        this.flow = flow;
        this.management = management;
    }

    /** A window was compared with the reference. The report of a monitor that has been replaced meanwhile no longer counts. */
    void evaluated(DriftReport report) {
        FlowParts now = flow.parts();
        DriftMonitor monitor = now.drift() == null ? null : now.drift().value();
        if (monitor != null && monitor.report().orElse(null) == report) {
            if (now.trial() != null) {
                now.trial().rollout().drifting(monitor.status() == DriftStatus.DRIFTED);
            }
            publish(FlowEvent.Type.DRIFT, monitor.status().name(), report);
        }
    }

    /** A rollout was decided on, here or by another node. */
    void decided(RolloutDecision decision) {
        LOG.info(
                "Flow {}: rollout of version {}: {} ({}, by {}): {}",
                flow.name(),
                decision.version(),
                decision.stage(),
                decision.action(),
                decision.actor(),
                decision.reason());
        publish(FlowEvent.Type.ROLLOUT, decision.stage().name(), decision);
        FlowParts now = flow.parts();
        if (now != null && now.split() != null) {
            management.serving(flow.status().servingVersion(), flow.status().servingDigest());
        }
    }

    /**
     * A label came for an answer of that version, first known here. What was answered before a trial says nothing of it: the version
     * on trial has no answers of that time to be compared with.
     */
    void labelled(String version, Instant answered, double loss) {
        FlowParts now = flow.parts();
        if (now == null || now.trial() == null || !now.models().containsKey(version)) {
            return;
        }
        Rollout rollout = now.trial().rollout();
        Instant begun = rollout.status().since();
        if (begun == null || !answered.isBefore(begun)) {
            rollout.labelled(version, loss);
        }
    }

    /** The quality of answers has another verdict. */
    void judged(QualityReport quality) {
        publish(FlowEvent.Type.QUALITY, quality.status().name(), quality);
    }

    /**
     * Takes a version back that does harm, if that is wanted and a rollout has brought it.
     *
     * @throws StoreException if that could not be made durable; to be asked again
     */
    void act(QualityReport quality) {
        if (quality.action() != HarmAction.ROLL_BACK) {
            return;
        }
        FlowParts now = flow.parts();
        if (now.trial() == null
                || !quality.version().equals(now.trial().rollout().status().canary())) {
            LOG.warn(
                    "Flow {}: version {} does harm, but no rollout brought it: nothing to go back to",
                    flow.name(),
                    quality.version());
            return;
        }
        rollBack(now.trial().rollout(), quality.version());
    }

    /** Once more if another node decides something at the same time. */
    private void rollBack(Rollout rollout, String version) {
        for (int left = 2; rollout.status().stage() != RolloutDecision.Stage.ROLLED_BACK; left--) {
            try {
                rollout.decide(RolloutDecision.Action.ROLL_BACK, "feedback", "its quality shows harm");
            } catch (RolloutException e) {
                if (left == 0) {
                    LOG.warn(
                            "Flow {}: version {} does harm, but cannot be rolled back: {}",
                            flow.name(),
                            version,
                            e.getMessage());
                    return;
                }
            }
        }
    }

    /** A window was judged. The verdict of a validator that has been replaced meanwhile no longer counts. */
    void judged(ValidationResult window) {
        FlowParts now = flow.parts();
        if (now.windows() != null && now.windows().value().last() == window) {
            validated(window);
        }
    }

    /** A window was validated. Its result must be one whose String shows no values. */
    void validated(ValidationResult window) {
        Boolean valid = window.valid();
        String verdict = valid == null ? ValidationResult.NO_DATA : valid ? "VALID" : "INVALID";
        publish(FlowEvent.Type.VALIDATION, verdict, window);
    }

    /** The one source of events: observers make of them what consumers, JMX and meters show. */
    private void publish(FlowEvent.Type type, String verdict, FlowResult result) {
        management.published(new FlowEvent(
                type,
                verdict,
                flow.name(),
                flow.clock().instant(),
                flow.status().definitionDigest(),
                result));
    }
}

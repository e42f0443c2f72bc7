package io.github.camelaiflow.management;

import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.validation.ValidationResult;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/**
 * A flow as JMX shows it, under {@code org.apache.camel:context=…,type=aiflow,name="FLOW"}. Public because JMX needs it so;
 * read only but for {@link #resetCounters()}.
 */
@ManagedResource(description = "A flow of AI steps")
public final class ManagedFlow {

    private final FlowStatus status;
    private final FlowCounters counters;
    private final boolean steering;

    ManagedFlow(FlowStatus status, FlowCounters counters, boolean steering) {
        this.status = status;
        this.steering = steering;
        this.counters = counters;
    }

    @ManagedAttribute(description = "Name of the flow")
    public String getFlow() {
        return status.name();
    }

    @ManagedAttribute(description = "Version that serves")
    public String getServingVersion() {
        return status.servingVersion();
    }

    @ManagedAttribute(description = "SHA-256 of the model that serves")
    public String getModelDigest() {
        return status.servingDigest();
    }

    @ManagedAttribute(description = "SHA-256 of the definition in force")
    public String getDefinitionDigest() {
        return status.definitionDigest();
    }

    @ManagedAttribute(description = "Last drift verdict: STABLE, DRIFTED or INSUFFICIENT_DATA")
    public String getDriftVerdict() {
        return status.driftVerdict();
    }

    @ManagedAttribute(description = "Last drift report as JSON")
    public String getDriftReport() {
        return status.driftReport();
    }

    @ManagedAttribute(
            description = "Verdict on the last window, or without windows on the last batch: VALID, INVALID or NO_DATA")
    public String getValidationVerdict() {
        ValidationResult last = status.lastValidation();
        if (last == null || last.valid() == null) {
            return ValidationResult.NO_DATA;
        }
        return last.valid() ? "VALID" : "INVALID";
    }

    @ManagedAttribute(description = "Result of the last window or batch as JSON without values of records")
    public String getValidationResult() {
        ValidationResult last = status.lastValidation();
        return last == null ? null : last.toString();
    }

    @ManagedAttribute(description = "Windows of records judged")
    public long getValidatedWindows() {
        return counters.validatedWindows();
    }

    @ManagedAttribute(description = "Windows of these found invalid")
    public long getInvalidWindows() {
        return counters.invalidWindows();
    }

    @ManagedAttribute(description = "Why a changed definition was refused; empty if the newest one is in force")
    public String getRefusedDefinition() {
        return status.refused() == null ? "" : status.refused();
    }

    @ManagedAttribute(description = "Records validated")
    public long getValidatedRecords() {
        return counters.validatedRecords();
    }

    @ManagedAttribute(description = "Records found invalid")
    public long getInvalidRecords() {
        return counters.invalidRecords();
    }

    @ManagedAttribute(description = "Records a model answered for")
    public long getPredictions() {
        return counters.predictions();
    }

    @ManagedAttribute(description = "Records of these that a fallback answered for")
    public long getFallbackPredictions() {
        return counters.fallbackPredictions();
    }

    @ManagedAttribute(description = "Records of batches that could not be scored")
    public long getUnscoredRecords() {
        return counters.unscoredRecords();
    }

    @ManagedAttribute(description = "Exchanges that a step failed")
    public long getFailedExchanges() {
        return counters.failedExchanges();
    }

    @ManagedAttribute(description = "Mean time of a model call in microseconds")
    public double getMeanInferenceMicros() {
        return counters.meanInferenceMicros();
    }

    @ManagedAttribute(description = "Longest model call in microseconds")
    public double getMaxInferenceMicros() {
        return counters.maxInferenceMicros();
    }

    @ManagedAttribute(description = "Windows compared with the reference")
    public long getDriftEvaluations() {
        return counters.driftEvaluations();
    }

    @ManagedAttribute(description = "Exchanges that could not be observed for drift")
    public long getNotObservedExchanges() {
        return counters.notObservedExchanges();
    }

    @ManagedAttribute(description = "Events published, whether or not a route consumes them")
    public long getEventsPublished() {
        return counters.publishedEvents();
    }

    @ManagedAttribute(description = "Events dropped before a route that consumes them took them")
    public long getEventsDropped() {
        return counters.droppedEvents();
    }

    @ManagedAttribute(description = "Last verdict on quality: NONE, HARM or INSUFFICIENT_DATA; empty without feedback")
    public String getQualityVerdict() {
        return status.qualityVerdict() == null ? "" : status.qualityVerdict();
    }

    @ManagedAttribute(description = "Quality of the serving version as JSON; empty without feedback")
    public String getQualityReport() {
        return status.qualityReport() == null ? "" : status.qualityReport();
    }

    @ManagedAttribute(description = "Answers that wait for their label; -1 without feedback")
    public long getWaitingAnswers() {
        return status.waitingAnswers();
    }

    @ManagedAttribute(description = "Labels that came")
    public long getLabels() {
        return counters.labels();
    }

    @ManagedAttribute(description = "Labels of these that were joined to an answer")
    public long getJoinedLabels() {
        return counters.joinedLabels();
    }

    @ManagedAttribute(description = "Answers not kept for labels to come, because the store takes none")
    public long getNotTrackedAnswers() {
        return counters.notTrackedAnswers();
    }

    @ManagedAttribute(
            description = "Stage of the trial: RUNNING, PAUSED, HELD, PROMOTED or ROLLED_BACK; empty without one")
    public String getRolloutStage() {
        RolloutStatus rollout = status.rollout();
        return rollout == null || rollout.stage() == null ? "" : rollout.stage().name();
    }

    @ManagedAttribute(description = "Share of the records, from 0 to 1, that the version on trial answers")
    public double getCanaryShare() {
        RolloutStatus rollout = status.rollout();
        return rollout == null ? 0 : rollout.share();
    }

    @ManagedAttribute(description = "Where the rollout stands, with its evidence, as JSON; empty without one")
    public String getRolloutStatus() {
        RolloutStatus rollout = status.rollout();
        return rollout == null ? "" : rollout.toJson();
    }

    @ManagedAttribute(description = "Decisions on rollouts, of this node and of others it learnt of")
    public long getRolloutDecisions() {
        return counters.rolloutDecisions();
    }

    @ManagedAttribute(description = "Records that shadows were asked for")
    public long getShadowedRecords() {
        return counters.shadowedRecords();
    }

    @ManagedAttribute(description = "Records that shadows were not asked for, because they were too slow or failed")
    public long getDroppedShadowRecords() {
        return counters.droppedShadowRecords();
    }

    @ManagedOperation(description = "Let the version on trial serve (needs the component's managedSteering)")
    public String promote(String actor, String reason) {
        return decide(Action.PROMOTE, actor, reason);
    }

    @ManagedOperation(description = "Give the version on trial no more records (needs the component's managedSteering)")
    public String rollBack(String actor, String reason) {
        return decide(Action.ROLL_BACK, actor, reason);
    }

    @ManagedOperation(description = "Keep the trial's share as it is (needs the component's managedSteering)")
    public String pause(String actor, String reason) {
        return decide(Action.PAUSE, actor, reason);
    }

    @ManagedOperation(description = "Let the trial go on (needs the component's managedSteering)")
    public String resume(String actor, String reason) {
        return decide(Action.RESUME, actor, reason);
    }

    /** JMX clients have none of our classes: all they get is text. */
    private String decide(Action action, String actor, String reason) {
        if (!steering) {
            throw new UnsupportedOperationException(
                    "steering by JMX needs the component's option managedSteering=true");
        }
        try {
            status.decide(action, actor, reason);
        } catch (RuntimeException e) {
            throw new IllegalStateException(e.getMessage());
        }
        return getRolloutStage();
    }

    @ManagedOperation(description = "Set the counters to zero")
    public void resetCounters() {
        counters.reset();
    }
}

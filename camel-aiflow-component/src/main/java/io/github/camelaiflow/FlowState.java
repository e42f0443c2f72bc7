package io.github.camelaiflow;

import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.management.FlowStatus;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.validation.ValidationResult;

/**
 * What a flow tells of itself, read from its parts as they are at the time.
 *
 * @param flow the flow
 */
record FlowState(Flow flow) implements FlowStatus {

    @Override
    public String name() {
        return flow.name();
    }

    @Override
    public String servingVersion() {
        LoadedModel loaded = serving();
        return loaded == null ? null : loaded.version();
    }

    @Override
    public String servingDigest() {
        LoadedModel loaded = serving();
        return loaded == null ? null : loaded.sha256();
    }

    private LoadedModel serving() {
        return flow.parts() == null || flow.closed()
                ? null
                : flow.withParts(
                        now -> now.serving() == null ? null : now.model(null).inUse());
    }

    @Override
    public String definitionDigest() {
        FlowParts now = flow.parts();
        return now == null ? null : now.definition().digest();
    }

    @Override
    public String driftVerdict() {
        FlowParts now = flow.parts();
        return now == null || now.drift() == null
                ? null
                : now.drift().value().status().name();
    }

    @Override
    public String driftReport() {
        FlowParts now = flow.parts();
        return now == null || now.drift() == null
                ? null
                : now.drift().value().report().map(DriftReport::toJson).orElse(null);
    }

    @Override
    public String qualityVerdict() {
        FlowParts now = flow.parts();
        return now == null || now.feedback() == null
                ? null
                : now.feedback().value().report().status().name();
    }

    @Override
    public String qualityReport() {
        FlowParts now = flow.parts();
        return now == null || now.feedback() == null
                ? null
                : now.feedback().value().report().toString();
    }

    @Override
    public long waitingAnswers() {
        FlowParts now = flow.parts();
        return now == null || now.feedback() == null
                ? -1
                : now.feedback().value().counts().waiting();
    }

    @Override
    public RolloutStatus rollout() {
        FlowParts now = flow.parts();
        return now == null || now.trial() == null || flow.closed()
                ? null
                : now.trial().rollout().status();
    }

    @Override
    public void decide(RolloutDecision.Action action, String actor, String reason) {
        flow.rollout().decide(action, actor, reason);
    }

    @Override
    public ValidationResult lastValidation() {
        FlowParts now = flow.parts();
        return now == null || now.windows() == null
                ? flow.lastBatch()
                : now.windows().value().last();
    }

    @Override
    public String refused() {
        return flow.refused();
    }

    @Override
    public boolean ready() {
        return flow.parts() != null;
    }
}

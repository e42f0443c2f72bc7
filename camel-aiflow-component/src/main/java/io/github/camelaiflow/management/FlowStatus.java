package io.github.camelaiflow.management;

import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.validation.ValidationResult;

/** What a flow tells of itself now. Thread-safe. */
public interface FlowStatus {

    /** The flow's name. */
    String name();

    /** The version that serves; {@code null} while no model is in use. */
    String servingVersion();

    /** SHA-256 of the model that serves; {@code null} for none or a bean. */
    String servingDigest();

    /** SHA-256 of the definition in force; {@code null} without one. */
    String definitionDigest();

    /** The last drift verdict; {@code null} while drift is not watched. */
    String driftVerdict();

    /** The last drift report as JSON; {@code null} while drift is not watched. */
    String driftReport();

    /** The last verdict on the quality of answers; {@code null} without feedback. */
    String qualityVerdict();

    /** Quality of the serving version as JSON, without labels or segments that are not declared; {@code null} without feedback. */
    String qualityReport();

    /** How many answers wait for their label; -1 without feedback. */
    long waitingAnswers();

    /** Where the rollout stands; {@code null} without one. */
    RolloutStatus rollout();

    /**
     * Decides on the rollout by hand.
     *
     * @throws io.github.camelaiflow.rollout.RolloutException if there is none, or it cannot be decided so now
     */
    void decide(RolloutDecision.Action action, String actor, String reason);

    /** What was said of the last window of records, or, without windows, of the last batch; {@code null} if nothing was. */
    ValidationResult lastValidation();

    /** Why a changed definition was refused; {@code null} if the newest one is in force. */
    String refused();

    /** Whether all that started steps need is loaded. */
    boolean ready();
}

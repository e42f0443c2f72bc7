package io.github.camelaiflow.management;

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

    /** What was said of the last window of records, or, without windows, of the last batch; {@code null} if nothing was. */
    ValidationResult lastValidation();

    /** Why a changed definition was refused; {@code null} if the newest one is in force. */
    String refused();

    /** Whether all that started steps need is loaded. */
    boolean ready();
}

package io.github.camelaiflow;

import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.LearnedProfile;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.serving.LastGood;
import io.github.camelaiflow.model.serving.ServedModel;
import io.github.camelaiflow.validation.RecordValidator;
import io.github.camelaiflow.validation.WindowValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A flow as it is set up at one time. A result is made from one such picture, so that none mixes two definitions; setting the
 * flow up anew publishes another.
 *
 * @param definition the definition in force, with nothing in it for a flow without one
 * @param validator {@code null} until a validate step has started
 * @param windows {@code null} until a validate step with windows has started
 * @param models by version; empty until an infer step has started
 * @param serve the version that serves; {@code null} until then
 * @param drift {@code null} until a drift step has started
 * @param learned the reference that is being learned of the records; {@code null} unless a drift step does
 * @param feedback {@code null} without one
 * @param split how records are shared among versions; {@code null} if one version gets all
 * @param versions what names of versions stand for, and where the models come from
 */
record FlowParts(
        FlowDefinition definition,
        Part<RecordValidator> validator,
        Part<WindowValidator> windows,
        Map<String, Part<ServedModel>> models,
        String serve,
        Part<DriftMonitor> drift,
        Part<LearnedProfile> learned,
        Part<FeedbackLoop> feedback,
        Part<Trial> split,
        ModelVersions versions) {

    /**
     * Something built, and what it was built from: as long as that stays equal, it is kept.
     *
     * @param source compared by {@code equals}
     */
    record Part<T>(Object source, T value) {}

    /** {@code null} if one version gets all records. */
    Trial trial() {
        return split == null ? null : split.value();
    }

    /** The version that serves, which a rollout may have changed; {@code null} until an infer step has started. */
    String serving() {
        return split == null ? serve : split.value().rollout().serving();
    }

    /** The models that remember the flow's good answers. */
    List<LastGood> lastGood() {
        List<LastGood> remembering = new ArrayList<>();
        for (Part<ServedModel> part : models.values()) {
            if (part.value().inUse().model() instanceof LastGood lastGood) {
                remembering.add(lastGood);
            }
        }
        return remembering;
    }

    /**
     * The model of that version or alias, or the one that serves.
     *
     * @param version {@code null} for the one that serves
     * @throws ModelException if the definition in force has no such model any more
     */
    ServedModel model(String version) {
        Part<ServedModel> part = models.get(version == null ? serving() : versions.resolve(version));
        if (part == null) {
            throw new ModelException(
                    false, "flow " + definition.flow() + " must define model " + version + ", has " + models.keySet());
        }
        return part.value();
    }

    /** Closes what isn't in the picture that comes after this one. */
    void giveWayTo(FlowParts next) {
        if (split != null && split != next.split) {
            split.value().close();
        }
        if (feedback != null && feedback != next.feedback) {
            feedback.value().close();
            if (next.feedback != null) {
                next.feedback.value().continues(feedback.value());
            }
        }
        if (drift != null && drift != next.drift) {
            drift.value().close();
            if (next.drift != null) {
                next.drift.value().continues(drift.value());
            }
        }
        models.forEach((version, part) -> {
            if (next.models.get(version) != part) {
                part.value().close();
            }
        });
    }

    /** Closes all of it. */
    void close() {
        if (drift != null) {
            drift.value().close();
        }
        if (feedback != null) {
            feedback.value().close();
        }
        closeTrialAndModels();
        if (validator != null) {
            validator.value().close();
        }
    }

    /** Closes what was built for a start that failed. */
    void closeTrialAndModels() {
        if (split != null) {
            split.value().close();
        }
        models.values().forEach(part -> part.value().close());
    }
}

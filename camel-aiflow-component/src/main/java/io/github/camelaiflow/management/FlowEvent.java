package io.github.camelaiflow.management;

import io.github.camelaiflow.data.FlowResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Something a flow found out by itself, beside what it answers its exchanges. Immutable. {@link #toString()} shows nothing of
 * the result.
 *
 * @param type what kind of thing
 * @param verdict the flow's verdict from now on, a stable word. Of drift {@code STABLE}, {@code DRIFTED}, which holds until a
 *     window is stable, or {@code INSUFFICIENT_DATA}; of validation {@code VALID}, {@code INVALID} or {@code NO_DATA};
 *     of a rollout its stage
 * @param flow name of the flow
 * @param time when, by the flow's clock
 * @param definitionDigest SHA-256 of the definition in force; {@code null} without one
 * @param result what the feature says; its {@code toString()} shows no value of a record
 */
public record FlowEvent(
        Type type, String verdict, String flow, Instant time, String definitionDigest, FlowResult result) {

    /** Kinds of events. */
    public enum Type {
        /** A window was compared with the reference; the result is a {@code DriftReport}. */
        DRIFT("drift"),
        /** A window was validated; the result is a {@code ValidationResult}. */
        VALIDATION("validation"),
        /** A rollout was decided on; the result is a {@code RolloutDecision}. */
        ROLLOUT("rollout"),
        /** The quality of answers was judged anew, and the verdict is another; the result is a {@code QualityReport}. */
        QUALITY("quality");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As options, headers and meters write it. */
        public String word() {
            return word;
        }

        /** The type of that word; empty if there is none. */
        public static Optional<Type> of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word.equals(word))
                    .findFirst();
        }
    }

    public FlowEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(flow, "flow");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(result, "result");
    }

    @Override
    public String toString() {
        return "FlowEvent[" + type.word + " of flow " + flow + ", " + verdict + ", " + time + "]";
    }
}

package io.github.camelaiflow.rollout.evidence;

/** Gathered evidence as numbers that add: states of several nodes, or of a node before and after a restart. Immutable. */
public final class EvidenceState {

    /** Both together. */
    public EvidenceState plus(EvidenceState other) {
        throw new UnsupportedOperationException();
    }

    /** As JSON, for a store. */
    public String toJson() {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalArgumentException if it is not one of {@link #toJson()} */
    public static EvidenceState ofJson(String json) {
        throw new UnsupportedOperationException();
    }
}

package io.github.camelaiflow.delivery;

import java.util.Map;

/** A settlement failed. Its message names no value. */
public final class CommitException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What a failed settlement did. */
    public enum Effect {
        /** Offsets are where they were: the same records are taken again. */
        NONE,
        /** It may have happened: {@link Commit#positions} tells. */
        UNKNOWN,
        /** Nothing was written, since somebody else has settled records of these partitions: {@link Commit#positions} tells where they stand. */
        MOVED,
        /** Somebody else goes by this thread's name, or took its place: all connections are made anew, after a while. */
        FENCED,
        /** Offsets are where they were, and some outcomes will never be taken: they are settled as dead letters instead. */
        REFUSED
    }

    private final Effect effect;
    private final transient Map<Integer, String> refused;

    private CommitException(Effect effect, String message, Map<Integer, String> refused, Throwable cause) {
        super(message, cause);
        this.effect = effect;
        this.refused = Map.copyOf(refused);
    }

    /** The effect is {@link Effect#NONE}. */
    public static CommitException none(String message, Throwable cause) {
        return new CommitException(Effect.NONE, message, Map.of(), cause);
    }

    /** The effect is {@link Effect#UNKNOWN}. */
    public static CommitException unknown(String message, Throwable cause) {
        return new CommitException(Effect.UNKNOWN, message, Map.of(), cause);
    }

    /** The effect is {@link Effect#MOVED}. */
    public static CommitException moved(String message) {
        return new CommitException(Effect.MOVED, message, Map.of(), null);
    }

    /** The effect is {@link Effect#FENCED}. */
    public static CommitException fenced(String message, Throwable cause) {
        return new CommitException(Effect.FENCED, message, Map.of(), cause);
    }

    /**
     * The effect is {@link Effect#REFUSED}.
     *
     * @param refused by index among the outcomes, a stable word why
     */
    public static CommitException refused(Map<Integer, String> refused, Throwable cause) {
        return new CommitException(
                Effect.REFUSED, refused.size() + " outcomes will never be taken: " + refused.values(), refused, cause);
    }

    public Effect effect() {
        return effect;
    }

    /** Outcomes that will never be taken: index among the outcomes, and a stable word why. */
    public Map<Integer, String> refused() {
        return refused;
    }
}

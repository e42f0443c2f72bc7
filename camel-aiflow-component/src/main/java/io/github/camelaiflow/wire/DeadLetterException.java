package io.github.camelaiflow.wire;

/** What was asked about a dead letter cannot be done. The message names the requirement and no value of a record. */
public final class DeadLetterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why not. */
    public enum Kind {
        /** The request makes no sense. */
        MALFORMED,
        /** There is no such letter. */
        ABSENT,
        /** It has another state than that needs; somebody may have been quicker. */
        CONFLICT,
        /** It is being replayed, and whether it was sent is not known. */
        UNKNOWN
    }

    public DeadLetterException(Kind kind, String message) {
        this(kind, message, null);
    }

    public DeadLetterException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

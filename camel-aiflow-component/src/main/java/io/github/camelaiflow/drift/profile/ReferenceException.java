package io.github.camelaiflow.drift.profile;

/**
 * A reference cannot be used. The message names the requirement and the place, never a value of a record. Trying again with the
 * same reference cannot help.
 */
public final class ReferenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message requirement and place */
    public ReferenceException(String message) {
        super(message);
    }

    /** As {@link #ReferenceException(String)}, with the cause; its message must hold no value either. */
    public ReferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}

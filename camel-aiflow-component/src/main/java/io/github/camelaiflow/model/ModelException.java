package io.github.camelaiflow.model;

/** A model could not be loaded or could not answer. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * @param retryable whether trying again, unchanged, can help
     * @param message what was required, and of which model; never a value of a record
     */
    public ModelException(boolean retryable, String message) {
        this(retryable, message, null);
    }

    /** As {@link #ModelException(boolean, String)}, with the cause. */
    public ModelException(boolean retryable, String message, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Whether trying again, unchanged, can help. */
    public boolean retryable() {
        return retryable;
    }
}

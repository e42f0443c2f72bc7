package io.github.camelaiflow.model;

import java.util.List;

/** A model could not be loaded or could not answer. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final transient List<String> problems;

    /**
     * @param retryable whether trying again, unchanged, can help
     * @param message what was required, and of which model; never a value of a record
     */
    public ModelException(boolean retryable, String message) {
        this(retryable, message, null);
    }

    /** As {@link #ModelException(boolean, String)}, with the cause; its message must hold no value either. */
    public ModelException(boolean retryable, String message, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.problems = List.of(message);
    }

    private ModelException(String place, List<String> problems) {
        super(place + " can't be used: " + String.join("; ", problems));
        this.retryable = false;
        this.problems = List.copyOf(problems);
    }

    /** A model that doesn't fit: all that is wrong with it, told at once. Not retryable. */
    public static ModelException unfit(String place, List<String> problems) {
        return new ModelException(place, problems);
    }

    /** Whether trying again, unchanged, can help. */
    public boolean retryable() {
        return retryable;
    }

    /** Each thing that is wrong, as a sentence of its own; not empty. After Java serialisation just the message. */
    public List<String> problems() {
        return problems == null ? List.of(getMessage()) : problems;
    }
}

package io.github.camelaiflow;

import org.apache.camel.RuntimeCamelException;

/** A model could not answer. Says whether trying again, unchanged, can help. */
public class AiflowModelException extends RuntimeCamelException {

    private static final long serialVersionUID = 1L;

    private final String flow;
    private final String version;
    private final boolean retryable;

    /**
     * @param flow the flow asked
     * @param version the version asked; {@code null} if none was chosen yet
     * @param retryable whether trying again, unchanged, can help
     * @param message what was required; no value of a record
     * @param cause may be {@code null}
     */
    public AiflowModelException(String flow, String version, boolean retryable, String message, Throwable cause) {
        super(message, cause);
        this.flow = flow;
        this.version = version;
        this.retryable = retryable;
    }

    /** The flow asked. */
    public String getFlow() {
        return flow;
    }

    /** The version asked; {@code null} if none was chosen yet. */
    public String getVersion() {
        return version;
    }

    /** Whether trying again, unchanged, can help. */
    public boolean isRetryable() {
        return retryable;
    }
}

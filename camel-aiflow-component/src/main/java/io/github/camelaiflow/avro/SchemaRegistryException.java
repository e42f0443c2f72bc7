package io.github.camelaiflow.avro;

/** A schema registry could not tell which schema an id stands for. Says nothing about the record. */
public final class SchemaRegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    SchemaRegistryException(boolean retryable, String message, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /**
     * Whether trying again, unchanged, can help: the registry was away, too slow or overloaded. If not, it refuses us or
     * answers with what is no schema, and somebody must mend a configuration.
     */
    public boolean retryable() {
        return retryable;
    }
}

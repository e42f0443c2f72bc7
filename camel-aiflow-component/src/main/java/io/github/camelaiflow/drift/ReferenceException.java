package io.github.camelaiflow.drift;

/**
 * A reference cannot be used. The message names the requirement and the place, never a value of a record. Trying again with the
 * same reference cannot help.
 */
public final class ReferenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReferenceException(String message) {
        super(message);
    }

    ReferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}

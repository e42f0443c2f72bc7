package io.github.camelaiflow.openinference;

/** A message breaks the protocol or a limit. The text names requirement and place, never a value of the message. */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what must be, and where; without any value of the message */
    public ProtocolException(String message) {
        super(message);
    }
}

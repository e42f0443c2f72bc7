package io.github.camelaiflow.wire.inference;

/** A call that is answered with an error. The text holds no value of the call. */
final class CallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    CallException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}

package io.github.camelaiflow.delivery;

import io.github.camelaiflow.store.StoreException;

/**
 * A failure as logs may show it, with its causes: kinds and places, and messages only of Kafka, of the store and of our own, since others may
 * quote what they read.
 */
public final class ShownFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int DEEPEST = 8;

    private ShownFailure(Throwable failure, boolean silent, ShownFailure cause) {
        super(shown(failure, silent), cause, false, true);
        setStackTrace(failure.getStackTrace());
    }

    /** To be logged in place of the failure, with its stack. */
    public static ShownFailure of(Throwable failure) {
        return of(failure, false, 0);
    }

    private static ShownFailure of(Throwable failure, boolean ofStore, int depth) {
        boolean silent = !ofStore && !namesNoValue(failure);
        Throwable cause = failure.getCause();
        return new ShownFailure(
                failure,
                silent,
                cause == null || depth == DEEPEST
                        ? null
                        : of(cause, ofStore || failure instanceof StoreException, depth + 1));
    }

    private static String shown(Throwable failure, boolean silent) {
        String name = failure.getClass().getName();
        return silent || failure.getMessage() == null ? name : name + ": " + failure.getMessage();
    }

    @Override
    public String toString() {
        return getMessage();
    }

    /** The same in a line. */
    public static String line(Throwable failure) {
        StringBuilder line = new StringBuilder();
        Throwable cause = failure;
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            line.append(i == 0 ? "" : ", caused by ").append(cause.getClass().getSimpleName());
            if (namesNoValue(cause)) {
                line.append(": ").append(cause.getMessage());
            } else if (cause.getStackTrace().length > 0) {
                line.append(" at ").append(cause.getStackTrace()[0]);
            }
            cause = cause.getCause();
        }
        return line.toString();
    }

    private static boolean namesNoValue(Throwable cause) {
        return cause instanceof CommitException
                || cause instanceof OutcomesException
                || cause instanceof StoreException
                || cause.getClass().getName().startsWith("org.apache.kafka.");
    }
}

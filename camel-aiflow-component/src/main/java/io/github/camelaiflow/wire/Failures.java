package io.github.camelaiflow.wire;

import java.util.concurrent.RejectedExecutionException;

/** What failures mean to who answers for them. */
public final class Failures {

    private static final String NOT_PERMITTED = "io.github.resilience4j.circuitbreaker.CallNotPermittedException";

    private Failures() {}

    /** Whether nobody was asked, because a circuit breaker is open or a queue is full. */
    public static boolean turnedAway(Throwable caught) {
        for (Throwable error = caught; error != null; error = error.getCause()) {
            if (error instanceof RejectedExecutionException
                    || error.getClass().getName().equals(NOT_PERMITTED)) {
                return true;
            }
        }
        return false;
    }
}

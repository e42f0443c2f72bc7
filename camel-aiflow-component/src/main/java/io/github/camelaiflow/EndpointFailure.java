package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.ModelException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.ValidationException;

/** What the failure of an endpoint that was asked means. Its text may quote the record and is told nowhere. */
final class EndpointFailure {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final int MOST_CAUSES = 20;

    private EndpointFailure() {}

    /** A {@link DataException} if the record is wrong, else a {@link ModelException}. */
    static RuntimeException of(String place, Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++, cause = cause.getCause()) {
            RuntimeException told = told(place, cause);
            if (told != null) {
                return told;
            }
        }
        return failed(place, false, failure);
    }

    private static RuntimeException told(String place, Throwable cause) {
        if (cause instanceof DataException data) {
            return data;
        }
        if (cause instanceof AiflowDataException data) {
            return new DataException(data.getReason(), data.getFields(), "model " + place + " finds the record wrong");
        }
        if (cause instanceof ValidationException) {
            return new DataException(Reason.INVALID, List.of(), "model " + place + " finds the record wrong");
        }
        if (cause instanceof ModelException model) {
            return model;
        }
        if (cause instanceof AiflowModelException model) {
            return failed(place, model.isRetryable(), cause);
        }
        int status = HttpCalls.status(cause);
        if (status > 0) {
            return ofStatus(place, status);
        }
        boolean passing = cause instanceof IOException
                || cause instanceof ExchangeTimedOutException
                || cause instanceof TimeoutException
                || cause instanceof RejectedExecutionException
                || cause instanceof InterruptedException;
        return passing ? failed(place, true, cause) : null;
    }

    /** An HTTP server's status that is no success. */
    static ModelException ofStatus(String place, int status) {
        boolean retryable = status >= SERVER_ERRORS || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        return new ModelException(retryable, place + " must answer, its server answered with status " + status);
    }

    private static ModelException failed(String place, boolean retryable, Throwable cause) {
        return new ModelException(
                retryable,
                place + " must answer, failed with " + cause.getClass().getName());
    }
}

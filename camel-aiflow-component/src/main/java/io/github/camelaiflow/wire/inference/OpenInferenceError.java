package io.github.camelaiflow.wire.inference;

import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.AiflowDataException;
import io.github.camelaiflow.AiflowModelException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.openinference.MetadataCodec;
import io.github.camelaiflow.openinference.ProtocolException;
import io.github.camelaiflow.validation.Severity;
import io.github.camelaiflow.validation.ValidationResult;
import io.github.camelaiflow.wire.Failures;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ValidationException;
import org.apache.camel.util.ObjectHelper;

/**
 * Makes what failed an error of the Open Inference Protocol, {@code {"error": …}}. Use it in a handled {@code onException}. All
 * headers of the message are removed but those it sets. No value of a request is told, and of an exception that is not ours
 * not even the message.
 *
 * <ul>
 *   <li>400: the request cannot be read, or a record is wrong; row and field are named;
 *   <li>404: no such path, model or version; 405: the path takes another method; 413: too large;
 *   <li>503: the model cannot answer; with {@code Retry-After} if trying again can help;
 *   <li>500: all else.
 * </ul>
 *
 * Thread-safe once set up.
 */
public final class OpenInferenceError implements Processor {

    private static final int MOST_ERRORS = 10;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private int retryAfterSeconds = 10;

    /** What {@code Retry-After} says, in seconds; default 10. */
    public void setRetryAfterSeconds(int retryAfterSeconds) {
        this.retryAfterSeconds = retryAfterSeconds;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Object validation = message.getHeader(AiflowConstants.VALIDATION);
        Object allow = message.getHeader("Allow");
        message.removeHeaders("*");
        CallException error = error(caught, validation);
        if (error.status() == 405) {
            message.setHeader("Allow", allow);
        }
        if (error.status() == UNAVAILABLE && canHelp(caught)) {
            message.setHeader("Retry-After", retryAfterSeconds);
        }
        Replies.json(message, error.status(), MetadataCodec.encodeError(error.getMessage()));
    }

    private static CallException error(Throwable caught, Object validation) {
        CallException call = ObjectHelper.getException(CallException.class, caught);
        if (call != null) {
            return call;
        }
        ProtocolException unreadable = ObjectHelper.getException(ProtocolException.class, caught);
        if (unreadable != null) {
            return new CallException(BAD_REQUEST, unreadable.getMessage());
        }
        AiflowDataException data = ObjectHelper.getException(AiflowDataException.class, caught);
        if (data != null) {
            return new CallException(BAD_REQUEST, text(data, validation));
        }
        if (ObjectHelper.getException(ValidationException.class, caught) != null) {
            return new CallException(BAD_REQUEST, "the records must be valid");
        }
        boolean unavailable =
                ObjectHelper.getException(AiflowModelException.class, caught) != null || Failures.turnedAway(caught);
        return unavailable
                ? new CallException(UNAVAILABLE, "the model cannot answer at the moment")
                : new CallException(500, "the request could not be handled");
    }

    private static String text(AiflowDataException data, Object validation) {
        if (data.getReason() != DataException.Reason.INVALID || !(validation instanceof ValidationResult result)) {
            return data.getMessage();
        }
        List<String> errors = result.rejected().stream()
                .flatMap(record -> record.reasons().stream()
                        .filter(reason -> reason.severity() == Severity.CRITICAL)
                        .map(reason -> "record " + record.index() + ": " + reason.field() + ": " + reason.message()))
                .limit(MOST_ERRORS + 1L)
                .toList();
        if (errors.isEmpty()) {
            return data.getMessage();
        }
        return errors.size() > MOST_ERRORS
                ? String.join("; ", errors.subList(0, MOST_ERRORS)) + "; and more"
                : String.join("; ", errors);
    }

    private static boolean canHelp(Throwable caught) {
        AiflowModelException model = ObjectHelper.getException(AiflowModelException.class, caught);
        return model == null || model.isRetryable();
    }
}

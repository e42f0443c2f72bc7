package io.github.camelaiflow.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.AiflowDataException;
import io.github.camelaiflow.AiflowModelException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.rollout.RolloutException;
import io.github.camelaiflow.store.StoreException;
import io.github.camelaiflow.validation.FlaggedRecord;
import io.github.camelaiflow.validation.Reason;
import io.github.camelaiflow.validation.Severity;
import io.github.camelaiflow.validation.ValidationResult;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ValidationException;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what failed the answer to an HTTP caller: a problem document (RFC 9457), {@code application/problem+json}. Use it in
 * a handled {@code onException}. All headers of the message are removed but those it sets. No value of a record is told, and
 * of an exception that is not ours not even the message.
 *
 * <ul>
 *   <li>400 {@value #UNDECODABLE}: the body is no record, nor a list of them;
 *   <li>422 {@value #INVALID}: wrong records; {@code errors} names record (its place in the list, 0 for a single one), field
 *       and requirement, {@value #MOST_ERRORS} at most, and {@code errorsLeftOut} says how many more there are;
 *   <li>503 {@value #UNAVAILABLE}: the model cannot answer; with {@code Retry-After} if trying again can help;
 *   <li>409 {@value #CONFLICT}: the rollout cannot be decided so now, or somebody was quicker;
 *   <li>400 {@value #MALFORMED}, 404 {@value #NO_LETTER}, 409 {@value #LETTER_CONFLICT}: what was asked about a dead letter cannot be done;
 *   <li>502 {@value #REPLAY_UNKNOWN}: a dead letter may have been sent again or not, and must be settled;
 *   <li>503 {@value #NO_STORE}: the store cannot be reached, so a decision was not made, or not all labels were taken (those that were are duplicates when sent
 *       again); with {@code Retry-After};
 *   <li>500 {@value #STORE_REFUSES}: the store does not take what was asked, as one in memory that is full: trying again does not help;
 *   <li>500 {@code about:blank}: all else.
 * </ul>
 *
 * Thread-safe once set up.
 */
public final class ProblemDocument implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemDocument.class);

    /** Type of the problem that the body cannot be read. */
    public static final String UNDECODABLE = "urn:camel-aiflow:problem:undecodable";

    /** Type of the problem that records are wrong. */
    public static final String INVALID = "urn:camel-aiflow:problem:invalid-record";

    /** Type of the problem that the model cannot answer. */
    public static final String UNAVAILABLE = "urn:camel-aiflow:problem:model-unavailable";

    /** Type of the problem that a rollout cannot be decided so now. */
    public static final String CONFLICT = "urn:camel-aiflow:problem:rollout-conflict";

    /** Type of the problem that a request about dead letters makes no sense. */
    public static final String MALFORMED = "urn:camel-aiflow:problem:malformed-request";

    /** Type of the problem that there is no such dead letter. */
    public static final String NO_LETTER = "urn:camel-aiflow:problem:no-dead-letter";

    /** Type of the problem that a dead letter has another state than what was asked needs. */
    public static final String LETTER_CONFLICT = "urn:camel-aiflow:problem:dead-letter-conflict";

    /** Type of the problem that nobody knows whether a dead letter was sent again. */
    public static final String REPLAY_UNKNOWN = "urn:camel-aiflow:problem:replay-unknown";

    /** Type of the problem that the store cannot be reached. */
    public static final String NO_STORE = "urn:camel-aiflow:problem:store-unavailable";

    /** Type of the problem that the store can be reached and does not take what was asked: somebody must look after it. */
    public static final String STORE_REFUSES = "urn:camel-aiflow:problem:store-refuses";

    private static final int MOST_ERRORS = 100;

    private int retryAfterSeconds = 10;

    /** What {@code Retry-After} says, in seconds; default 10, as long as {@link ModelCircuitBreaker} stays open. */
    public void setRetryAfterSeconds(int retryAfterSeconds) {
        this.retryAfterSeconds = retryAfterSeconds;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Object validation = message.getHeader(AiflowConstants.VALIDATION);
        message.removeHeaders("*");
        AiflowDataException data = ObjectHelper.getException(AiflowDataException.class, caught);
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        if (data != null) {
            describe(problem, data, validation);
        } else if (ObjectHelper.getException(ValidationException.class, caught) != null) {
            head(problem, INVALID, "The record is invalid", 422, "The record must be valid");
        } else {
            describeFailure(problem, message, caught);
        }
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.get("status").intValue());
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        message.setBody(problem.toString());
    }

    private static void describe(ObjectNode problem, AiflowDataException data, Object validation) {
        if (data.getReason() == DataException.Reason.UNSUPPORTED_BODY) {
            head(problem, UNDECODABLE, "Not a record", 400, "The body must be a record, or a list of records");
        } else if (data.getReason() == DataException.Reason.UNDECODABLE) {
            head(problem, UNDECODABLE, "Cannot be decoded", 400, data.getMessage());
        } else {
            head(problem, INVALID, "Invalid record", 422, data.getMessage());
            if (data.getReason() == DataException.Reason.INVALID && validation instanceof ValidationResult result) {
                errors(problem, result);
            } else {
                errors(problem, data);
            }
        }
    }

    private static void errors(ObjectNode problem, ValidationResult result) {
        ArrayNode errors = problem.putArray("errors");
        int leftOut = 0;
        for (FlaggedRecord flagged : result.rejected()) {
            for (Reason reason : flagged.reasons()) {
                if (reason.severity() != Severity.CRITICAL) {
                    continue;
                }
                if (errors.size() == MOST_ERRORS) {
                    leftOut++;
                    continue;
                }
                errors.addObject()
                        .put("record", flagged.index())
                        .put("field", reason.field())
                        .put("detail", reason.message());
            }
        }
        if (leftOut > 0) {
            problem.put("errorsLeftOut", leftOut);
        }
    }

    private static void errors(ObjectNode problem, AiflowDataException data) {
        ArrayNode errors = problem.putArray("errors");
        data.getFields().forEach(field -> errors.addObject().put("field", field).put("detail", data.getMessage()));
    }

    private void describeFailure(ObjectNode problem, Message message, Throwable caught) {
        RolloutException conflict = ObjectHelper.getException(RolloutException.class, caught);
        if (conflict != null) {
            head(problem, CONFLICT, "Not decided", 409, conflict.getMessage());
            return;
        }
        DeadLetterException letter = ObjectHelper.getException(DeadLetterException.class, caught);
        if (letter != null) {
            describe(problem, letter);
            return;
        }
        StoreException store = ObjectHelper.getException(StoreException.class, caught);
        if (store != null) {
            describeStore(problem, message, store);
            return;
        }
        AiflowModelException model = ObjectHelper.getException(AiflowModelException.class, caught);
        if (model == null && !Failures.turnedAway(caught)) {
            head(problem, "about:blank", "Internal Server Error", 500, "The request could not be handled");
            return;
        }
        head(problem, UNAVAILABLE, "No decision now", 503, "The model cannot answer at the moment");
        if (model == null || model.isRetryable()) {
            message.setHeader("Retry-After", retryAfterSeconds);
        }
    }

    private void describeStore(ObjectNode problem, Message message, StoreException store) {
        if (store.unreachable()) {
            head(problem, NO_STORE, "Store unavailable", 503, "The store must be reachable; try again later");
            message.setHeader("Retry-After", retryAfterSeconds);
        } else {
            LOG.warn("The store does not take what a caller asked for: {}", store.getMessage());
            head(
                    problem,
                    STORE_REFUSES,
                    "Refused by the store",
                    500,
                    "The store does not take this, and trying again does not help: it is full, set up wrong, or what was asked is more than it takes. The log says which");
        }
    }

    private static void describe(ObjectNode problem, DeadLetterException letter) {
        switch (letter.kind()) {
            case MALFORMED -> head(problem, MALFORMED, "Malformed request", 400, letter.getMessage());
            case ABSENT -> head(problem, NO_LETTER, "No such dead letter", 404, letter.getMessage());
            case CONFLICT -> head(problem, LETTER_CONFLICT, "Not in that state", 409, letter.getMessage());
            case UNKNOWN -> head(problem, REPLAY_UNKNOWN, "Sent or not is unknown", 502, letter.getMessage());
        }
    }

    private static void head(ObjectNode problem, String type, String title, int status, String detail) {
        problem.put("type", type).put("title", title).put("status", status).put("detail", detail);
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;

/**
 * The exchange's data is wrong; trying again cannot help. Being a {@link ValidationException} it is caught by what routes
 * already have for those. The message names requirement and place and holds no value of the record.
 */
public class AiflowDataException extends ValidationException {

    private static final long serialVersionUID = 1L;

    private final String stage;
    private final DataException.Reason reason;
    private final ArrayList<String> fields;
    private final ArrayList<String> expectations;

    /**
     * @param exchange the exchange with the wrong data
     * @param stage where it was found: {@code decode}, {@code validate}, {@code infer}
     * @param cause what was found
     */
    public AiflowDataException(Exchange exchange, String stage, DataException cause) {
        super(cause.getMessage(), exchange, cause);
        this.stage = stage;
        this.reason = cause.reason();
        this.fields = new ArrayList<>(cause.fields());
        this.expectations = new ArrayList<>(cause.expectations());
    }

    /** Camel's exceptions append the exchange; the requirement alone is enough. */
    @Override
    public String getMessage() {
        return getCause() == null ? super.getMessage() : getCause().getMessage();
    }

    /** Where it was found: {@code decode}, {@code validate}, {@code infer}. */
    public String getStage() {
        return stage;
    }

    /** What is wrong, as a stable word. */
    public DataException.Reason getReason() {
        return reason;
    }

    /** Names of the expectations and constraints that are not met, each once; empty if it is not about these. */
    public List<String> getExpectations() {
        return Collections.unmodifiableList(expectations);
    }

    /** Names of the fields concerned, in order; empty if it is the record as a whole. */
    public List<String> getFields() {
        return Collections.unmodifiableList(fields);
    }
}

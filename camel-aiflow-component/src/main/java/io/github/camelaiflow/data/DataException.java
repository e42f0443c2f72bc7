package io.github.camelaiflow.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A record is wrong: trying again with the same record cannot help. The message names requirement and place, never a
 * value of the record.
 */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, as a stable word for headers, metrics and routing. */
    public enum Reason {
        /** The body is none of the kinds that hold records. */
        UNSUPPORTED_BODY,
        /** The bytes cannot be decoded. */
        UNDECODABLE,
        /** A record breaks its expectations or constraints. */
        INVALID,
        /** A value the model needs is absent, null or NaN. */
        MISSING_FEATURE,
        /** A value has a type or range the model cannot take. */
        WRONG_FEATURE
    }

    private final Reason reason;
    private final ArrayList<String> fields;
    private final ArrayList<String> expectations;

    /**
     * @param reason what is wrong
     * @param fields names of the fields concerned, in order; empty if it is the record as a whole
     * @param message requirement and place, without any value of the record
     */
    public DataException(Reason reason, List<String> fields, String message) {
        this(reason, fields, message, null);
    }

    /** As {@link #DataException(Reason, List, String)}, with the cause; its message must hold no value either. */
    public DataException(Reason reason, List<String> fields, String message, Throwable cause) {
        this(reason, fields, List.of(), message, cause);
    }

    /** As {@link #DataException(Reason, List, String)}, with the names of the expectations and constraints that are not met. */
    public DataException(Reason reason, List<String> fields, List<String> expectations, String message) {
        this(reason, fields, expectations, message, null);
    }

    private DataException(
            Reason reason, List<String> fields, List<String> expectations, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.fields = new ArrayList<>(fields);
        this.expectations = new ArrayList<>(expectations);
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** Names of the expectations and constraints that are not met, each once; empty if it is not about these. */
    public List<String> expectations() {
        return Collections.unmodifiableList(expectations);
    }

    /** Names of the fields concerned; empty if it is the record as a whole. */
    public List<String> fields() {
        return Collections.unmodifiableList(fields);
    }
}

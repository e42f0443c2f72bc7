package io.github.camelaiflow.delivery;

/** The outcomes of a batch are not those of its records: the fault of who judged them. Its message names no value. */
public final class OutcomesException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param message what was required, without values */
    public OutcomesException(String message) {
        super(message);
    }
}

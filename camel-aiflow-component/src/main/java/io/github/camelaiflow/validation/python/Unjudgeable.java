package io.github.camelaiflow.validation.python;

/** A value cannot be judged by an expectation: where GX raises an exception. The message holds no value of the record. */
public final class Unjudgeable extends Exception {

    private static final long serialVersionUID = 1L;

    public Unjudgeable(String message) {
        super(message, null, false, false);
    }
}

package io.github.camelaiflow.validation.python;

/** A text is no expression of the syntax asked for. The message says what is wrong, where, and how to mend it. */
public final class InvalidExpression extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidExpression(String message) {
        super(message, null, false, false);
    }

    InvalidExpression(String message, int position) {
        this(message + " (at character " + (position + 1) + ")");
    }
}

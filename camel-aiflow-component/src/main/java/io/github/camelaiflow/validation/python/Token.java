package io.github.camelaiflow.validation.python;

/**
 * A piece of an expression.
 *
 * @param text the name, operator, or content of a text
 * @param value the number; {@code null} for others
 * @param position where it begins, from 0
 */
record Token(Kind kind, String text, Number value, int position) {

    enum Kind {
        NUMBER,
        TEXT,
        NAME,
        QUOTED_NAME,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** How messages name it. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "a text";
            default -> text;
        };
    }
}

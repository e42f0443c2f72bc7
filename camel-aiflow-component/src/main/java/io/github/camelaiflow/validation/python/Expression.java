package io.github.camelaiflow.validation.python;

import java.util.List;
import java.util.Map;

/**
 * An expression as data: what {@link ExpressionParser} reads and {@link Terms} evaluates. Expressions that read the same
 * are equal, however they were spaced or quoted. Immutable.
 */
public sealed interface Expression {

    /** A number, text, truth value, date, or {@code null} for None. */
    record Literal(Object value) implements Expression {}

    /** A list or tuple. */
    record Sequence(List<Expression> elements) implements Expression {

        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** The value of a column of the record; in a suite parameter's expression, of the parameter. */
    record Name(String name) implements Expression {}

    /** {@code -}, {@code +} or {@code not} before an operand. */
    record Unary(String operator, Expression operand) implements Expression {}

    /** Arithmetic. */
    record Binary(Expression left, String operator, Expression right) implements Expression {}

    /**
     * A comparison: {@code == != < <= > >= in}.
     *
     * @param unknowns whether comparing with a missing value is unknown, as in SQL, and not false, as in pandas
     */
    record Comparison(Expression left, String operator, Expression right, boolean unknowns) implements Expression {}

    /** All of the operands, or any of them. */
    record Logic(boolean all, List<Expression> operands) implements Expression {

        public Logic {
            operands = List.copyOf(operands);
        }
    }

    /**
     * A function's or method's call.
     *
     * @param target what the method is called on; {@code null} for a function
     * @param name the function, or the method with its accessor as {@code str.contains}
     */
    record Call(Expression target, String name, List<Expression> arguments, Map<String, Expression> named)
            implements Expression {

        public Call {
            arguments = List.copyOf(arguments);
            named = Map.copyOf(named);
        }
    }
}

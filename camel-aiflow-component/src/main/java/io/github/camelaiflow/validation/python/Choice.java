package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Expression.Literal;
import io.github.camelaiflow.validation.python.Expression.Sequence;
import io.github.camelaiflow.validation.python.Expression.Unary;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A list of values of a condition: which value is one of them, by Python's equality. */
record Choice(List<Object> values, Set<Object> canonical, boolean missing) {

    static Choice of(Sequence list) throws InvalidExpression {
        List<Object> values = new ArrayList<>();
        for (Expression element : list.elements()) {
            values.add(constant(element));
        }
        Set<Object> canonical = new HashSet<>();
        values.forEach(value -> canonical.add(Values.canonical(value)));
        return new Choice(values, canonical, values.stream().anyMatch(Values::missing));
    }

    /** The value a literal, maybe with a sign, stands for. */
    static Object constant(Expression expression) throws InvalidExpression {
        if (expression instanceof Literal literal) {
            return literal.value();
        }
        if (expression instanceof Unary unary
                && unary.operator().equals("-")
                && unary.operand() instanceof Literal literal
                && literal.value() instanceof Number number) {
            return Arithmetic.negate(number);
        }
        throw new InvalidExpression("lists and arguments must hold plain values; columns in them are not supported");
    }

    boolean holds(Object value) {
        if (Values.missing(value)) {
            return missing;
        }
        if (value instanceof Temporal) {
            return values.stream().anyMatch(one -> !Values.missing(one) && Comparisons.equal(value, one));
        }
        return canonical.contains(Values.canonical(value));
    }
}

package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Expression.Binary;
import io.github.camelaiflow.validation.python.Expression.Call;
import io.github.camelaiflow.validation.python.Expression.Comparison;
import io.github.camelaiflow.validation.python.Expression.Literal;
import io.github.camelaiflow.validation.python.Expression.Logic;
import io.github.camelaiflow.validation.python.Expression.Name;
import io.github.camelaiflow.validation.python.Expression.Sequence;
import io.github.camelaiflow.validation.python.Expression.Unary;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles conditions. Missing values compare as in pandas (only {@code !=} holds) or, in SQL, to unknown; {@code and},
 * {@code or} and {@code not} know three values.
 */
public final class Terms {

    private static final String NO_TRUTH = "the condition needs true or false where it has another value";

    private Terms() {}

    /**
     * The expression, ready to be evaluated.
     *
     * @throws InvalidExpression if it calls a method that is not supported, or one with arguments it doesn't take
     */
    public static Term compile(Expression expression) throws InvalidExpression {
        if (expression instanceof Literal literal) {
            Object value = literal.value();
            return record -> value;
        }
        if (expression instanceof Name name) {
            String column = name.name();
            return record -> record.get(column);
        }
        if (expression instanceof Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Binary binary) {
            return binary(binary);
        }
        if (expression instanceof Comparison comparison) {
            return comparison(comparison);
        }
        if (expression instanceof Logic logic) {
            return logic(logic);
        }
        if (expression instanceof Call call && call.target() != null) {
            return Methods.compile(call);
        }
        throw new InvalidExpression("a list must stand after in, not in, == or !=, or in .isin()");
    }

    /**
     * Whether a term holds for a record; what is missing or unknown does not.
     *
     * @throws Unjudgeable if it has no truth value, or cannot be evaluated
     */
    static Boolean truth(Object value) throws Unjudgeable {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (Values.missing(value)) {
            return null;
        }
        throw new Unjudgeable(NO_TRUTH);
    }

    private static Term unary(Unary unary) throws InvalidExpression {
        Term operand = compile(unary.operand());
        return switch (unary.operator()) {
            case "not" ->
                record -> {
                    Boolean holds = truth(operand.value(record));
                    return holds == null ? null : !holds;
                };
            case "-" ->
                record -> {
                    Number number = number(operand.value(record));
                    return number == null ? null : Arithmetic.negate(number);
                };
            default -> record -> number(operand.value(record));
        };
    }

    private static Term binary(Binary binary) throws InvalidExpression {
        Term left = compile(binary.left());
        Term right = compile(binary.right());
        String operator = binary.operator();
        return record -> {
            Object a = left.value(record);
            Object b = right.value(record);
            if (operator.equals("+") && a instanceof String text && b instanceof String more) {
                return text + more;
            }
            Number x = number(a);
            Number y = number(b);
            if (operator.equals("**") && (is(x, 1) || is(y, 0))) {
                return 1.0;
            }
            return x == null || y == null ? null : Arithmetic.apply(x, operator, y);
        };
    }

    private static boolean is(Number number, int value) {
        return number != null && Values.compare(number, value) == 0;
    }

    private static Number number(Object value) throws Unjudgeable {
        if (Values.missing(value)) {
            return null;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Number number) {
            return number;
        }
        throw new Unjudgeable("the condition calculates with a value that is no number");
    }

    private static Term comparison(Comparison comparison) throws InvalidExpression {
        String operator = comparison.operator();
        Expression right = comparison.right();
        if (operator.equals("in") || (right instanceof Sequence && operator.matches("[=!]="))) {
            return membership(comparison, !operator.equals("!="));
        }
        Term a = compile(comparison.left());
        Term b = compile(right);
        boolean unknowns = comparison.unknowns();
        return record -> {
            Object x = a.value(record);
            Object y = b.value(record);
            if (Values.missing(x) || Values.missing(y)) {
                return unknowns ? null : (Boolean) operator.equals("!=");
            }
            return holds(x, operator, y);
        };
    }

    private static boolean holds(Object x, String operator, Object y) throws Unjudgeable {
        return switch (operator) {
            case "==" -> Comparisons.equal(x, y);
            case "!=" -> !Comparisons.equal(x, y);
            case "<" -> Comparisons.order(x, y) < 0;
            case "<=" -> Comparisons.order(x, y) <= 0;
            case ">" -> Comparisons.order(x, y) > 0;
            default -> Comparisons.order(x, y) >= 0;
        };
    }

    private static Term membership(Comparison comparison, boolean inside) throws InvalidExpression {
        Term left = compile(comparison.left());
        if (!(comparison.right() instanceof Sequence list)) {
            throw new InvalidExpression("in must be followed by a list of values; a column is not supported");
        }
        Choice choice = Choice.of(list);
        boolean unknowns = comparison.unknowns();
        return record -> {
            Object value = left.value(record);
            return unknowns && Values.missing(value) ? null : (Boolean) (choice.holds(value) == inside);
        };
    }

    private static Term logic(Logic logic) throws InvalidExpression {
        boolean all = logic.all();
        List<Term> operands = new ArrayList<>();
        for (Expression operand : logic.operands()) {
            operands.add(compile(operand));
        }
        return record -> {
            Boolean known = all;
            for (Term operand : operands) {
                Boolean holds = truth(operand.value(record));
                if (holds == null) {
                    known = null;
                } else if (holds != all) {
                    return holds;
                }
            }
            return known;
        };
    }
}

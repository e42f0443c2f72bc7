package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Expression;
import io.github.camelaiflow.validation.python.Expression.Call;
import io.github.camelaiflow.validation.python.Expression.Comparison;
import io.github.camelaiflow.validation.python.Expression.Literal;
import io.github.camelaiflow.validation.python.Expression.Logic;
import io.github.camelaiflow.validation.python.Expression.Name;
import io.github.camelaiflow.validation.python.Expression.Sequence;
import io.github.camelaiflow.validation.python.Expression.Unary;
import io.github.camelaiflow.validation.python.ExpressionParser;
import io.github.camelaiflow.validation.python.InvalidExpression;
import io.github.camelaiflow.validation.python.Syntax;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the row conditions that GX 1.x writes as objects: {@code comparison}, {@code nullity}, {@code and}, {@code or},
 * {@code pass_through}.
 */
final class ConditionObject {

    private static final int MAX_CONDITIONS = 100;
    private static final Set<String> OPERATORS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final Syntax syntax;
    private int conditions;

    /** @param syntax of the text in a {@code pass_through} */
    ConditionObject(Syntax syntax) {
        this.syntax = syntax;
    }

    Expression read(Map<?, ?> object) throws InvalidExpression {
        if (++conditions > MAX_CONDITIONS) {
            throw new InvalidExpression("must not have more than " + MAX_CONDITIONS + " conditions");
        }
        return switch (type(object)) {
            case "comparison" -> comparison(object);
            case "nullity" -> nullity(object);
            case "and" -> new Logic(true, all(object));
            case "or" -> new Logic(false, all(object));
            case "pass_through" -> passThrough(object);
            default -> throw new InvalidExpression("must have a type: comparison, nullity, and, or, pass_through");
        };
    }

    private static String type(Map<?, ?> object) {
        if (object.get("type") != null) {
            return object.get("type").toString();
        }
        return object.containsKey("is_null") ? "nullity" : object.containsKey("operator") ? "comparison" : "";
    }

    private static Name column(Map<?, ?> object) throws InvalidExpression {
        Object column = object.get("column") instanceof Map<?, ?> named ? named.get("name") : object.get("column");
        if (column instanceof String name) {
            return new Name(name);
        }
        throw new InvalidExpression("must name its column as {\"name\": …}");
    }

    private static Expression comparison(Map<?, ?> object) throws InvalidExpression {
        Name column = column(object);
        Object parameter = object.get("parameter");
        String operator = String.valueOf(object.get("operator"));
        if (operator.equals("IN") || operator.equals("NOT_IN")) {
            if (!(parameter instanceof List<?> values)) {
                throw new InvalidExpression("must have a list as parameter of " + operator);
            }
            List<Expression> elements = new ArrayList<>();
            for (Object value : values) {
                elements.add(literal(value));
            }
            Expression in = new Comparison(column, "in", new Sequence(elements), false);
            return operator.equals("IN") ? in : new Unary("not", in);
        }
        if (!OPERATORS.contains(operator)) {
            throw new InvalidExpression("must have an operator of == != < <= > >= IN NOT_IN");
        }
        return new Comparison(column, operator, literal(parameter), false);
    }

    private static Literal literal(Object value) throws InvalidExpression {
        if (value instanceof String || value instanceof Boolean || value instanceof Temporal) {
            return new Literal(value);
        }
        if (value instanceof Number number) {
            return new Literal(number instanceof Integer whole ? (Number) whole.longValue() : number);
        }
        throw new InvalidExpression("must compare with a number, text, truth value or date; for null write nullity");
    }

    private static Expression nullity(Map<?, ?> object) throws InvalidExpression {
        if (object.get("is_null") instanceof Boolean isNull) {
            return new Call(column(object), isNull ? "isnull" : "notnull", List.of(), Map.of());
        }
        throw new InvalidExpression("must say is_null true or false");
    }

    private List<Expression> all(Map<?, ?> object) throws InvalidExpression {
        if (!(object.get("conditions") instanceof List<?> given) || given.isEmpty()) {
            throw new InvalidExpression("must have a list of conditions");
        }
        List<Expression> all = new ArrayList<>();
        for (Object condition : given) {
            if (!(condition instanceof Map<?, ?> inner)) {
                throw new InvalidExpression("must have objects as conditions");
            }
            all.add(read(inner));
        }
        return all;
    }

    private Expression passThrough(Map<?, ?> object) throws InvalidExpression {
        if (object.get("pass_through_filter") instanceof String text) {
            return ExpressionParser.parse(text, syntax);
        }
        throw new InvalidExpression("must have a text as pass_through_filter");
    }
}

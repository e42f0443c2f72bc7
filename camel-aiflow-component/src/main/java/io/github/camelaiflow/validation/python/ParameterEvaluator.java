package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Expression.Binary;
import io.github.camelaiflow.validation.python.Expression.Call;
import io.github.camelaiflow.validation.python.Expression.Literal;
import io.github.camelaiflow.validation.python.Expression.Name;
import io.github.camelaiflow.validation.python.Expression.Unary;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Evaluates one expression over suite parameters, in the grammar of GX's evaluation_parameters.py. */
final class ParameterEvaluator {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,1000}");
    private static final Pattern REAL =
            Pattern.compile("[+-]?(\\d{1,1000}(\\.\\d{0,1000})?|\\.\\d{1,1000})([eE][+-]?\\d{1,4})?");

    private final Map<String, Object> parameters;
    private final ParameterFunctions functions;

    ParameterEvaluator(Map<String, Object> parameters, InstantSource time) {
        this.parameters = parameters;
        this.functions = new ParameterFunctions(time);
    }

    /** Whether what was evaluated asked for the time. */
    boolean dynamic() {
        return functions.dynamic();
    }

    /** A number or LocalDateTime. */
    Object value(String expression) throws InvalidExpression {
        if (expression.startsWith("urn:")) {
            throw new InvalidExpression("a store's metric is not supported; give the value as a parameter");
        }
        Expression parsed = ExpressionParser.parse(expression, Syntax.PARAMETERS);
        if (parsed instanceof Name || parsed instanceof Literal) {
            throw unknown(expression);
        }
        try {
            Object result = value(parsed);
            if (result instanceof Duration || Values.missing(result)) {
                throw new InvalidExpression("must result in a number or a date");
            }
            return result;
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidExpression("must result in a date from year 1 to 9999, or a number");
        }
    }

    private InvalidExpression unknown(String name) {
        return new InvalidExpression("no value is given for parameter " + name
                + (parameters.isEmpty()
                        ? "; no parameters are given"
                        : "; given are " + String.join(", ", new TreeSet<>(parameters.keySet()))));
    }

    private Object value(Expression expression) throws InvalidExpression {
        if (expression instanceof Literal literal) {
            return literal.value();
        }
        if (expression instanceof Name name) {
            return named(name.name());
        }
        if (expression instanceof Unary unary) {
            Object operand = value(unary.operand());
            return unary.operator().equals("-") ? Durations.negate(operand) : operand;
        }
        if (expression instanceof Binary binary) {
            return Durations.apply(value(binary.left()), binary.operator(), value(binary.right()));
        }
        if (expression instanceof Call call && call.target() == null) {
            Object[] arguments = new Object[call.arguments().size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = value(call.arguments().get(i));
            }
            Map<String, Object> named = new java.util.LinkedHashMap<>();
            for (Map.Entry<String, Expression> entry : call.named().entrySet()) {
                named.put(entry.getKey(), value(entry.getValue()));
            }
            return functions.call(call.name(), arguments, named);
        }
        throw new InvalidExpression("lists are not supported in expressions over parameters");
    }

    private Object named(String name) throws InvalidExpression {
        if (parameters.containsKey(name)) {
            return operand(name, parameters.get(name));
        }
        if (name.equalsIgnoreCase("pi")) {
            return Math.PI;
        }
        if (name.equalsIgnoreCase("e")) {
            return Math.E;
        }
        throw unknown(name);
    }

    /** What GX reads from the text of the parameter's value. */
    private static Object operand(String name, Object value) throws InvalidExpression {
        if (value instanceof Number) {
            return value;
        }
        String text = value instanceof Temporal || value instanceof String
                ? value.toString().strip()
                : "";
        if (WHOLE.matcher(text).matches()) {
            BigInteger whole = new BigInteger(text);
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        if (REAL.matcher(text).matches()) {
            return new BigDecimal(text).doubleValue();
        }
        Temporal date = value instanceof LocalDateTime known ? known : text.isEmpty() ? null : DateParser.parse(text);
        if (date == null) {
            throw new InvalidExpression("parameter " + name + " must be a number or a date to be calculated with");
        }
        return date instanceof OffsetDateTime offset ? offset.toLocalDateTime() : date;
    }
}

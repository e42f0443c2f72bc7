package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Expression.Binary;
import io.github.camelaiflow.validation.python.Expression.Comparison;
import io.github.camelaiflow.validation.python.Expression.Literal;
import io.github.camelaiflow.validation.python.Expression.Logic;
import io.github.camelaiflow.validation.python.Expression.Sequence;
import io.github.camelaiflow.validation.python.Expression.Unary;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the part of Python's expressions that conditions and suite parameters need, by recursive descent: one method per
 * level of precedence, loosest first. What is no part of it is refused: an expression is data, never code.
 *
 * <p>Length, nesting and number of operators are bounded, so that neither reading nor evaluating runs out of stack.
 */
public final class ExpressionParser {

    static final int MAX_DEPTH = 100;
    static final int MAX_OPERATORS = 1000;

    private final Tokens tokens;
    private final Syntax syntax;
    private final ExpressionAtoms atoms;
    private final SqlPredicates sql;
    private int operators;
    private int depth;

    private ExpressionParser(Tokens tokens, Syntax syntax) {
        this.tokens = tokens;
        this.syntax = syntax;
        this.atoms = new ExpressionAtoms(tokens, syntax, this);
        this.sql = new SqlPredicates(tokens, this);
    }

    /**
     * The expression this text holds.
     *
     * @throws InvalidExpression if it holds none, or one with parts that are not supported
     */
    public static Expression parse(String text, Syntax syntax) throws InvalidExpression {
        Tokens tokens = new Tokens(ExpressionLexer.tokens(text, syntax), syntax == Syntax.SQL);
        ExpressionParser parser = new ExpressionParser(tokens, syntax);
        Expression expression = parser.expression();
        if (!tokens.atEnd()) {
            throw tokens.unexpected();
        }
        return expression;
    }

    Expression expression() throws InvalidExpression {
        if (++depth > MAX_DEPTH) {
            throw new InvalidExpression("must not be nested more than " + MAX_DEPTH + " deep");
        }
        Expression expression = syntax == Syntax.PARAMETERS ? sum() : or();
        depth--;
        return expression;
    }

    private Expression or() throws InvalidExpression {
        List<Expression> operands = new ArrayList<>(List.of(and()));
        while (tokens.takeWord("or") || (loosely() && tokens.take("|"))) {
            count();
            operands.add(and());
        }
        return operands.size() == 1 ? operands.get(0) : new Logic(false, operands);
    }

    private Expression and() throws InvalidExpression {
        List<Expression> operands = new ArrayList<>(List.of(not()));
        while (tokens.takeWord("and") || (loosely() && tokens.take("&"))) {
            count();
            operands.add(not());
        }
        return operands.size() == 1 ? operands.get(0) : new Logic(true, operands);
    }

    private boolean loosely() {
        return syntax == Syntax.PANDAS || syntax == Syntax.COLUMNS;
    }

    private Expression not() throws InvalidExpression {
        boolean negated = false;
        boolean any = false;
        while (tokens.takeWord("not")) {
            count();
            negated = !negated;
            any = true;
        }
        Expression operand = comparison();
        if (!any) {
            return operand;
        }
        Expression once = new Unary("not", operand);
        return negated ? once : new Unary("not", once);
    }

    private Expression comparison() throws InvalidExpression {
        Expression left = operand();
        List<Expression> comparisons = new ArrayList<>();
        while (true) {
            if (syntax == Syntax.SQL) {
                Expression predicate = sql.after(left);
                if (predicate != null) {
                    return predicate;
                }
            }
            boolean negated = tokens.takeWords("not", "in");
            String operator = negated || tokens.takeWord("in") ? "in" : tokens.takeComparison(syntax);
            if (operator == null) {
                return comparisons.isEmpty()
                        ? left
                        : comparisons.size() == 1 ? comparisons.get(0) : new Logic(true, comparisons);
            }
            count();
            Expression right = operator.equals("in") ? list(operand()) : operand();
            Expression comparison = new Comparison(left, operator, right, syntax == Syntax.SQL);
            comparisons.add(negated ? new Unary("not", comparison) : comparison);
            left = right;
        }
    }

    /** In SQL a list of one value looks like a value in parentheses; in pandas a text after in stands for a list of it. */
    private Expression list(Expression after) {
        boolean text = after instanceof Literal literal && literal.value() instanceof String;
        boolean one = syntax == Syntax.SQL ? !(after instanceof Sequence) : text;
        return one ? new Sequence(List.of(after)) : after;
    }

    /** What a comparison compares; with Python's precedence {@code &} and {@code |} belong to it. */
    Expression operand() throws InvalidExpression {
        if (syntax != Syntax.PYTHON) {
            return sum();
        }
        List<Expression> either = new ArrayList<>();
        do {
            count();
            List<Expression> both = new ArrayList<>();
            do {
                count();
                both.add(sum());
            } while (tokens.take("&"));
            either.add(both.size() == 1 ? both.get(0) : new Logic(true, both));
        } while (tokens.take("|"));
        return either.size() == 1 ? either.get(0) : new Logic(false, either);
    }

    private Expression sum() throws InvalidExpression {
        Expression left = product();
        for (String operator = tokens.takeAny("+", "-"); operator != null; operator = tokens.takeAny("+", "-")) {
            count();
            left = new Binary(left, operator, product());
        }
        return left;
    }

    private Expression product() throws InvalidExpression {
        String[] operators = syntax == Syntax.PARAMETERS ? new String[] {"*", "/"} : new String[] {"*", "/", "//", "%"};
        Expression left = factor();
        for (String operator = tokens.takeAny(operators); operator != null; operator = tokens.takeAny(operators)) {
            count();
            left = new Binary(left, operator, factor());
        }
        return left;
    }

    private Expression factor() throws InvalidExpression {
        if (syntax == Syntax.PARAMETERS) {
            // a sign binds tighter than ^ there: -2^2 is 4
            Expression base = signed(false);
            return tokens.take("^") ? power(base, "^") : base;
        }
        return signed(true);
    }

    private Expression signed(boolean overPower) throws InvalidExpression {
        String sign = tokens.takeAny(syntax == Syntax.SQL ? new String[] {"-", "+"} : new String[] {"-", "+", "~"});
        if (sign != null) {
            return new Unary(sign.equals("~") ? "not" : sign, deeper(() -> signed(overPower)));
        }
        Expression base = atoms.next();
        return overPower && tokens.take("**") ? power(base, "**") : base;
    }

    private Expression power(Expression base, String operator) throws InvalidExpression {
        return new Binary(base, "**", deeper(operator.equals("^") ? this::factor : () -> signed(true)));
    }

    private interface Part {
        Expression read() throws InvalidExpression;
    }

    private Expression deeper(Part part) throws InvalidExpression {
        count();
        if (++depth > MAX_DEPTH) {
            throw new InvalidExpression("must not be nested more than " + MAX_DEPTH + " deep");
        }
        Expression expression = part.read();
        depth--;
        return expression;
    }

    void count() throws InvalidExpression {
        if (++operators > MAX_OPERATORS) {
            throw new InvalidExpression("must not have more than " + MAX_OPERATORS + " operators");
        }
    }
}

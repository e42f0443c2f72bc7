package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Expression.Call;
import io.github.camelaiflow.validation.python.Expression.Comparison;
import io.github.camelaiflow.validation.python.Expression.Logic;
import io.github.camelaiflow.validation.python.Expression.Unary;
import java.util.List;
import java.util.Map;

/** The conditions only SQL writes after an operand: {@code IS [NOT] NULL} and {@code [NOT] BETWEEN a AND b}. */
final class SqlPredicates {

    private final Tokens tokens;
    private final ExpressionParser parser;

    SqlPredicates(Tokens tokens, ExpressionParser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** The condition on the operand; {@code null} if none comes next. */
    Expression after(Expression operand) throws InvalidExpression {
        if (tokens.takeWords("is", "not", "null")) {
            return new Call(operand, "notnull", List.of(), Map.of());
        }
        if (tokens.takeWords("is", "null")) {
            return new Call(operand, "isnull", List.of(), Map.of());
        }
        boolean outside = tokens.takeWords("not", "between");
        if (!outside && !tokens.takeWord("between")) {
            return null;
        }
        parser.count();
        Expression low = parser.operand();
        if (!tokens.takeWord("and")) {
            throw new InvalidExpression(
                    "BETWEEN must be followed by two values with AND",
                    tokens.peek().position());
        }
        Expression high = parser.operand();
        Expression within = new Logic(
                true, List.of(new Comparison(operand, ">=", low, true), new Comparison(operand, "<=", high, true)));
        return outside ? new Unary("not", within) : within;
    }
}

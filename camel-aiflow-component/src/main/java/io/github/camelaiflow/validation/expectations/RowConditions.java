package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Expression;
import io.github.camelaiflow.validation.python.ExpressionParser;
import io.github.camelaiflow.validation.python.InvalidExpression;
import io.github.camelaiflow.validation.python.Syntax;
import io.github.camelaiflow.validation.python.Term;
import io.github.camelaiflow.validation.python.Terms;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.Map;

/** Reads {@code row_condition} and {@code condition_parser}. A condition is data: it is parsed, never executed. */
final class RowConditions {

    private static final Map<String, Syntax> PARSERS = Map.of(
            "pandas", Syntax.PANDAS,
            "python", Syntax.PYTHON,
            "great_expectations", Syntax.COLUMNS,
            "great_expectations__experimental__", Syntax.COLUMNS,
            "spark", Syntax.SQL);

    private static final String KNOWN = "pandas, great_expectations or spark";

    private RowConditions() {}

    /** The operand of those records only that the condition holds for; the operand itself after a problem. */
    static Operand restrict(Operand operand, Arguments arguments) {
        Object parser = arguments.value("condition_parser");
        Object source = arguments.value("row_condition");
        Syntax syntax = parser instanceof String name ? PARSERS.get(name) : null;
        if (parser != null && syntax == null) {
            arguments.problem("condition_parser must be " + KNOWN + ", was " + parser);
        } else if (source instanceof String && syntax == null) {
            arguments.problem("condition_parser must be given with a row_condition: " + KNOWN);
        } else if (source != null) {
            try {
                Expression condition = expression(source, syntax);
                return operand.where(condition, rows(Terms.compile(condition)));
            } catch (InvalidExpression e) {
                arguments.problem("row_condition " + e.getMessage());
            }
        }
        return operand;
    }

    private static Expression expression(Object source, Syntax syntax) throws InvalidExpression {
        if (source instanceof String text) {
            return ExpressionParser.parse(text, syntax);
        }
        if (source instanceof Map<?, ?> object) {
            return new ConditionObject(syntax == null ? Syntax.PANDAS : syntax).read(object);
        }
        throw new InvalidExpression("must be a text or an object");
    }

    private static RowCondition rows(Term term) {
        return record -> {
            Object holds = term.value(record);
            if (holds instanceof Boolean flag) {
                return flag;
            }
            if (Values.missing(holds)) {
                return false;
            }
            throw new Unjudgeable("row_condition must be true or false of a record; compare the column with a value");
        };
    }
}

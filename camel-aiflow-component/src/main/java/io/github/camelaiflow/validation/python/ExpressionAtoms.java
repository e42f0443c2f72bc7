package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Expression.Call;
import io.github.camelaiflow.validation.python.Expression.Literal;
import io.github.camelaiflow.validation.python.Expression.Name;
import io.github.camelaiflow.validation.python.Expression.Sequence;
import io.github.camelaiflow.validation.python.Token.Kind;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what operators stand between: literals, names, lists, parentheses, calls. */
final class ExpressionAtoms {

    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "not",
            "in",
            "is",
            "lambda",
            "if",
            "else",
            "for",
            "import",
            "from",
            "await",
            "yield",
            "def",
            "class",
            "return",
            "exec",
            "global",
            "nonlocal",
            "del",
            "assert",
            "raise",
            "with",
            "while",
            "try");

    private static final Map<String, String> PYTHON = Map.of("True", "true", "False", "false", "None", "null");

    private final Tokens tokens;
    private final Syntax syntax;
    private final ExpressionParser parser;

    ExpressionAtoms(Tokens tokens, Syntax syntax, ExpressionParser parser) {
        this.tokens = tokens;
        this.syntax = syntax;
        this.parser = parser;
    }

    Expression next() throws InvalidExpression {
        Expression atom = atom();
        while (syntax != Syntax.PARAMETERS && tokens.take(".")) {
            parser.count();
            atom = method(atom);
        }
        if (tokens.peek().is("(") || tokens.peek().is("[")) {
            throw tokens.unexpected();
        }
        return atom;
    }

    private Expression atom() throws InvalidExpression {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NUMBER -> new Literal(token.value());
            case TEXT -> text(token);
            case QUOTED_NAME -> column(token);
            case NAME -> named(token);
            case OPERATOR -> bracketed(token);
            case END -> throw new InvalidExpression("a value or column is missing at the end", token.position());
        };
    }

    private Expression text(Token token) throws InvalidExpression {
        if (syntax == Syntax.PARAMETERS) {
            throw new InvalidExpression("texts are not supported in parameters", token.position());
        }
        return new Literal(token.text());
    }

    private Expression column(Token token) throws InvalidExpression {
        if (syntax == Syntax.COLUMNS || syntax == Syntax.PARAMETERS) {
            throw new InvalidExpression(
                    token.text() + " must be written col(\"" + token.text() + "\")", token.position());
        }
        return new Name(token.text());
    }

    private Expression named(Token token) throws InvalidExpression {
        String name = token.text();
        String known = syntax == Syntax.SQL ? name.toLowerCase(Locale.ROOT) : name;
        if (KEYWORDS.contains(known)) {
            throw new InvalidExpression(
                    known.equals("is") ? "is is not supported; write .isnull() or .notnull()" : "unexpected " + name,
                    token.position());
        }
        if (tokens.peek().is("(")) {
            return function(token);
        }
        if (name.equals("F") && tokens.take(".")) {
            return function(tokens.next());
        }
        if (syntax == Syntax.PARAMETERS) {
            return new Name(name);
        }
        return switch (syntax == Syntax.SQL ? known : PYTHON.getOrDefault(name, "")) {
            case "true" -> new Literal(true);
            case "false" -> new Literal(false);
            case "null" -> new Literal(null);
            default -> column(token);
        };
    }

    private Expression bracketed(Token open) throws InvalidExpression {
        boolean list = open.is("[");
        if (!open.is("(") && (!list || syntax == Syntax.PARAMETERS)) {
            throw new InvalidExpression("unexpected " + open.shown(), open.position());
        }
        String close = list ? "]" : ")";
        List<Expression> elements = new ArrayList<>();
        boolean tuple = list;
        while (!tokens.peek().is(close)) {
            elements.add(parser.expression());
            if (!tokens.take(",")) {
                break;
            }
            tuple = true;
        }
        tokens.expect(close);
        return tuple || elements.isEmpty() ? new Sequence(elements) : elements.get(0);
    }

    private Expression method(Expression target) throws InvalidExpression {
        StringBuilder path = new StringBuilder();
        while (true) {
            Token name = tokens.next();
            if (name.kind() != Kind.NAME) {
                throw new InvalidExpression("a method's name is missing after the dot", name.position());
            }
            path.append(name.text());
            if (tokens.peek().is("(")) {
                return call(target, path.toString(), name);
            }
            if (!tokens.take(".")) {
                throw new InvalidExpression(
                        "attributes as ." + path + " are not supported; a column's name with a dot is written in"
                                + " backticks",
                        name.position());
            }
            path.append('.');
        }
    }

    private Expression function(Token name) throws InvalidExpression {
        Call call = (Call) call(null, name.text(), name);
        if (syntax == Syntax.PARAMETERS) {
            return call;
        }
        String argument = call.arguments().size() == 1
                        && call.arguments().get(0) instanceof Literal literal
                        && literal.value() instanceof String text
                ? text
                : null;
        boolean known = (syntax == Syntax.COLUMNS || syntax == Syntax.SQL)
                && call.named().isEmpty();
        if (!known || argument == null || !Set.of("col", "date").contains(name.text())) {
            throw new InvalidExpression("calling " + name.text() + " is not supported", name.position());
        }
        return name.text().equals("col") ? new Name(argument) : new Literal(date(argument, name));
    }

    private static Temporal date(String text, Token name) throws InvalidExpression {
        Temporal date = DateParser.parse(text);
        if (date == null) {
            throw new InvalidExpression("date must get a date as \"2026-01-31\"", name.position());
        }
        return date;
    }

    private Expression call(Expression target, String name, Token place) throws InvalidExpression {
        parser.count();
        tokens.expect("(");
        List<Expression> arguments = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.peek().is(")")) {
            String key = tokens.takeKeyword();
            if (key == null && named.isEmpty()) {
                arguments.add(parser.expression());
            } else if (key == null || named.put(key, parser.expression()) != null) {
                throw new InvalidExpression(
                        "arguments of " + name + " must be given once, named ones last", place.position());
            }
            if (!tokens.take(",")) {
                break;
            }
        }
        tokens.expect(")");
        return new Call(target, name, arguments, named);
    }
}

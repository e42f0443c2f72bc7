package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Expression.Call;
import io.github.camelaiflow.validation.python.Expression.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The methods of pandas' {@code .str}. Of a missing value they give what {@code na} says, else false or missing. */
final class TextMethods {

    static final Set<String> NAMES = Set.of(
            "str.contains",
            "str.match",
            "str.fullmatch",
            "str.startswith",
            "str.endswith",
            "str.len",
            "str.lower",
            "str.upper",
            "str.strip");

    private interface TextFunction {
        Object of(String text) throws Unjudgeable;
    }

    private interface Search {
        boolean in(Matcher matcher);
    }

    private TextMethods() {}

    static Term compile(Call call, Term target) throws InvalidExpression {
        return switch (call.name()) {
            case "str.contains" -> test(call, target, contains(call));
            case "str.match" -> test(call, target, regex(call, Matcher::lookingAt));
            case "str.fullmatch" -> test(call, target, regex(call, Matcher::matches));
            case "str.startswith", "str.endswith" -> test(call, target, edge(call));
            default -> change(call, target);
        };
    }

    private static Term test(Call call, Term target, TextFunction test) throws InvalidExpression {
        Object missing =
                call.named().containsKey("na") ? Choice.constant(call.named().get("na")) : Boolean.FALSE;
        return of(target, test, missing);
    }

    private static Term change(Call call, Term target) throws InvalidExpression {
        Methods.expect(call, 0);
        return switch (call.name()) {
            case "str.len" -> of(target, text -> (long) text.codePointCount(0, text.length()), null);
            case "str.lower" -> of(target, text -> text.toLowerCase(Locale.ROOT), null);
            case "str.upper" -> of(target, text -> text.toUpperCase(Locale.ROOT), null);
            default -> of(target, String::strip, null);
        };
    }

    private static Term of(Term target, TextFunction function, Object missing) {
        return record -> {
            Object value = target.value(record);
            if (Values.missing(value)) {
                return missing;
            }
            if (value instanceof String text) {
                return function.of(text);
            }
            throw new Unjudgeable("the condition's .str needs texts");
        };
    }

    private static TextFunction contains(Call call) throws InvalidExpression {
        Methods.expect(call, 1, "case", "regex", "na");
        if (!flag(call, "regex", true)) {
            String part = text(call.arguments().get(0), call);
            boolean exact = flag(call, "case", true);
            String sought = exact ? part : part.toUpperCase(Locale.ROOT);
            return text -> (exact ? text : text.toUpperCase(Locale.ROOT)).contains(sought);
        }
        return regex(call, Matcher::find);
    }

    private static TextFunction regex(Call call, Search search) throws InvalidExpression {
        Methods.expect(call, 1, "case", "regex", "na");
        String regex = text(call.arguments().get(0), call);
        Pattern pattern;
        try {
            pattern = PythonRegex.compile(flag(call, "case", true) ? regex : "(?i)" + regex);
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new InvalidExpression("." + call.name() + "() must get a regular expression that can be read");
        }
        return text -> {
            try {
                return search.in(pattern.matcher(new BoundedText(text)));
            } catch (BoundedText.Exhausted | StackOverflowError e) {
                throw new Unjudgeable("the condition's regular expression takes too many steps; simplify it");
            }
        };
    }

    private static TextFunction edge(Call call) throws InvalidExpression {
        Methods.expect(call, 1, "na");
        Expression argument = call.arguments().get(0);
        List<String> edges = new ArrayList<>();
        for (Expression edge : argument instanceof Sequence many ? many.elements() : List.of(argument)) {
            edges.add(text(edge, call));
        }
        boolean starts = call.name().equals("str.startswith");
        return text -> edges.stream().anyMatch(starts ? text::startsWith : text::endsWith);
    }

    private static String text(Expression argument, Call call) throws InvalidExpression {
        if (Choice.constant(argument) instanceof String text) {
            return text;
        }
        throw new InvalidExpression("." + call.name() + "() must get a text");
    }

    private static boolean flag(Call call, String name, boolean usual) throws InvalidExpression {
        if (!call.named().containsKey(name)) {
            return usual;
        }
        if (Choice.constant(call.named().get(name)) instanceof Boolean flag) {
            return flag;
        }
        throw new InvalidExpression("." + call.name() + "() must get True or False as " + name);
    }
}

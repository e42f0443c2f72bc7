package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Expression.Call;
import io.github.camelaiflow.validation.python.Expression.Sequence;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The methods of pandas' columns that conditions may call: a white list. */
final class Methods {

    private static final Set<String> PRESENT = Set.of("notnull", "notna", "isnotnull");
    private static final Set<String> ABSENT = Set.of("isnull", "isna");

    private static final Map<String, Set<String>> INCLUSIVE =
            Map.of("both", Set.of("low", "high"), "neither", Set.of(), "left", Set.of("low"), "right", Set.of("high"));

    private Methods() {}

    static Term compile(Call call) throws InvalidExpression {
        String name = call.name();
        Term target = Terms.compile(call.target());
        if (PRESENT.contains(name.toLowerCase(Locale.ROOT))) {
            expect(call, 0);
            return record -> !Values.missing(target.value(record));
        }
        if (ABSENT.contains(name.toLowerCase(Locale.ROOT))) {
            expect(call, 0);
            return record -> Values.missing(target.value(record));
        }
        if (name.equals("isin")) {
            expect(call, 1);
            if (!(call.arguments().get(0) instanceof Sequence list)) {
                throw new InvalidExpression(".isin() must get a list of values");
            }
            Choice choice = Choice.of(list);
            return record -> choice.holds(target.value(record));
        }
        if (name.equals("between")) {
            return between(call, target);
        }
        if (TextMethods.NAMES.contains(name)) {
            return TextMethods.compile(call, target);
        }
        Set<String> known = new TreeSet<>(Set.of("notnull", "notna", "isnull", "isna", "isin", "between"));
        known.addAll(TextMethods.NAMES);
        throw new InvalidExpression("method ." + name + "() is not supported; known are " + String.join(", ", known));
    }

    private static Term between(Call call, Term target) throws InvalidExpression {
        expect(call, 2, "inclusive");
        Object low = Choice.constant(call.arguments().get(0));
        Object high = Choice.constant(call.arguments().get(1));
        Object word =
                call.named().isEmpty() ? "both" : Choice.constant(call.named().get("inclusive"));
        Set<String> ends = word instanceof String text ? INCLUSIVE.get(text) : null;
        if (ends == null || Values.missing(low) || Values.missing(high)) {
            throw new InvalidExpression(
                    ".between() must get two values, and inclusive as both, neither, left or right");
        }
        int atLow = ends.contains("low") ? 0 : 1;
        int atHigh = ends.contains("high") ? 0 : -1;
        return record -> {
            Object value = target.value(record);
            return !Values.missing(value)
                    && Integer.signum(Comparisons.order(value, low)) >= atLow
                    && Integer.signum(Comparisons.order(value, high)) <= atHigh;
        };
    }

    /** @throws InvalidExpression unless there are that many arguments and no named ones but these */
    static void expect(Call call, int count, String... names) throws InvalidExpression {
        if (call.arguments().size() != count
                || !Set.of(names).containsAll(call.named().keySet())) {
            throw new InvalidExpression("." + call.name() + "() must get " + count + " value(s)"
                    + (names.length == 0 ? "" : ", and by name at most " + String.join(", ", names)));
        }
    }
}

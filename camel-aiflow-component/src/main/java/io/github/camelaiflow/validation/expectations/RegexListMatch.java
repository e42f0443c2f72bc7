package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.List;

/** Whether any or all of some regular expressions are found in a value's text, or none of them. */
record RegexListMatch(List<ValueCheck> regexes, boolean all, String requirement) implements ValueCheck {

    private static final int SHOWN = 10;

    /** With {@code match_on}: any (the default) or all. */
    static ValueCheck readMatch(Arguments arguments) {
        Object matchOn = arguments.value("match_on");
        if (matchOn != null && !matchOn.equals("any") && !matchOn.equals("all")) {
            arguments.problem("match_on must be any or all");
        }
        return read(arguments, true, "all".equals(matchOn));
    }

    /** None may be found. */
    static ValueCheck readNone(Arguments arguments) {
        return read(arguments, false, true);
    }

    private static ValueCheck read(Arguments arguments, boolean found, boolean all) {
        List<ValueCheck> checks = new ArrayList<>();
        List<Object> regexes = arguments.list("regex_list");
        for (Object regex : regexes) {
            if (regex instanceof String text) {
                checks.add(RegexMatch.of(arguments, text, found));
            } else {
                arguments.problem("regex_list must hold texts");
            }
        }
        if (regexes.isEmpty() && arguments.value("regex_list") instanceof List<?>) {
            arguments.problem("regex_list must hold at least one regular expression");
        }
        if (checks.contains(null)) {
            return null;
        }
        String shown = regexes.size() <= SHOWN ? regexes.toString() : "the " + regexes.size() + " of its list";
        String requirement = found ? "must match " + (all ? "all of " : "any of ") : "must match none of ";
        return new RegexListMatch(List.copyOf(checks), all, requirement + shown);
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        for (ValueCheck regex : regexes) {
            if (regex.meets(value) != all) {
                return !all;
            }
        }
        return all;
    }
}

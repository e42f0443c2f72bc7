package io.github.camelaiflow.lint;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules that a route says it breaks, each with the reason: {@code LINT-07: reason; LINT-11: reason}. */
final class Suppressions {

    private static final Pattern ONE = Pattern.compile("\\s*(LINT-\\d\\d)\\s*:\\s*(.*\\S)\\s*", Pattern.DOTALL);

    private final Map<LintRule, String> reasons = new EnumMap<>(LintRule.class);
    private String wrong;

    static Suppressions of(String text) {
        Suppressions suppressions = new Suppressions();
        if (text != null) {
            for (String one : text.split(";(?=\\s*LINT-)")) {
                suppressions.add(one);
            }
        }
        return suppressions;
    }

    private void add(String text) {
        Matcher matcher = ONE.matcher(text);
        if (!matcher.matches()) {
            wrong = "must be LINT-nn: reason";
            return;
        }
        for (LintRule rule : LintRule.values()) {
            if (rule.id().equals(matcher.group(1)) && rule != LintRule.DECLARATION) {
                reasons.put(rule, matcher.group(2));
                return;
            }
        }
        wrong = "no rule " + matcher.group(1) + " that can be suppressed";
    }

    /** {@code null} if the rule is not suppressed. */
    String reason(LintRule rule) {
        return reasons.get(rule);
    }

    /** What cannot be read; nothing is suppressed by it. */
    Optional<String> wrong() {
        return Optional.ofNullable(wrong);
    }
}

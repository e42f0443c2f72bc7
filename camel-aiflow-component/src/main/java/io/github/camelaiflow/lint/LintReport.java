package io.github.camelaiflow.lint;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What was found in the routes an application has. Immutable.
 *
 * @param violations what stands against the rules, by route
 * @param suppressed what does too, but was let pass by its route, each with the reason given
 */
public record LintReport(List<Violation> violations, List<Violation> suppressed) {

    /** Nothing was found. */
    static final LintReport NONE = new LintReport(List.of(), List.of());

    public LintReport {
        violations = List.copyOf(violations);
        suppressed = List.copyOf(suppressed);
    }

    LintReport only(Predicate<Violation> such) {
        return new LintReport(
                violations.stream().filter(such).toList(),
                suppressed.stream().filter(such).toList());
    }

    /** How many violations there are by the id of the rule; only rules that were broken. Suppressed ones do not count. */
    public SortedMap<String, Integer> counts() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        violations.forEach(violation -> counts.merge(violation.rule().id(), 1, Integer::sum));
        return counts;
    }
}

package io.github.camelaiflow.lint;

/**
 * A place that breaks a rule.
 *
 * @param route id of the route
 * @param where the endpoint or step, and the option; without values of endpoint options
 * @param reason why it was let pass, from the route's property {@code aiflow.lint.off}; {@code null} if it was not
 */
public record Violation(LintRule rule, String route, String where, String reason) {

    /** In words, with why and mend, on one line. */
    @Override
    public String toString() {
        String upstream = rule.upstream().equals("none") ? "" : " [" + rule.upstream() + "]";
        return "%s (%s) route %s, %s: %s%s Mend: %s"
                .formatted(rule.id(), rule.title(), route, where, rule.why(), upstream, rule.mend());
    }
}

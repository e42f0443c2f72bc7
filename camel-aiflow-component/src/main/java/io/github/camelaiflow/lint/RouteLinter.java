package io.github.camelaiflow.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/** Looks at all routes of a context, whether they run or not. */
final class RouteLinter {

    private static final Set<String> CALLED = Set.of("direct", "kamelet");
    private static final Set<String> MODES = Set.of("exactly-once", "at-least-once", "database");

    private final CamelContext context;

    RouteLinter(CamelContext context) {
        this.context = context;
    }

    /**
     * What was found.
     *
     * @param strict those of the violations that refuse a start in any mode
     */
    record Result(LintReport report, List<Violation> strict) {}

    /** @param definitions of the routes to look at, as if there were no others */
    Result lint(List<RouteDefinition> definitions) {
        RouteReader reader = new RouteReader(context);
        List<LintedRoute> routes = definitions.stream().map(reader::readOne).toList();
        Map<String, List<LintedRoute>> called = routes.stream()
                .collect(Collectors.groupingBy(route -> route.from().key()));
        Map<LintedRoute, Passage> passages = new LinkedHashMap<>();
        routes.forEach(route -> passages.put(route, Passage.through(route, called)));
        Set<LintedRoute> reached = new HashSet<>();
        passages.forEach((first, passage) ->
                passage.routes().stream().filter(route -> !route.equals(first)).forEach(reached::add));
        Findings findings = new Findings();
        passages.forEach((route, passage) -> {
            ConsumerChecks.check(route, passage, findings);
            // what others call is looked at on the way of those that call it
            if (!CALLED.contains(route.from().scheme()) || !reached.contains(route)) {
                PassageChecks.check(route, passage, findings);
            }
            route.steps().forEach(step -> StepChecks.check(step, findings));
            if (route.errors().deadLetters() != null) {
                StepChecks.producer(route, route.errors().deadLetters(), "errorHandler deadLetterUri", findings);
            }
        });
        return judged(routes, findings);
    }

    private static Result judged(List<LintedRoute> routes, Findings findings) {
        Map<String, Suppressions> suppressions = new LinkedHashMap<>();
        for (LintedRoute route : routes) {
            Suppressions given = Suppressions.of(route.properties().get(LintedRoute.OFF));
            suppressions.put(route.id(), given);
            given.wrong().ifPresent(wrong -> findings.add(LintRule.DECLARATION, route, LintedRoute.OFF + ": " + wrong));
            String mode = route.properties().get(LintedRoute.DELIVERY);
            if (mode != null && !MODES.contains(mode)) {
                findings.add(LintRule.DECLARATION, route, LintedRoute.DELIVERY + "=" + mode);
            }
        }
        List<Violation> violations = new ArrayList<>();
        List<Violation> suppressed = new ArrayList<>();
        List<Violation> strict = new ArrayList<>();
        findings.found().forEach((place, declared) -> {
            String route = place.route().id();
            String reason = suppressions.get(route).reason(place.rule());
            Violation violation = new Violation(place.rule(), route, place.where(), reason);
            (reason == null ? violations : suppressed).add(violation);
            if (reason == null && declared) {
                strict.add(violation);
            }
        });
        return new Result(new LintReport(violations, suppressed), strict);
    }
}

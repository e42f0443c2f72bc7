package io.github.camelaiflow.lint;

import io.github.camelaiflow.lint.Findings.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * Looks at the routes of a context, whether they run or not. Remembers what it found: of routes it knows, only those are looked at again
 * whose records now pass others. Not thread-safe.
 */
final class RouteLinter {

    private static final Set<String> CALLED = Set.of("direct", "kamelet");
    private static final Set<String> MODES = Set.of("exactly-once", "at-least-once", "database");

    private final RouteReader reader;
    private Map<RouteDefinition, Way> ways = new IdentityHashMap<>();

    RouteLinter(CamelContext context) {
        reader = new RouteReader(context);
    }

    /**
     * What was found.
     *
     * @param places of the violations
     * @param strict those of the violations that refuse a start in any mode
     */
    record Result(LintReport report, Map<Place, Violation> places, Set<Violation> strict) {

        static final Result NONE = new Result(LintReport.NONE, Map.of(), Set.of());
    }

    /**
     * The way of the records that enter by a route.
     *
     * @param called whether it is looked at on the way of others, which call the route
     * @param findings {@code null} as long as it was not looked at
     */
    private record Way(LintedRoute first, Passage passage, boolean called, Findings findings) {}

    /** @param definitions of the routes to look at, as if there were no others */
    Result lint(List<RouteDefinition> definitions) {
        Map<RouteDefinition, Way> before = ways;
        ways = new IdentityHashMap<>(); // nothing is known of routes that cannot be read
        List<LintedRoute> routes = definitions.stream()
                .map(one -> before.containsKey(one) ? before.get(one).first() : reader.readOne(one))
                .toList();
        Map<LintedRoute, Passage> passages = passages(routes, before);
        Set<LintedRoute> reached = reached(passages);
        Map<RouteDefinition, Way> now = new IdentityHashMap<>();
        Findings all = new Findings();
        passages.forEach((first, passage) -> {
            boolean called = CALLED.contains(first.from().scheme()) && reached.contains(first);
            Way known = before.get(first.definition());
            Way way = known != null && known.passage() == passage && known.called() == called
                    ? known
                    : new Way(first, passage, called, findings(first, passage, called));
            now.put(first.definition(), way);
            all.addAll(way.findings());
        });
        ways = now;
        return judged(routes, all);
    }

    private static Map<LintedRoute, Passage> passages(List<LintedRoute> routes, Map<RouteDefinition, Way> before) {
        Map<String, List<LintedRoute>> called = routes.stream()
                .collect(Collectors.groupingBy(route -> route.from().key()));
        Set<String> changed = changed(routes, before.values());
        Map<LintedRoute, Passage> passages = new LinkedHashMap<>();
        for (LintedRoute route : routes) {
            Way known = before.get(route.definition());
            passages.put(
                    route,
                    known == null || known.passage().dependsOn(changed)
                            ? Passage.through(route, called)
                            : known.passage());
        }
        return passages;
    }

    /** From where routes start that are new, or are no more. */
    private static Set<String> changed(List<LintedRoute> routes, Collection<Way> before) {
        Set<LintedRoute> changed = new HashSet<>(routes);
        for (Way way : before) {
            if (!changed.remove(way.first())) {
                changed.add(way.first());
            }
        }
        return changed.stream().map(route -> route.from().key()).collect(Collectors.toSet());
    }

    private static Set<LintedRoute> reached(Map<LintedRoute, Passage> passages) {
        Set<LintedRoute> reached = new HashSet<>();
        passages.forEach((first, passage) ->
                passage.routes().stream().filter(route -> !route.equals(first)).forEach(reached::add));
        return reached;
    }

    private static Findings findings(LintedRoute route, Passage passage, boolean called) {
        Findings findings = new Findings();
        ConsumerChecks.check(route, passage, findings);
        if (!called) {
            PassageChecks.check(route, passage, findings);
        }
        route.steps().forEach(step -> StepChecks.check(step, passage, findings));
        if (route.errors().deadLetters() != null) {
            StepChecks.producer(route, route.errors().deadLetters(), "errorHandler deadLetterUri", findings);
        }
        return findings;
    }

    private static Result judged(List<LintedRoute> routes, Findings findings) {
        Map<String, Suppressions> suppressions = new HashMap<>();
        for (LintedRoute route : routes) {
            Suppressions given = Suppressions.of(route.properties().get(LintedRoute.OFF));
            suppressions.put(route.id(), given);
            given.wrong().ifPresent(wrong -> findings.add(LintRule.DECLARATION, route, LintedRoute.OFF + ": " + wrong));
            String mode = route.properties().get(LintedRoute.DELIVERY);
            if (mode != null && !MODES.contains(mode)) {
                findings.add(LintRule.DECLARATION, route, LintedRoute.DELIVERY + "=" + mode);
            }
        }
        Map<Place, Violation> violations = new LinkedHashMap<>();
        Map<Place, Violation> suppressed = new LinkedHashMap<>();
        Set<Violation> strict = new LinkedHashSet<>();
        findings.found().forEach((place, declared) -> {
            String route = place.route().id();
            String reason = suppressions.get(route).reason(place.rule());
            Violation violation = new Violation(place.rule(), route, place.where(), reason);
            (reason == null ? violations : suppressed).put(place, violation);
            if (reason == null && declared) {
                strict.add(violation);
            }
        });
        LintReport report = new LintReport(List.copyOf(violations.values()), List.copyOf(suppressed.values()));
        return new Result(report, violations, strict);
    }
}

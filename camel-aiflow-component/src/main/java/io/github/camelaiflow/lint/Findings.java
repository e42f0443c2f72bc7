package io.github.camelaiflow.lint;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the checks find, each place once. */
final class Findings {

    private final Map<Place, Boolean> found = new LinkedHashMap<>();

    /** A rule broken at a place of a route. */
    record Place(LintRule rule, LintedRoute route, String where) {}

    /** @param first the route through which a record came there; what it declares counts too */
    void add(LintRule rule, LintedRoute route, String where, LintedRoute first) {
        found.merge(
                new Place(rule, route, where),
                route.declaresDelivery() || first.declaresDelivery(),
                Boolean::logicalOr);
    }

    void add(LintRule rule, LintedRoute route, String where) {
        add(rule, route, where, route);
    }

    void addAll(Findings others) {
        others.found.forEach((place, declared) -> found.merge(place, declared, Boolean::logicalOr));
    }

    /** The places in the order they were found, and whether a route that declares a delivery mode is concerned. */
    Map<Place, Boolean> found() {
        return found;
    }
}

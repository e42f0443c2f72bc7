package io.github.camelaiflow.lint;

import java.util.List;
import java.util.Map;
import org.apache.camel.model.RouteDefinition;

/**
 * A route as Camel runs it: placeholders and template parameters put in, route configurations applied.
 *
 * @param from where its records come from
 * @param properties its route properties, those in its note too
 * @param errors its error handler
 * @param steps among them, first, what handles its exceptions
 */
record LintedRoute(
        RouteDefinition definition,
        RouteReader reader,
        LintedEndpoint from,
        Map<String, String> properties,
        ErrorHandling errors,
        List<Step> steps) {

    static final String DELIVERY = "aiflow.delivery";
    static final String OFF = "aiflow.lint.off";

    String id() {
        return definition.getRouteId();
    }

    /** Whether it promises something about its records. */
    boolean declaresDelivery() {
        return from.delivers() || properties.containsKey(DELIVERY);
    }

    /** A text of the route's model with placeholders put in; {@code unset} for none. */
    String text(String text, String unset) {
        return text == null ? unset : reader.within(definition, () -> reader.resolve(text));
    }

    boolean flag(String text, boolean unset) {
        return Boolean.parseBoolean(text(text, String.valueOf(unset)).trim());
    }

    /** The bean of that name; {@code null} if there is none. */
    Object bean(String name) {
        return name == null ? null : reader.within(definition, () -> reader.bean(name));
    }

    /** There is one of each route, and its steps know it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LintedRoute route && definition == route.definition;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(definition);
    }

    @Override
    public String toString() {
        return "LintedRoute[" + id() + "]";
    }
}

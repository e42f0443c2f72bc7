package io.github.camelaiflow.lint;

import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.model.OptionalIdentifiedDefinition;

/**
 * A step of a route, with the steps inside it.
 *
 * @param targets the endpoints it sends to
 */
record Step(
        LintedRoute route, OptionalIdentifiedDefinition<?> node, List<LintedEndpoint> targets, List<Step> children) {

    /** Its kind and id. */
    String where() {
        String id = node.getId();
        return id == null || id.startsWith(node.getShortName()) ? String.valueOf(id) : node.getShortName() + " " + id;
    }

    /** Whether it, or a step inside it, is such. */
    boolean any(Predicate<Step> such) {
        return such.test(this) || children.stream().anyMatch(child -> child.any(such));
    }
}

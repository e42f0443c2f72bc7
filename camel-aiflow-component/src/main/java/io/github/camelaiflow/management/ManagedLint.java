package io.github.camelaiflow.management;

import io.github.camelaiflow.lint.RouteLinting;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/** What the linter finds, for JMX. */
@ManagedResource(description = "What the linter finds in the application's routes")
public final class ManagedLint {

    private final RouteLinting linting;

    ManagedLint(RouteLinting linting) {
        this.linting = linting;
    }

    @ManagedAttribute(description = "How many places break a rule")
    public int getViolationCount() {
        return linting.report().violations().size();
    }

    @ManagedAttribute(description = "Places that break a rule, with route, option, why and mend")
    public String[] getViolations() {
        return linting.report().violations().stream().map(Object::toString).toArray(String[]::new);
    }

    @ManagedAttribute(description = "Places that break a rule and are let pass, with the reason their route gives")
    public String[] getSuppressed() {
        return linting.report().suppressed().stream()
                .map(violation -> violation.rule().id() + " route " + violation.route() + ", " + violation.where()
                        + ": " + violation.reason())
                .toArray(String[]::new);
    }
}

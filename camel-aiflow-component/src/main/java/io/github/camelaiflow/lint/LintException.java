package io.github.camelaiflow.lint;

import java.util.List;
import java.util.stream.Collectors;

/** Routes are refused because of what they would lose or double. Names rules and routes only, as Camel repeats it with each cause. */
public final class LintException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    LintException(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> violation.rule().id() + " in route " + violation.route())
                .distinct()
                .collect(Collectors.joining(
                        ", ",
                        "Routes that can lose or double records are not started: ",
                        "; the log says before this why, and how to mend each (docs/lint.md)")));
        this.violations = List.copyOf(violations);
    }

    /** What the routes are refused for. */
    public List<Violation> violations() {
        return violations;
    }
}

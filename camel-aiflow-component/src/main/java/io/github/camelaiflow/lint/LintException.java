package io.github.camelaiflow.lint;

import java.util.List;
import java.util.stream.Collectors;

/** Routes are refused because of what they would lose or double. Names all of it at once. */
public final class LintException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    LintException(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> "\n  " + violation)
                .collect(Collectors.joining(
                        "",
                        "Routes that can lose or double records are not started (" + violations.size()
                                + "; docs/lint.md tells how to mend or suppress):",
                        "")));
        this.violations = List.copyOf(violations);
    }

    /** What the routes are refused for. */
    public List<Violation> violations() {
        return violations;
    }
}

package io.github.camelaiflow.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A flow cannot be set up as it is defined. The message lists every problem, each with its place. */
public final class DefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    /** @param problems each with place and mend; at least one */
    public DefinitionException(List<String> problems) {
        super(message(problems));
        this.problems = new ArrayList<>(problems);
    }

    /** Each problem with its place and mend, in order. */
    public List<String> problems() {
        return Collections.unmodifiableList(problems);
    }

    private static String message(List<String> problems) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        return problems.size() + " problems:\n  - " + String.join("\n  - ", problems);
    }
}

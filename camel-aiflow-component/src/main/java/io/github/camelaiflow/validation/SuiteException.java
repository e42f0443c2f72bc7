package io.github.camelaiflow.validation;

import java.util.List;

/** A suite cannot be used: everything that is wrong with it, each problem with its place and the mend. */
public final class SuiteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SuiteException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the suite; never empty. */
    public List<String> problems() {
        return problems;
    }
}

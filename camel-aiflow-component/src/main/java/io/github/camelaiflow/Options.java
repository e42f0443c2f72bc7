package io.github.camelaiflow;

import io.github.camelaiflow.definition.WindowSize;
import java.util.List;

/** Checks of option values, so that a mistake fails at start-up with what is allowed. */
final class Options {

    private Options() {}

    static String oneOf(String option, String value, String... allowed) {
        if (value != null && !List.of(allowed).contains(value)) {
            throw new IllegalArgumentException(
                    option + " must be one of " + String.join(", ", allowed) + ", was " + value);
        }
        return value;
    }

    static String window(String value) {
        if (value != null && WindowSize.parse(value).isEmpty()) {
            throw new IllegalArgumentException("window " + WindowSize.REQUIREMENT + ", was " + value);
        }
        return value;
    }

    static Long positive(String option, Long value) {
        if (value != null && value <= 0) {
            throw new IllegalArgumentException(option + " must be above 0, was " + value);
        }
        return value;
    }
}

package io.github.camelaiflow.validation.jakarta;

import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.util.Map;

/** The Jakarta constraints a suite names, read and tried. Immutable, thread-safe. */
public final class Constraints {

    /** None. */
    public static final Constraints NONE = new Constraints(Map.of());

    /** An entry of a suite, as written. */
    record Entry(String type, Map<String, Object> kwargs) {}

    private final Map<Entry, Compiled> compiled;

    Constraints(Map<Entry, Compiled> compiled) {
        this.compiled = Map.copyOf(compiled);
    }

    /** What an entry of the suite stands for; {@code null} if it is none of its constraints. */
    public Compiled compiled(String type, Map<String, Object> kwargs) {
        return compiled.get(new Entry(type, kwargs));
    }
}

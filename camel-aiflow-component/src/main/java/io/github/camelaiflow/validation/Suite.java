package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.jakarta.Constraints;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A named list of expectations, as {@link SuiteReader} read it.
 *
 * @param name its name; empty if it has none
 * @param expectations in the order written; may be empty
 * @param meta what its author or GX noted; empty if nothing
 * @param skipped what is not known here and was left out on request; empty if nothing
 * @param dynamic whether it depends on the time, so that it reads otherwise later
 * @param constraints the Jakarta constraints among its expectations, with their classes
 */
public record Suite(
        String name,
        List<Expectation> expectations,
        Map<String, Object> meta,
        List<NotEvaluated> skipped,
        boolean dynamic,
        Constraints constraints) {

    /** A suite that expects nothing. */
    public static final Suite NONE = new Suite("", List.of(), Map.of(), List.of(), false);

    /** A suite without Jakarta constraints. */
    public Suite(
            String name,
            List<Expectation> expectations,
            Map<String, Object> meta,
            List<NotEvaluated> skipped,
            boolean dynamic) {
        this(name, expectations, meta, skipped, dynamic, Constraints.NONE);
    }

    public Suite {
        expectations = List.copyOf(expectations);
        skipped = List.copyOf(skipped);
        meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
    }
}

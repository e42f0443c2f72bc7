package io.github.camelaiflow.validation;

import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a suite is read.
 *
 * @param ignoreUnknown whether expectations and arguments that are not known here are left out, visibly, and not refused
 * @param parameters values for {@code $PARAMETER} by name; they go before the suite's own
 * @param clock what {@code now()} in a parameter asks
 */
public record SuiteSettings(boolean ignoreUnknown, Map<String, Object> parameters, InstantSource clock) {

    /** Everything unknown is a problem; no parameters. */
    public static final SuiteSettings STRICT = new SuiteSettings(false, Map.of(), InstantSource.system());

    public SuiteSettings {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}

package io.github.camelaiflow.validation;

import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How a suite is read.
 *
 * @param ignoreUnknown whether expectations and arguments that are not known here are left out, visibly, and not refused
 * @param parameters values for {@code $PARAMETER} by name; they go before the suite's own
 * @param clock what {@code now()} in a parameter asks
 * @param classes gives a class by its name, {@code null} or a runtime exception for what it does not know: Jakarta constraints
 *     that are neither Jakarta's nor Hibernate Validator's own, and what their attributes name
 */
public record SuiteSettings(
        boolean ignoreUnknown,
        Map<String, Object> parameters,
        InstantSource clock,
        Function<String, Class<?>> classes) {

    private static final Function<String, Class<?>> NO_CLASSES = name -> null;

    /** Everything unknown is a problem; no parameters. */
    public static final SuiteSettings STRICT = new SuiteSettings(false, Map.of(), InstantSource.system());

    /** Without constraints of the application. */
    public SuiteSettings(boolean ignoreUnknown, Map<String, Object> parameters, InstantSource clock) {
        this(ignoreUnknown, parameters, clock, NO_CLASSES);
    }

    /** The same with classes found that way. */
    public SuiteSettings withClasses(Function<String, Class<?>> found) {
        return new SuiteSettings(ignoreUnknown, parameters, clock, found);
    }

    public SuiteSettings {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}

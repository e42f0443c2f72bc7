package io.github.camelaiflow.validation.python;

import java.time.InstantSource;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts values in the place of GX's suite parameters (0.x: evaluation parameters). {@code {"$PARAMETER": name}} anywhere in
 * the arguments becomes that parameter's value, or the value of an expression over parameters such as
 * {@code now() - timedelta(days=7)} or {@code upper * 1.1}. As in GX, a value that stands beside it as
 * {@code "$PARAMETER.name"} is taken before any other. Dates that are calculated are LocalDateTimes, in UTC.
 *
 * <p>Immutable, thread-safe.
 */
public final class SuiteParameters {

    private static final String KEY = "$PARAMETER";
    private static final int MAX_DEPTH = 100;

    private final Map<String, Object> values;
    private final InstantSource time;

    /**
     * @param values the parameters, by name
     * @param time what {@code now()} asks
     */
    public SuiteParameters(Map<String, ?> values, InstantSource time) {
        this.values = new LinkedHashMap<>(values);
        this.time = time;
    }

    /**
     * Arguments without parameters.
     *
     * @param kwargs the arguments; those without parameters are the ones given
     * @param dynamic whether a value depends on the time, so that it is another one later
     */
    public record Substituted(Map<String, Object> kwargs, boolean dynamic) {}

    /** Whether a parameter stands anywhere in the arguments. */
    public static boolean anyIn(Object kwargs) {
        return anyIn(kwargs, 0);
    }

    private static boolean anyIn(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            return map.containsKey(KEY)
                    || (depth < MAX_DEPTH && map.values().stream().anyMatch(inner -> anyIn(inner, depth + 1)));
        }
        return value instanceof List<?> list
                && depth < MAX_DEPTH
                && list.stream().anyMatch(inner -> anyIn(inner, depth + 1));
    }

    /**
     * The arguments with values in the place of parameters.
     *
     * @param problems told of every parameter that has no value, or no readable expression; it then stays as it is
     */
    public Substituted substitute(Map<String, Object> kwargs, Consumer<String> problems) {
        if (!anyIn(kwargs)) {
            return new Substituted(kwargs, false);
        }
        Pass pass = new Pass(problems);
        Map<String, Object> result = new LinkedHashMap<>();
        kwargs.forEach((name, value) -> result.put(name, pass.replace(value, 0)));
        return new Substituted(result, pass.dynamic);
    }

    /** One run over arguments. */
    private final class Pass {

        private final Consumer<String> problems;
        private boolean dynamic;

        Pass(Consumer<String> problems) {
            this.problems = problems;
        }

        Object replace(Object value, int depth) {
            if (depth >= MAX_DEPTH) {
                return value;
            }
            if (value instanceof Map<?, ?> map) {
                return map.containsKey(KEY) ? parameter(map) : map(map, depth);
            }
            if (value instanceof List<?> list) {
                List<Object> replaced = new ArrayList<>();
                list.forEach(element -> replaced.add(replace(element, depth + 1)));
                return replaced;
            }
            return value;
        }

        private Map<String, Object> map(Map<?, ?> map, int depth) {
            Map<String, Object> replaced = new LinkedHashMap<>();
            map.forEach((key, inner) -> replaced.put(String.valueOf(key), replace(inner, depth + 1)));
            return replaced;
        }

        private Object parameter(Map<?, ?> map) {
            if (!(map.get(KEY) instanceof String name)) {
                problems.accept(KEY + " must be the name of a parameter, as a text");
                return map;
            }
            if (map.containsKey(KEY + "." + name)) {
                return map.get(KEY + "." + name);
            }
            if (values.containsKey(name)) {
                return values.get(name);
            }
            ParameterEvaluator evaluator = new ParameterEvaluator(values, time);
            try {
                Object result = evaluator.value(name);
                dynamic |= evaluator.dynamic();
                return result;
            } catch (InvalidExpression e) {
                problems.accept(KEY + " " + name + ": " + e.getMessage());
                return map;
            }
        }
    }

    /** How GX writes a substituted value: dates as ISO text, all else as it is. */
    public static Object written(Object value) {
        return value instanceof Temporal time ? Times.isoText(time) : value;
    }
}

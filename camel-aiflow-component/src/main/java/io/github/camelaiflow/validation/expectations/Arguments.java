package io.github.camelaiflow.validation.expectations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code kwargs} of one expectation while they are read: hands out arguments of the right type and notes every
 * problem. An argument that is {@code null} counts as not given, as in GX.
 */
public final class Arguments {

    /** What GX allows anywhere and what changes nothing here: the caller decides how results are written. */
    private static final Set<String> COMMON =
            Set.of("result_format", "include_config", "catch_exceptions", "batch_id", "meta");

    private final Map<String, Object> kwargs;
    private final String place;
    private final List<String> problems;
    private final List<String> unknown;
    private final Set<String> known = new HashSet<>(COMMON);
    private String last;

    /**
     * @param kwargs the arguments as written
     * @param place where they stand, for the user
     * @param problems takes what is wrong
     */
    public Arguments(Map<String, Object> kwargs, String place, List<String> problems) {
        this(kwargs, place, problems, problems);
    }

    /**
     * @param kwargs the arguments as written
     * @param place where they stand, for the user
     * @param problems takes what is wrong
     * @param unknown takes what is said of arguments nobody asked for
     */
    public Arguments(Map<String, Object> kwargs, String place, List<String> problems, List<String> unknown) {
        this.kwargs = kwargs;
        this.place = place;
        this.problems = problems;
        this.unknown = unknown;
    }

    /** Whether an argument stands there, even as {@code null}. */
    public boolean has(String name) {
        return kwargs.containsKey(name);
    }

    /** The argument as it is; {@code null} if not given. */
    public Object value(String name) {
        known.add(name);
        return kwargs.get(name);
    }

    /** A truth value; false if not given. */
    public boolean flag(String name) {
        Object value = value(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        problem(name + " must be true or false");
        return false;
    }

    /** A required text; {@code null} after a problem. */
    public String text(String name) {
        if (value(name) instanceof String text) {
            return text;
        }
        problem(name + " must be given, as a text");
        return null;
    }

    /** A required list; empty after a problem. */
    public List<Object> list(String name) {
        if (value(name) instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        problem(name + " must be given, as a list");
        return List.of();
    }

    /** A whole number, not negative; {@code null} if not given or after a problem. */
    public Integer count(String name) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number
                && number.doubleValue() >= 0
                && number.doubleValue() <= Integer.MAX_VALUE
                && number.doubleValue() == Math.rint(number.doubleValue())) {
            return number.intValue();
        }
        problem(name + " must be a whole number from 0 up");
        return null;
    }

    /** The share of values that must meet the expectation; 1 if not given. */
    public double mostly() {
        Object value = value("mostly");
        if (value == null) {
            return 1;
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        problem("mostly must be a number from 0 to 1, as 0.95 for 95 %");
        return 1;
    }

    /** Notes a problem with its place; once if it is found several times in a row, as of each element of a list. */
    public void problem(String requirement) {
        if (!requirement.equals(last)) {
            problems.add(place + ": " + requirement);
            last = requirement;
        }
    }

    public int problemCount() {
        return problems.size();
    }

    /** Notes every argument that nobody asked for. Null ones are harmless: GX writes them out. */
    public void rejectUnknown() {
        kwargs.forEach((name, value) -> {
            if (value != null && !known.contains(name)) {
                unknown.add(
                        place + ": argument " + name + " is not supported; remove it, or correct its name to one of "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }
}

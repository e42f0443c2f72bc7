package io.github.camelaiflow.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Jakarta groups by their names. */
public final class BeanGroups {

    private BeanGroups() {}

    /**
     * The groups of these names, in order, for {@link RecordValidator}.
     *
     * @param names class names
     * @param place where they stand, for messages
     * @param classes gives a class by its name, {@code null} or a runtime exception for what it does not know
     * @throws SuiteException naming every one that is no interface on the class path
     */
    public static List<Class<?>> of(List<String> names, String place, Function<String, Class<?>> classes) {
        List<Class<?>> groups = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            Class<?> group = find(name, classes);
            if (group == null) {
                problems.add(place + ": group " + name + " must be on the class path");
            } else if (!group.isInterface() || group.isAnnotation()) {
                problems.add(place + ": group " + name + " must be an interface, as Jakarta Validation asks of groups");
            } else {
                groups.add(group);
            }
        }
        if (!problems.isEmpty()) {
            throw new SuiteException(problems);
        }
        return groups;
    }

    private static Class<?> find(String name, Function<String, Class<?>> classes) {
        try {
            return classes.apply(name);
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }
}

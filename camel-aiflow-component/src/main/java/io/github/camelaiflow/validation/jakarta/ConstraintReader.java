package io.github.camelaiflow.validation.jakarta;

import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the Jakarta constraints one suite names: entry by entry, then all are tried together, because Hibernate Validator
 * takes its time to start.
 */
public final class ConstraintReader {

    /** What a suite may name, for messages. */
    public static final String KNOWN =
            "the constraints of jakarta.validation.constraints and Hibernate Validator by their"
                    + " simple names, and others on the class path by their class names";

    private final Function<String, Class<?>> classes;
    private final ConstraintNames names;
    private final Map<Constraints.Entry, Compiled> read = new LinkedHashMap<>();
    private final Map<Constraints.Entry, String> places = new HashMap<>();

    /** @param classes gives a class by its name; {@code null} or a runtime exception for what it does not know */
    public ConstraintReader(Function<String, Class<?>> classes) {
        this.classes = classes;
        this.names = new ConstraintNames(classes);
    }

    /** Whether there is a class of that name, be it a constraint or not. */
    public boolean knows(String name) {
        return names.find(name) != null;
    }

    /**
     * Reads one entry; what is wrong with it is noted there.
     *
     * @param name one that is {@link #knows known}
     * @param arguments its arguments
     * @return what it reads and how many must satisfy it; {@code null} if something is wrong. To be handed back to {@link
     *     #keep}, as its check cannot be used before {@link #finish}
     */
    public Compiled read(String name, Arguments arguments) {
        Class<?> found = names.find(name);
        String unfit = ConstraintNames.unfit(found);
        if (unfit != null) {
            arguments.problem("type " + unfit);
            return null;
        }
        Class<? extends Annotation> type = ConstraintNames.constraint(found);
        return ExpectationTypes.readMap(
                arguments, given -> new NamedConstraint(name, type, new Attributes(given, classes).read(type)));
    }

    /**
     * The suite has this entry.
     *
     * @param compiled what {@link #read} gave
     * @param kwargs its arguments as written
     * @param place where it stands, for the user
     */
    public void keep(Compiled compiled, Map<String, Object> kwargs, String place) {
        NamedConstraint constraint = (NamedConstraint) compiled.check();
        Constraints.Entry entry = new Constraints.Entry(constraint.name(), kwargs);
        read.put(entry, compiled);
        places.putIfAbsent(entry, place);
    }

    /** Tries all that was read; what is wrong is added to the problems, and then left out. */
    public Constraints finish(List<String> problems) {
        if (read.isEmpty()) {
            return Constraints.NONE;
        }
        List<Constraints.Entry> entries = new ArrayList<>(read.keySet());
        List<NamedConstraint> named = new ArrayList<>();
        entries.forEach(entry -> named.add((NamedConstraint) read.get(entry).check()));
        List<Probe.Tried> tried = Probe.all(named);
        Map<Constraints.Entry, Compiled> usable = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Constraints.Entry entry = entries.get(i);
            if (tried.get(i).problem() != null) {
                problems.add(places.get(entry) + ": " + tried.get(i).problem());
            } else {
                Compiled compiled = read.get(entry);
                usable.put(entry, new Compiled(compiled.operand(), tried.get(i).check(), compiled.mostly()));
            }
        }
        return new Constraints(usable);
    }
}

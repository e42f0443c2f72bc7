package io.github.camelaiflow.validation.jakarta;

import jakarta.validation.Constraint;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds constraints by the name a suite writes: a class name, or a simple name, which stands for Jakarta's own constraint or
 * else for Hibernate Validator's.
 */
final class ConstraintNames {

    private static final Pattern CLASS_NAME =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");
    private static final String HIBERNATE = "org.hibernate.validator.constraints.";

    /** Where simple names are looked for; the first that has one wins. */
    private static final List<String> PACKAGES = List.of(
            "jakarta.validation.constraints.",
            HIBERNATE,
            HIBERNATE + "time.",
            HIBERNATE + "br.",
            HIBERNATE + "kor.",
            HIBERNATE + "pl.",
            HIBERNATE + "ru.");

    private static final Set<ElementType> OF_VALUES =
            EnumSet.of(ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE);

    private final Function<String, Class<?>> classes;

    /** @param classes gives a class by its name; {@code null} or a failure for what it does not know */
    ConstraintNames(Function<String, Class<?>> classes) {
        this.classes = classes;
    }

    /** The class of that name, whatever it is; {@code null} if there is none. */
    Class<?> find(String name) {
        if (!CLASS_NAME.matcher(name).matches()) {
            return null;
        }
        if (name.indexOf('.') >= 0) {
            boolean ours = PACKAGES.stream().anyMatch(name::startsWith);
            return ours ? platform(name) : load(name);
        }
        return PACKAGES.stream()
                .map(place -> platform(place + name))
                .filter(found -> found != null && found.isAnnotation())
                .findFirst()
                .orElse(null);
    }

    private Class<?> load(String name) {
        try {
            return classes.apply(name);
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static Class<?> platform(String name) {
        try {
            return Class.forName(name, false, ConstraintNames.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** Why the class is no constraint for the field of a record, as the end of a sentence; {@code null} if it is one. */
    static String unfit(Class<?> type) {
        if (!type.isAnnotation() || !type.isAnnotationPresent(Constraint.class)) {
            return "must be an annotation that carries @Constraint";
        }
        Target target = type.getAnnotation(Target.class);
        if (target != null && Collections.disjoint(Arrays.asList(target.value()), OF_VALUES)) {
            return "must be a constraint for single values; it is one for classes or methods";
        }
        return null;
    }

    /** As a constraint; to be asked for what is not {@link #unfit}. */
    static Class<? extends Annotation> constraint(Class<?> type) {
        return type.asSubclass(Annotation.class);
    }
}

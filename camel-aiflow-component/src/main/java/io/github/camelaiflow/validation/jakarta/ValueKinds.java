package io.github.camelaiflow.validation.jakarta;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.constraintvalidation.SupportedValidationTarget;
import jakarta.validation.constraintvalidation.ValidationTarget;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kinds of values a constraint has validators for: what these declare as the T of {@link ConstraintValidator}, where all
 * constraints it is composed of have one for it too.
 *
 * @param types in no order that means something
 * @param ofHibernate whether all validators are Hibernate Validator's own
 */
record ValueKinds(List<Class<?>> types, boolean ofHibernate) {

    /** What records hold, tried where no kind suits all parts of a composed constraint. */
    private static final List<Class<?>> COMMON = List.of(
            String.class,
            Integer.class,
            Long.class,
            Double.class,
            BigDecimal.class,
            Boolean.class,
            LocalDate.class,
            LocalDateTime.class,
            Instant.class,
            List.class,
            Map.class);

    static ValueKinds of(ConstraintDescriptor<?> constraint) {
        List<Set<Class<?>>> parts = new ArrayList<>();
        List<Class<?>> validators = new ArrayList<>();
        collect(constraint, parts, validators);
        Set<Class<?>> all = new LinkedHashSet<>();
        parts.forEach(all::addAll);
        List<Class<?>> types = suiting(all, parts);
        boolean ofHibernate =
                validators.stream().allMatch(validator -> validator.getName().startsWith("org.hibernate.validator."));
        if (types.isEmpty() && !parts.isEmpty()) {
            types = suiting(COMMON, parts);
        }
        return new ValueKinds(ofHibernate ? general(types) : types, ofHibernate);
    }

    /** Without those another one includes: Hibernate Validator's validators for Integer and for Number judge alike. */
    private static List<Class<?>> general(List<Class<?>> types) {
        return types.stream()
                .filter(type -> types.stream().noneMatch(other -> other != type && other.isAssignableFrom(type)))
                .toList();
    }

    private static List<Class<?>> suiting(Iterable<Class<?>> candidates, List<Set<Class<?>>> parts) {
        List<Class<?>> suiting = new ArrayList<>();
        for (Class<?> candidate : candidates) {
            boolean suits =
                    parts.stream().allMatch(types -> types.stream().anyMatch(type -> type.isAssignableFrom(candidate)));
            if (suits && RowClass.mayHold(candidate)) {
                suiting.add(candidate);
            }
        }
        return suiting;
    }

    private static void collect(
            ConstraintDescriptor<?> constraint, List<Set<Class<?>>> parts, List<Class<?>> validators) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> validator : constraint.getConstraintValidatorClasses()) {
            if (judgesValues(validator)) {
                types.add(validatedType(validator));
                validators.add(validator);
            }
        }
        if (!types.isEmpty()) {
            parts.add(types);
        }
        constraint.getComposingConstraints().forEach(part -> collect(part, parts, validators));
    }

    private static boolean judgesValues(Class<?> validator) {
        SupportedValidationTarget target = validator.getAnnotation(SupportedValidationTarget.class);
        return target == null || Arrays.asList(target.value()).contains(ValidationTarget.ANNOTATED_ELEMENT);
    }

    private static Class<?> validatedType(Class<?> validator) {
        // A cache of its own, so that no class of an application is held for ever
        LookupCache<Object, JavaType> cache = new LRUMap<>(4, 64);
        return TypeFactory.defaultInstance()
                .withCache(cache)
                .constructType(validator)
                .findTypeParameters(ConstraintValidator.class)[1]
                .getRawClass();
    }

    int of(Object value) {
        int best = -1;
        for (int i = 0; i < types.size(); i++) {
            Class<?> type = types.get(i);
            if (type.isInstance(value) && (best < 0 || types.get(best).isAssignableFrom(type))) {
                best = i;
            }
        }
        return best;
    }

    /** Those at these places only. */
    ValueKinds only(List<Integer> places) {
        return new ValueKinds(places.stream().<Class<?>>map(types::get).toList(), ofHibernate);
    }
}

package io.github.camelaiflow.validation;

import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.GroupDefinitionException;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import java.time.temporal.Temporal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Judges beans by the Jakarta constraints of their class, and says why without any of their values. */
final class BeanValidator {

    private static final Comparator<Reason> ORDER = Comparator.comparing(Reason::field)
            .thenComparing(Reason::expectation)
            .thenComparing(Reason::message);
    private static final int TELLING = 3;

    private final Validator validator;
    private final Class<?>[] groups;
    private final ClassValue<Boolean> constrained = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return validator.getConstraintsForClass(type).isBeanConstrained();
        }
    };

    BeanValidator(Validator validator, List<Class<?>> groups) {
        this.validator = validator;
        this.groups = groups.toArray(Class<?>[]::new);
    }

    /** Whether the object is a bean whose class has constraints; classes of the Java platform have none. */
    boolean judges(Object bean) {
        return bean != null && bean.getClass().getClassLoader() != null && constrained.get(bean.getClass());
    }

    /**
     * What the bean violates, by path; also if one of its constraints or getters fails on it.
     *
     * @throws ValidationException if the constraints of its class are themselves wrong
     */
    List<Reason> reasons(Object bean) {
        try {
            Set<ConstraintViolation<Object>> violations = validator.validate(bean, groups);
            return violations.isEmpty()
                    ? List.of()
                    : violations.stream()
                            .map(BeanValidator::reason)
                            .sorted(ORDER)
                            .toList();
        } catch (ConstraintDeclarationException | ConstraintDefinitionException | GroupDefinitionException e) {
            throw e;
        } catch (ValidationException | StackOverflowError | AssertionError | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String failure = cause.getClass().getSimpleName();
            return List.of(new Reason("", failure, Severity.CRITICAL, "must be judged without a failure: " + failure));
        }
    }

    private static Reason reason(ConstraintViolation<?> violation) {
        String constraint = violation.getConstraintDescriptor().getAnnotation() instanceof Expect expect
                ? expect.type()
                : violation
                        .getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName();
        return new Reason(
                path(violation.getPropertyPath()), constraint, Severity.CRITICAL, message(violation, constraint));
    }

    /**
     * The violation's message, unless it may hold the value or expressions nobody evaluated.
     *
     * @param constraint what to call the constraint then
     */
    static String message(ConstraintViolation<?> violation, String constraint) {
        boolean unreadable = violation.getMessage().contains("${") || tells(violation);
        return unreadable ? "must satisfy " + constraint : violation.getMessage();
    }

    /** Whether the message may hold the invalid value: a constraint of a user may have put it there. */
    private static boolean tells(ConstraintViolation<?> violation) {
        Object value = violation.getInvalidValue();
        boolean ownTemplate = !violation
                .getMessageTemplate()
                .equals(violation.getConstraintDescriptor().getMessageTemplate());
        boolean plain = value instanceof CharSequence || value instanceof Number || value instanceof Temporal;
        if (value == null || !plain) {
            return value != null && ownTemplate;
        }
        String text = value.toString();
        return !text.isEmpty()
                && (ownTemplate || text.length() >= TELLING)
                && violation.getMessage().contains(text);
    }

    /** The path as Hibernate Validator writes it, but without the keys of maps, which are values of the record. */
    private static String path(Path path) {
        StringBuilder text = new StringBuilder();
        for (Path.Node node : path) {
            if (node.isInIterable()) {
                text.append('[')
                        .append(node.getIndex() == null ? "" : node.getIndex())
                        .append(']');
            }
            boolean named = node.getName() != null
                    && (node.getKind() != ElementKind.CONTAINER_ELEMENT
                            || node.getName().startsWith("<map"));
            if (named) {
                text.append(text.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        return text.toString();
    }
}

package io.github.camelaiflow.validation;

import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.GroupDefinitionException;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges beans by the Jakarta constraints of their class, and says why without any of their values. */
final class BeanValidator {

    private static final Comparator<Reason> ORDER = Comparator.comparing(Reason::field)
            .thenComparing(Reason::expectation)
            .thenComparing(Reason::message);
    private static final int TELLING = 3;
    private static final Pattern KEY = Pattern.compile("\\{[\\w.-]+}");
    private static final int MAX_DEPTH = 8;

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
        return new Reason(path(violation), constraint, Severity.CRITICAL, message(violation, constraint));
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

    /**
     * Whether the message may hold the invalid value. A text a constraint makes while it judges may hold it in any form; only the
     * key of a bundle's message cannot.
     */
    private static boolean tells(ConstraintViolation<?> violation) {
        String template = violation.getMessageTemplate();
        if (!template.equals(violation.getConstraintDescriptor().getMessageTemplate())) {
            return !KEY.matcher(template).matches();
        }
        Object value = violation.getInvalidValue();
        boolean plain = value instanceof CharSequence || value instanceof Number || value instanceof Temporal;
        String text = plain ? value.toString() : "";
        return text.length() >= TELLING && violation.getMessage().contains(text);
    }

    /**
     * The path as Hibernate Validator writes it, but without the keys of maps, which are values of the record, without names that
     * a constraint made up while it judged, which may be, and no deeper than {@value #MAX_DEPTH} properties: beans may hold beans
     * without end, and paths stand on meters.
     */
    private static String path(ConstraintViolation<?> violation) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.isInIterable()) {
                text.append('[')
                        .append(node.getIndex() == null ? "" : node.getIndex())
                        .append(']');
            }
            boolean named = node.getName() != null
                    && (node.getKind() != ElementKind.CONTAINER_ELEMENT
                            || node.getName().startsWith("<map"));
            if (named && ++depth > MAX_DEPTH) {
                return text.append(".…").toString();
            }
            if (named) {
                text.append(text.isEmpty() ? "" : ".").append(known(node, violation) ? node.getName() : "?");
            }
        }
        return text.toString();
    }

    /** Whether a name is one of the bean's class, as far as that can be seen; those of containers and of beans on the way are. */
    private static boolean known(Path.Node node, ConstraintViolation<?> violation) {
        Object leaf = violation.getLeafBean();
        Path.Node last = null;
        for (Path.Node each : violation.getPropertyPath()) {
            last = each;
        }
        if (node != last || node.getKind() != ElementKind.PROPERTY || leaf == null) {
            return true;
        }
        return PROPERTIES.get(leaf.getClass()).contains(node.getName());
    }

    private static final ClassValue<Set<String>> PROPERTIES = new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
            Set<String> names = new HashSet<>();
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                Arrays.stream(each.getDeclaredFields()).map(Field::getName).forEach(names::add);
            }
            for (Method method : type.getMethods()) {
                names.add(method.getName());
                names.add(decapitalised(method.getName().replaceFirst("^(get|is|has)", "")));
            }
            return names;
        }
    };

    private static String decapitalised(String name) {
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}

package io.github.camelaiflow.validation.jakarta;

import io.github.camelaiflow.validation.expectations.Arguments;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the attributes of an annotation from the arguments of a suite, each converted to the type it is declared with. */
final class Attributes {

    /** What makes no sense in a suite: it decides itself when and with what result a constraint applies. */
    private static final Set<String> UNUSED = Set.of("groups", "payload", "validationAppliesTo");

    private final Arguments arguments;
    private final Function<String, Class<?>> classes;

    Attributes(Arguments arguments, Function<String, Class<?>> classes) {
        this.arguments = arguments;
        this.classes = classes;
    }

    /** What is given, by name; what is missing or of the wrong type is noted as a problem. */
    Map<String, Object> read(Class<? extends Annotation> type) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        Method[] declared = type.getDeclaredMethods();
        Arrays.sort(declared, Comparator.comparing(Method::getName));
        for (Method attribute : declared) {
            String name = attribute.getName();
            if (attribute.getParameterCount() > 0 || attribute.isSynthetic()) {
                continue;
            }
            if (UNUSED.contains(name)) {
                if (arguments.has(name)) {
                    arguments.value(name);
                    arguments.problem(name + " does not apply in a suite; remove it");
                }
                continue;
            }
            Object given = arguments.value(name);
            if (given != null) {
                Object value = convert(given, attribute.getReturnType());
                if (value == null) {
                    arguments.problem(name + " must be " + describe(attribute.getReturnType()));
                }
                attributes.put(name, value);
            } else if (attribute.getDefaultValue() == null) {
                arguments.problem(name + " must be given, as " + describe(attribute.getReturnType()));
            }
        }
        return attributes;
    }

    /** The value as that type; {@code null} if it is none. */
    private Object convert(Object value, Class<?> type) {
        if (type.isArray()) {
            return array(value instanceof List<?> list ? list : List.of(value), type.getComponentType());
        }
        if (value instanceof Number number && type.isPrimitive()) {
            return number(number, type);
        }
        if (value instanceof String text) {
            if (type == String.class) {
                return text;
            }
            if (type == char.class) {
                return text.length() == 1 ? (Object) text.charAt(0) : null;
            }
            return type == Class.class ? type(text) : type.isEnum() ? constant(text, type) : null;
        }
        return value instanceof Boolean && type == boolean.class ? value : null;
    }

    private Object array(List<?> list, Class<?> element) {
        Object array = Array.newInstance(element, list.size());
        for (int i = 0; i < list.size(); i++) {
            Object value = list.get(i) == null ? null : convert(list.get(i), element);
            if (value == null) {
                return null;
            }
            Array.set(array, i, value);
        }
        return array;
    }

    private static Object number(Number number, Class<?> type) {
        if (type == double.class) {
            return number.doubleValue();
        }
        if (type == float.class) {
            return number.floatValue();
        }
        try {
            BigDecimal exact = new BigDecimal(number.toString());
            if (type == long.class) {
                return exact.longValueExact();
            }
            if (type == int.class) {
                return exact.intValueExact();
            }
            return type == short.class ? (Object) exact.shortValueExact() : (Object) exact.byteValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static Object constant(String name, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private Object type(String name) {
        try {
            return classes.apply(name);
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static String describe(Class<?> type) {
        if (type.isArray()) {
            return "a list, each element " + describe(type.getComponentType());
        }
        if (type.isEnum()) {
            List<String> names = Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList();
            return "one of " + String.join(", ", names);
        }
        if (type == double.class || type == float.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == char.class) {
            return "a single character";
        }
        if (type.isPrimitive()) {
            return "a whole number that fits " + type.getName();
        }
        return type == String.class
                ? "a text"
                : type == Class.class ? "the name of a class" : "an annotation, which a suite cannot give";
    }
}

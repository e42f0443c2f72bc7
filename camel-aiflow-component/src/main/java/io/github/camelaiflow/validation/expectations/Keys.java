package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Comparisons;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.nio.ByteBuffer;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Values as pandas tells them apart: 1, 1.0 and true are one, 1 and "1" are two, all missing ones are one. */
final class Keys {

    /** Stands for every missing value. */
    static final Object MISSING = new Object() {
        @Override
        public String toString() {
            return "missing";
        }
    };

    private static final String UNHASHABLE =
            "lists and maps cannot be told apart (unhashable type, as GX has it); expect something of their fields instead";

    private Keys() {}

    /**
     * A stand-in with Java equality where pandas' hash tables have equality.
     *
     * @throws Unjudgeable for lists and maps, which have no hash in Python
     */
    static Object of(Object value) throws Unjudgeable {
        if (Values.missing(value)) {
            return MISSING;
        }
        if (value instanceof List || value instanceof Map) {
            throw new Unjudgeable(UNHASHABLE);
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : Values.canonical(value);
    }

    /** The same of several values together. */
    static List<Object> ofAll(List<?> values) throws Unjudgeable {
        List<Object> keys = new ArrayList<>(values.size());
        for (Object value : values) {
            keys.add(of(value));
        }
        return keys;
    }

    /**
     * Python's {@code a == b}, lists and maps by their elements; missing values equal each other here.
     *
     * @throws Unjudgeable for lists and maps that are nested too deep
     */
    static boolean equal(Object a, Object b) throws Unjudgeable {
        try {
            return same(a, b);
        } catch (StackOverflowError e) {
            throw new Unjudgeable("lists and maps that are nested this deep cannot be compared");
        }
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof List<?> first && b instanceof List<?> second) {
            return first.size() == second.size() && equalElements(first.iterator(), second.iterator());
        }
        if (a instanceof Map<?, ?> first && b instanceof Map<?, ?> second) {
            return first.keySet().equals(second.keySet())
                    && first.keySet().stream().allMatch(key -> same(first.get(key), second.get(key)));
        }
        if (a instanceof List || b instanceof List || a instanceof Map || b instanceof Map) {
            return false;
        }
        if (a instanceof Temporal && b instanceof Temporal) {
            return Comparisons.equal(a, b);
        }
        try {
            return of(a).equals(of(b));
        } catch (Unjudgeable e) {
            throw new AssertionError("neither is a list or map", e);
        }
    }

    private static boolean equalElements(Iterator<?> first, Iterator<?> second) {
        while (first.hasNext()) {
            if (!same(first.next(), second.next())) {
                return false;
            }
        }
        return true;
    }
}

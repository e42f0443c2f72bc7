package io.github.camelaiflow.validation.python;

import java.util.Map;

/** A compiled expression. Immutable, thread-safe. */
@FunctionalInterface
public interface Term {

    /**
     * Its value for this record; {@code null} if missing or unknown.
     *
     * @throws Unjudgeable if the record's values are of kinds it cannot work with
     */
    Object value(Map<String, Object> record) throws Unjudgeable;
}

package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.Map;

/** Which records an expectation is about: GX's {@code row_condition}, compiled. Immutable, thread-safe. */
@FunctionalInterface
public interface RowCondition {

    /**
     * Whether the expectation is about this record.
     *
     * @throws Unjudgeable if the record's values cannot be compared as the condition asks
     */
    boolean holds(Map<String, Object> record) throws Unjudgeable;
}

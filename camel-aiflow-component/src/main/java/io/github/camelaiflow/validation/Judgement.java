package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.List;
import java.util.Map;

/**
 * What is to be said of one record by itself.
 *
 * @param record the record
 * @param values what the plan's operands read of it
 * @param unreadable why an operand cannot be read or its row condition not be judged, by operand; empty where all can
 * @param unmet the row expectations it doesn't meet, in the plan's order
 * @param bean what it violates as a bean; {@code null} if it is no bean with constraints
 */
record Judgement(
        Map<String, Object> record,
        Object[] values,
        Map<Integer, Unjudgeable> unreadable,
        List<Unmet> unmet,
        List<Reason> bean) {}

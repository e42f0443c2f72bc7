package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.expectations.Approximation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one expectation over all records. Percentages run from 0 to 100 and are {@code null} where they would divide
 * by zero.
 *
 * @param expectation what was expected; for a Jakarta constraint of a bean's class its name as type and the path as column
 * @param success whether it holds: for map expectations, of the judged values at least the share {@code mostly} met it, and all
 *     could be judged
 * @param elementCount how many records it is about: those that meet its row condition
 * @param missingCount how many of them lack the value; {@code null} where these are judged too
 * @param unexpectedCount how many values did not meet it; {@code null} for aggregate and table expectations
 * @param unexpectedValues these values, as many as the result format keeps; none for Jakarta constraints
 * @param unexpectedIndexes their places in the batch or window, from 0
 * @param observedValue GX's {@code observed_value} of aggregate and table expectations; {@code null} if there is none
 * @param details GX's {@code details}; empty if there are none
 * @param approximation how exact a result kept in bounded memory is; {@code null} if exact
 * @param error why it could not be judged; {@code null} if it could
 */
public record ExpectationResult(
        Expectation expectation,
        boolean success,
        int elementCount,
        Integer missingCount,
        Integer unexpectedCount,
        List<Object> unexpectedValues,
        List<Integer> unexpectedIndexes,
        Object observedValue,
        Map<String, Object> details,
        Approximation approximation,
        String error) {

    public ExpectationResult {
        unexpectedValues = Collections.unmodifiableList(unexpectedValues);
        unexpectedIndexes = Collections.unmodifiableList(unexpectedIndexes);
        details = details.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** The same with no more than so many unexpected values and their places. */
    ExpectationResult withFirst(int kept) {
        return new ExpectationResult(
                expectation,
                success,
                elementCount,
                missingCount,
                unexpectedCount,
                first(unexpectedValues, kept),
                first(unexpectedIndexes, kept),
                observedValue,
                details,
                approximation,
                error);
    }

    private static <T> List<T> first(List<T> all, int kept) {
        return all.size() <= kept ? all : new ArrayList<>(all.subList(0, kept));
    }

    /** Whether it counts values, as map expectations do; aggregate and table expectations observe. */
    public boolean counts() {
        return unexpectedCount != null;
    }

    /** How many values were judged. */
    public int judgedCount() {
        return missingCount == null ? elementCount : elementCount - missingCount;
    }

    /** Missing values in all records, percent. */
    public Double missingPercent() {
        return missingCount == null ? null : percent(missingCount, elementCount);
    }

    /** Unexpected values in all records, percent. */
    public Double unexpectedPercentTotal() {
        return counts() ? percent(unexpectedCount, elementCount) : null;
    }

    /** Unexpected values in the judged ones, percent; GX's {@code unexpected_percent} as well. */
    public Double unexpectedPercentNonmissing() {
        return counts() ? percent(unexpectedCount, judgedCount()) : null;
    }

    private static Double percent(int part, int whole) {
        return whole == 0 ? null : 100.0 * part / whole;
    }

    /** Without any value of a record. */
    @Override
    public String toString() {
        return "ExpectationResult[type=" + expectation.type() + ", column=" + expectation.column() + ", success="
                + success
                + ", elementCount=" + elementCount + ", missingCount=" + missingCount + ", unexpectedCount="
                + unexpectedCount + "]";
    }
}

package io.github.camelaiflow.validation;

import java.util.List;

/**
 * What became of one expectation over all records: GX's result of a column map expectation. Percentages run from 0 to 100
 * and are {@code null} where they would divide by zero.
 *
 * @param expectation what was expected; for a Jakarta constraint its name as type and the path as column
 * @param success whether it holds: of the judged values, at least the share {@code mostly} met it, and all could be judged
 * @param elementCount how many records there were
 * @param missingCount how many of them lack the value; {@code null} for the null expectations, which judge these too
 * @param unexpectedCount how many values did not meet it
 * @param unexpectedValues these values, as many as the result format keeps; none for Jakarta constraints
 * @param unexpectedIndexes their places in the batch, from 0
 * @param error why a value could not be judged; {@code null} if all could
 */
public record ExpectationResult(
        Expectation expectation,
        boolean success,
        int elementCount,
        Integer missingCount,
        int unexpectedCount,
        List<Object> unexpectedValues,
        List<Integer> unexpectedIndexes,
        String error) {

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
        return percent(unexpectedCount, elementCount);
    }

    /** Unexpected values in the judged ones, percent; GX's {@code unexpected_percent} as well. */
    public Double unexpectedPercentNonmissing() {
        return percent(unexpectedCount, judgedCount());
    }

    private static Double percent(int part, int whole) {
        return whole == 0 ? null : 100.0 * part / whole;
    }

    /** Without the unexpected values. */
    @Override
    public String toString() {
        return "ExpectationResult[type=" + expectation.type() + ", column=" + expectation.column() + ", success="
                + success
                + ", elementCount=" + elementCount + ", missingCount=" + missingCount + ", unexpectedCount="
                + unexpectedCount + "]";
    }
}

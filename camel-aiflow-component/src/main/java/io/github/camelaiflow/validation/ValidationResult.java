package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.FlowResult;
import java.util.Collections;
import java.util.List;

/**
 * What became of a validation. Immutable.
 *
 * <p>Two views, which differ only where {@code mostly} is below 1: {@code valid} is the verdict on the whole, as GX gives it;
 * {@code rejected} names every record that fails a critical expectation, even one the batch as a whole passes. With
 * {@code mostly: 0} no record is rejected for it.
 *
 * @param suite the suite's name; empty if it has none
 * @param records how many records there were
 * @param valid whether all critical expectations succeed and no Jakarta constraint is violated; {@code null} if nothing could
 *     be judged: no record, nothing expected, or all judged fields missing
 * @param results one per expectation, in the order of schema and suite; then one per violated Jakarta constraint
 * @param rejected the records that fail something critical, in order
 * @param warned the records that fail something of severity warning, in order, whether rejected or not
 * @param format how much {@link #toJson()} tells
 * @param detailed whether {@link #toString()} is the full JSON, with values of the records
 */
public record ValidationResult(
        String suite,
        int records,
        Boolean valid,
        List<ExpectationResult> results,
        List<FlaggedRecord> rejected,
        List<FlaggedRecord> warned,
        ResultFormat format,
        boolean detailed)
        implements FlowResult {

    /** The {@link #reason()} where nothing could be judged. */
    public static final String NO_DATA = "NO_DATA";

    private static final int SHOWN = 5;

    public ValidationResult {
        results = Collections.unmodifiableList(results);
        rejected = Collections.unmodifiableList(rejected);
        warned = Collections.unmodifiableList(warned);
    }

    /** {@link #NO_DATA} where {@link #valid()} is {@code null}, else {@code null}. */
    public String reason() {
        return valid == null ? NO_DATA : null;
    }

    /** Whether all expectations succeed, whatever their severity: GX's {@code success}. */
    public boolean success() {
        return statistics().unsuccessful() == 0;
    }

    /** How many expectations held. */
    public Statistics statistics() {
        return Statistics.of(results.size(), (int)
                results.stream().filter(ExpectationResult::success).count());
    }

    /** The fields for which records are rejected, each once, in the order they are first met; not the bean as a whole. */
    public List<String> fields() {
        return rejected.stream()
                .flatMap(record -> record.reasons().stream())
                .map(Reason::field)
                .filter(field -> !field.isEmpty())
                .distinct()
                .toList();
    }

    /** What an invalid exchange fails with: fields and the first reasons, without any value. */
    public DataException toException() {
        return new DataException(DataException.Reason.INVALID, fields(), summary());
    }

    private String summary() {
        StringBuilder text = new StringBuilder(records == 1 ? "The record is invalid" : rejectedOfAll());
        List<String> reasons = rejected.stream()
                .flatMap(record -> record.reasons().stream())
                .map(reason -> (reason.field() + " " + reason.message()).strip())
                .distinct()
                .limit(SHOWN + 1L)
                .toList();
        text.append(reasons.isEmpty() ? "" : ": ")
                .append(String.join("; ", reasons.subList(0, Math.min(SHOWN, reasons.size()))));
        return text.append(reasons.size() > SHOWN ? "; and more" : "").toString();
    }

    private String rejectedOfAll() {
        return rejected.size() + " of " + records + " records are invalid";
    }

    /** The same result whose {@link #toString()} is the full JSON: for a body that a user asked for. */
    public ValidationResult withDetails() {
        return new ValidationResult(suite, records, valid, results, rejected, warned, format, true);
    }

    /**
     * GX's result JSON in this result's format, with the unexpected values of the records and their keys. Rejected and
     * warned records stand under {@code meta.aiflow}, the first 20 of each unless the format is COMPLETE.
     */
    @Override
    public String toJson() {
        return GxJson.write(this, true);
    }

    /** GX's result JSON without any value of a record, unless {@link #detailed}. */
    @Override
    public String toString() {
        return GxJson.write(this, detailed);
    }
}

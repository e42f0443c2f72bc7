package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.FlowResult;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a validation. Immutable.
 *
 * <p>Two views, which differ only where {@code mostly} is below 1: {@code valid} is the verdict on the whole, as GX gives it;
 * {@code rejected} names every record that fails a critical expectation, even one the batch as a whole passes. With
 * {@code mostly: 0} no record is rejected for it.
 *
 * @param suite the suite's name; empty if it has none
 * @param records how many records there were
 * @param valid of records by themselves: whether none is rejected. Of a batch or window: whether all critical expectations
 *     succeed and no Jakarta constraint is violated. {@code null} if nothing could be judged: no record, nothing expected, or no
 *     data for something critical
 * @param results one per expectation evaluated, in the order of schema and suite; then one per violated constraint of beans
 * @param notEvaluated the expectations left out, each with the reason
 * @param rejected the records that fail something critical, in order; none for a window, which keeps no records
 * @param warned the records that fail something of severity warning, in order, whether rejected or not; none for a window
 * @param window which window it is about; {@code null} for records and batches
 * @param profiles what the columns look like, where that was asked for; empty else. They show values of records
 * @param time when it was judged; {@code null} if the validator was given no clock
 * @param format how much {@link #toJson()} tells
 * @param detailed whether {@link #toString()} is the full JSON, with values of the records
 */
public record ValidationResult(
        String suite,
        int records,
        Boolean valid,
        List<ExpectationResult> results,
        List<NotEvaluated> notEvaluated,
        List<FlaggedRecord> rejected,
        List<FlaggedRecord> warned,
        ValidationWindow window,
        List<ColumnProfile> profiles,
        Instant time,
        ResultFormat format,
        boolean detailed)
        implements FlowResult {

    /** The {@link #reason()} where nothing could be judged. */
    public static final String NO_DATA = "NO_DATA";

    private static final int SHOWN = 5;
    private static final int NAMED = 100;

    public ValidationResult {
        results = results instanceof RowResults ? results : Collections.unmodifiableList(results);
        notEvaluated = List.copyOf(notEvaluated);
        rejected = Collections.unmodifiableList(rejected);
        warned = Collections.unmodifiableList(warned);
        profiles = List.copyOf(profiles);
    }

    /** {@link #NO_DATA} where {@link #valid()} is {@code null}, else {@code null}. */
    public String reason() {
        return valid == null ? NO_DATA : null;
    }

    /** Whether all expectations succeed, whatever their severity: GX's {@code success}. */
    public boolean success() {
        return statistics().unsuccessful() == 0;
    }

    /** The results of expectations that some value did not meet or that failed, whatever their severity and {@code mostly}. */
    public List<ExpectationResult> unmet() {
        if (results instanceof RowResults rows) {
            return rows.unmet();
        }
        return results.stream()
                .filter(result -> !result.success() || (result.counts() && result.unexpectedCount() > 0))
                .toList();
    }

    /** How many expectations held. */
    public Statistics statistics() {
        return Statistics.of(results.size(), (int)
                results.stream().filter(ExpectationResult::success).count());
    }

    /** The fields for which records are rejected, each once, in the order they are first met; not the bean as a whole. */
    public List<String> fields() {
        return Stream.concat(rejected.stream().flatMap(record -> record.reasons().stream()), together())
                .map(Reason::field)
                .filter(field -> !field.isEmpty())
                .distinct()
                .toList();
    }

    /** What an invalid exchange fails with: fields and the first reasons, without any value. */
    public DataException toException() {
        List<String> expectations = Stream.concat(
                        rejected.stream().flatMap(record -> record.reasons().stream()), together())
                .map(Reason::expectation)
                .distinct()
                .limit(NAMED)
                .toList();
        return new DataException(DataException.Reason.INVALID, fields(), expectations, summary());
    }

    private String summary() {
        Stream<Reason> alone = rejected.stream().flatMap(record -> record.reasons().stream());
        List<String> reasons = Stream.concat(alone, together())
                .map(reason -> (reason.field() + " " + reason.message()).strip())
                .distinct()
                .limit(SHOWN + 1L)
                .toList();
        StringBuilder text = new StringBuilder(
                rejected.isEmpty() ? "The batch is invalid" : records == 1 ? "The record is invalid" : rejectedOfAll());
        text.append(reasons.isEmpty() ? "" : ": ")
                .append(String.join("; ", reasons.subList(0, Math.min(SHOWN, reasons.size()))));
        return text.append(reasons.size() > SHOWN ? "; and more" : "").toString();
    }

    /** What the batch fails as a whole. */
    private Stream<Reason> together() {
        return results.stream()
                .filter(result -> !result.success())
                .filter(result -> !result.counts() || (result.error() != null && result.unexpectedCount() == 0))
                .map(ExpectationResult::expectation)
                .filter(expectation -> expectation.severity() == Severity.CRITICAL)
                .map(expectation -> new Reason(
                        expectation.column(),
                        expectation.type(),
                        expectation.severity(),
                        "must meet " + expectation.type()));
    }

    private String rejectedOfAll() {
        return rejected.size() + " of " + records + " records are invalid";
    }

    /** The same result whose {@link #toString()} is the full JSON: for a body that a user asked for. */
    public ValidationResult withDetails() {
        return new ValidationResult(
                suite, records, valid, results, notEvaluated, rejected, warned, window, profiles, time, format, true);
    }

    /** The same result telling no more than a format does, with no more unexpected values than that. */
    public ValidationResult within(ResultFormat most) {
        if (most.holds(format)) {
            return this;
        }
        List<ExpectationResult> told = results.stream()
                .map(result -> result.withFirst(most.unexpectedKept()))
                .toList();
        return new ValidationResult(
                suite, records, valid, told, notEvaluated, rejected, warned, window, profiles, time, most, detailed);
    }

    /** The same result with other records rejected as well, for what this package cannot know; it then is invalid. */
    public ValidationResult withRejected(List<FlaggedRecord> records) {
        return new ValidationResult(
                suite,
                this.records,
                false,
                results,
                notEvaluated,
                records,
                warned,
                window,
                profiles,
                time,
                format,
                detailed);
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

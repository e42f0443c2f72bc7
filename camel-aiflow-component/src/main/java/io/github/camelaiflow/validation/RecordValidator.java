package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Judges records by the fields of a schema, the expectations of a suite and, where a record came as a bean whose class has
 * Jakarta constraints, by these. Thread-safe: make one per flow and close it with the flow.
 *
 * <p>A field that is absent, {@code null} or NaN is missing. Missing values fail a required field and GX's not-null
 * expectation; all other expectations leave them out, as GX does. Fields nobody named are ignored.
 */
public final class RecordValidator implements AutoCloseable {

    private final InstantSource clock;
    private final String suite;
    private final String key;
    private final Plan plan;
    private final RowValidator rows;
    private final BeanValidator beans;
    private final List<NotEvaluated> skipped;
    private final List<NotEvaluated> notInRecords;

    /**
     * A validator whose beans are judged in the default group.
     *
     * @param schema what is known of the records; {@link Schema#NONE} for nothing
     * @param suite what is expected of them; {@link Suite#NONE} for nothing
     * @throws SuiteException if the suite was not made by {@link SuiteReader} and doesn't fit
     */
    public RecordValidator(Schema schema, Suite suite) {
        this(schema, suite, List.of(), null);
    }

    /**
     * @param schema what is known of the records; {@link Schema#NONE} for nothing
     * @param suite what is expected of them; {@link Suite#NONE} for nothing
     * @param groups the Jakarta groups beans are judged in; empty for the default group
     * @param clock what results say of the time; {@code null} if they are to say nothing
     * @throws SuiteException if the suite was not made by {@link SuiteReader} and doesn't fit
     */
    public RecordValidator(Schema schema, Suite suite, List<Class<?>> groups, InstantSource clock) {
        List<Expectation> expectations = new ArrayList<>(FieldExpectations.of(schema));
        expectations.addAll(suite.expectations());
        this.clock = clock;
        this.suite = suite.name();
        this.key = schema.key();
        this.plan = new Plan(schema, expectations);
        this.skipped = suite.skipped();
        this.notInRecords = notInRecords(plan, skipped);
        this.rows = new RowValidator(plan);
        this.beans = new BeanValidator(rows.validator(), groups);
    }

    /** As {@link #validate(Records, Scope, ResultFormat)}, as a batch and with GX's default format, {@link ResultFormat#SUMMARY}. */
    public ValidationResult validate(Records records) {
        return validate(records, Scope.BATCH, ResultFormat.SUMMARY);
    }

    /**
     * What becomes of these records. An invalid record is a result, no exception; so is a bean whose constraint or getter
     * fails.
     *
     * @param records any number, none too
     * @param scope {@link Scope#RECORD} to judge each by itself, {@link Scope#BATCH} to judge them together; windows are
     *     {@link WindowValidator}'s
     * @param format how much the result tells of each expectation
     * @throws jakarta.validation.ValidationException if the constraints of a bean's class are themselves wrong
     */
    public ValidationResult validate(Records records, Scope scope, ResultFormat format) {
        RecordJudge judge = judge(scope);
        Evaluation evaluation = new Evaluation(plan, key, scope, format);
        Iterator<?> originals = records.originals().iterator();
        for (Map<String, Object> record : records.rows()) {
            evaluation.add(judge.judge(record, originals.next()));
        }
        Evaluation.Outcome outcome = evaluation.finish(records.rows());
        return new ValidationResult(
                suite,
                records.size(),
                outcome.valid(),
                outcome.results(),
                notEvaluated(scope),
                outcome.rejected(),
                outcome.warned(),
                null,
                clock == null ? null : clock.instant(),
                format,
                false);
    }

    RecordJudge judge(Scope scope) {
        return new RecordJudge(plan, rows, beans, scope);
    }

    Plan plan() {
        return plan;
    }

    String suite() {
        return suite;
    }

    /** What this validator leaves out where it judges in a scope, and why. */
    public List<NotEvaluated> notEvaluated(Scope scope) {
        return scope == Scope.RECORD ? notInRecords : skipped;
    }

    private static List<NotEvaluated> notInRecords(Plan plan, List<NotEvaluated> skipped) {
        List<NotEvaluated> left = new ArrayList<>(skipped);
        for (int position : plan.batchPositions()) {
            Expectation expectation = plan.expectation(position);
            left.add(new NotEvaluated(
                    expectation.type(), expectation.column(), "needs many records: scope=batch or scope=window"));
        }
        return List.copyOf(left);
    }

    /** Releases what Hibernate Validator holds; the validator must not be used afterwards. */
    @Override
    public void close() {
        rows.close();
    }
}

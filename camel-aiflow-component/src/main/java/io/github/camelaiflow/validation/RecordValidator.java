package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Judges records by the fields of a schema, the expectations of a suite and, where a record came as a bean whose class has
 * Jakarta constraints, by these. Thread-safe: make one per flow and close it with the flow.
 *
 * <p>A field that is absent, {@code null} or NaN is missing. Missing values fail a required field and GX's not-null
 * expectation; all other expectations leave them out, as GX does. Fields nobody named are ignored.
 */
public final class RecordValidator implements AutoCloseable {

    private final Schema schema;
    private final List<Class<?>> groups;
    private final InstantSource clock;
    private final Supplier<Suite> again;
    private final String suite;
    private final List<String> columns;
    private volatile Ready ready;

    /** What a suite was made into at a time. */
    private record Ready(
            Instant time,
            Plan plan,
            RowValidator rows,
            BeanValidator beans,
            List<NotEvaluated> skipped,
            List<NotEvaluated> notInRecords) {}

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
     * A validator of a suite as it stands, even if it depends on the time.
     *
     * @param schema what is known of the records; {@link Schema#NONE} for nothing
     * @param suite what is expected of them; {@link Suite#NONE} for nothing
     * @param groups the Jakarta groups beans are judged in; empty for the default group
     * @param clock what results say of the time, and what it is for constraints such as Past; {@code null} if results are to say
     *     nothing, and for the system's time
     * @throws SuiteException if the suite was not made by {@link SuiteReader} and doesn't fit
     */
    public RecordValidator(Schema schema, Suite suite, List<Class<?>> groups, InstantSource clock) {
        this(schema, groups, clock, suite, null);
    }

    /**
     * A validator of a suite that may depend on the time, as {@link Suite#dynamic()} says: it then is read anew, which takes
     * milliseconds, for every call at another time than the last.
     *
     * @param schema what is known of the records; {@link Schema#NONE} for nothing
     * @param suite gives what is expected of them now
     * @param groups the Jakarta groups beans are judged in; empty for the default group
     * @param clock what results say of the time, and what it is for constraints such as Past
     * @throws SuiteException if the suite is wrong
     */
    public RecordValidator(Schema schema, Supplier<Suite> suite, List<Class<?>> groups, InstantSource clock) {
        this(schema, groups, clock, suite.get(), suite);
    }

    private RecordValidator(
            Schema schema, List<Class<?>> groups, InstantSource clock, Suite suite, Supplier<Suite> again) {
        this.schema = schema;
        this.groups = List.copyOf(groups);
        this.clock = clock;
        this.again = suite.dynamic() ? again : null;
        this.suite = suite.name();
        this.ready = makeReady(suite, clock == null ? null : clock.instant());
        this.columns = TableProfiler.columns(schema, ready.plan());
    }

    private Ready makeReady(Suite now, Instant time) {
        List<Expectation> expectations = new ArrayList<>(FieldExpectations.of(schema));
        expectations.addAll(now.expectations());
        Plan plan = new Plan(schema, expectations, now.constraints());
        RowValidator rows = new RowValidator(plan, clock);
        BeanValidator beans = new BeanValidator(rows.validator(), groups);
        return new Ready(time, plan, rows, beans, now.skipped(), notInRecords(plan, now.skipped()));
    }

    private Ready ready() {
        Ready known = ready;
        if (again == null) {
            return known;
        }
        Instant now = clock.instant();
        if (!now.equals(known.time())) {
            known = makeReady(again.get(), now);
            ready = known;
        }
        return known;
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
        return validate(records, scope, format, false);
    }

    /**
     * As {@link #validate(Records, Scope, ResultFormat)}.
     *
     * @param profile whether the result tells what the columns look like that schema and suite name, the first 100 of them
     */
    public ValidationResult validate(Records records, Scope scope, ResultFormat format, boolean profile) {
        Ready now = ready();
        RecordJudge judge = new RecordJudge(now.plan(), now.rows(), now.beans(), scope);
        Evaluation evaluation = new Evaluation(now.plan(), schema.key(), scope, format);
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
                profile ? TableProfiler.profiles(columns, records.rows()) : List.of(),
                clock == null ? null : clock.instant(),
                format,
                false);
    }

    RecordJudge judge(Scope scope) {
        Ready now = ready();
        return new RecordJudge(now.plan(), now.rows(), now.beans(), scope);
    }

    /** The plan as it is; one that depends on the time keeps its layout. */
    Plan plan() {
        return ready.plan();
    }

    /** The columns that schema and suite name, the first 100; a profile tells of these. */
    public List<String> columns() {
        return columns;
    }

    String suite() {
        return suite;
    }

    /** What this validator leaves out where it judges in a scope, and why. */
    public List<NotEvaluated> notEvaluated(Scope scope) {
        return scope == Scope.RECORD ? ready.notInRecords() : ready.skipped();
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
        ready.rows().close();
    }
}

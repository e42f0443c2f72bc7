package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Counts per column and expectation while records are judged; afterwards the results, each made when it is asked for. */
final class Tally extends AbstractList<ExpectationResult> {

    /** What one expectation met. */
    private static final class Unexpected {
        private int count;
        private String error;
        private final List<Object> values = new ArrayList<>();
        private final List<Integer> indexes = new ArrayList<>();
    }

    private final Plan plan;
    private final int records;
    private final int kept;
    private final int[] missing;
    private final Unexpected[] unexpected;

    Tally(Plan plan, int records, ResultFormat format) {
        this.plan = plan;
        this.records = records;
        this.kept = format.unexpectedKept();
        this.missing = new int[plan.columns().length];
        this.unexpected = new Unexpected[plan.size()];
    }

    void missing(int column) {
        missing[column]++;
    }

    /** The record's value did not meet the expectation, or could not be judged. */
    void unexpected(int position, int index, Object value, Unjudgeable error) {
        Unexpected found = unexpected[position];
        if (found == null) {
            found = new Unexpected();
            unexpected[position] = found;
        }
        found.count++;
        if (found.values.size() < kept) {
            found.values.add(value);
            found.indexes.add(index);
        }
        if (error != null && found.error == null) {
            found.error = error.getMessage();
        }
    }

    private int judged(int position) {
        return plan.judgesMissing(position) ? records : records - missing[plan.columnOf(position)];
    }

    /** Whether any expectation found a value to judge. */
    boolean judgedAny() {
        for (int i = 0; i < unexpected.length; i++) {
            if (judged(i) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether all critical expectations succeed. */
    boolean criticalSucceed() {
        for (int i = 0; i < unexpected.length; i++) {
            if (unexpected[i] != null && plan.expectation(i).severity() == Severity.CRITICAL && !succeeds(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean succeeds(int position) {
        Unexpected found = unexpected[position];
        int judged = judged(position);
        if (found == null || judged == 0) {
            return true;
        }
        return found.error == null
                && (judged - found.count) / (double) judged
                        >= plan.expectation(position).mostly();
    }

    @Override
    public ExpectationResult get(int position) {
        Unexpected found = unexpected[position];
        return new ExpectationResult(
                plan.expectation(position),
                succeeds(position),
                records,
                plan.judgesMissing(position) ? null : (Integer) missing[plan.columnOf(position)],
                found == null ? 0 : found.count,
                found == null ? List.of() : Collections.unmodifiableList(found.values),
                found == null ? List.of() : Collections.unmodifiableList(found.indexes),
                found == null ? null : found.error);
    }

    @Override
    public int size() {
        return unexpected.length;
    }
}

package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.validation.expectations.Finding;
import io.github.camelaiflow.validation.expectations.Memory;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the result of one run over records, each judged before, for one thread. */
final class Evaluation {

    private final Plan plan;
    private final Scope scope;
    private final String key;
    private final Tally tally;
    private final BeanTally beanTally;
    private final List<FlaggedRecord> rejected = new ArrayList<>();
    private final List<FlaggedRecord> warned = new ArrayList<>();
    private List<Reason> critical = List.of();
    private List<Reason> warnings = List.of();

    Evaluation(Plan plan, String key, Scope scope, ResultFormat format) {
        this.plan = plan;
        this.scope = scope;
        this.key = key;
        this.tally = new Tally(plan, format.unexpectedKept(), scope == Scope.RECORD ? null : Memory.EXACT);
        this.beanTally = new BeanTally(format.unexpectedKept());
    }

    void add(Judgement judgement) {
        int index = tally.records();
        critical = List.of();
        warnings = List.of();
        count(judgement, tally, beanTally, this::reject);
        flag(critical, judgement.record(), index, rejected);
        flag(warnings, judgement.record(), index, warned);
    }

    /** Is told every reason against a record. */
    interface Reasons {
        void reason(Reason reason);
    }

    /** Counts a record, and tells what is against it. */
    static void count(Judgement judgement, Tally tally, BeanTally beanTally, Reasons reasons) {
        int index = tally.records();
        Plan plan = tally.plan();
        judgement.unreadable().forEach((operand, error) -> {
            tally.unreadable(operand, error);
            for (int position : plan.rowPositions()) {
                if (plan.operandOf(position) == operand) {
                    reasons.reason(unjudged(plan.reason(position), "row_condition: ", error));
                }
            }
        });
        for (Unmet unmet : judgement.unmet()) {
            int position = unmet.position();
            Unjudgeable error = unmet.error();
            tally.unexpected(position, index, judgement.values()[plan.operandOf(position)], error);
            if (error != null) {
                reasons.reason(unjudged(plan.reason(position), "", error));
            } else if (plan.mostly(position) > 0) {
                reasons.reason(saying(plan.reason(position), unmet.message()));
            }
        }
        tally.record(judgement.record(), judgement.values());
        if (judgement.bean() != null) {
            beanTally.judged(index, judgement.bean());
            judgement.bean().forEach(reasons::reason);
        }
    }

    private static Reason saying(Reason reason, String message) {
        return message == null ? reason : new Reason(reason.field(), reason.expectation(), reason.severity(), message);
    }

    private static Reason unjudged(Reason reason, String what, Unjudgeable error) {
        return new Reason(
                reason.field(),
                reason.expectation(),
                reason.severity(),
                reason.message() + ", which cannot be judged (" + what + error.getMessage() + ")");
    }

    private void reject(Reason reason) {
        if (reason.severity() == Severity.CRITICAL) {
            critical = with(critical, reason);
        } else if (reason.severity() == Severity.WARNING) {
            warnings = with(warnings, reason);
        }
    }

    private static List<Reason> with(List<Reason> reasons, Reason reason) {
        List<Reason> more = reasons.isEmpty() ? new ArrayList<>() : reasons;
        more.add(reason);
        return more;
    }

    private void flag(List<Reason> reasons, Map<String, Object> record, int index, List<FlaggedRecord> flagged) {
        if (!reasons.isEmpty()) {
            flagged.add(new FlaggedRecord(index, keyOf(record), reasons));
        }
    }

    private Object keyOf(Map<String, Object> record) {
        try {
            return key == null ? null : record.get(key);
        } catch (DataException e) {
            return null;
        }
    }

    /**
     * The outcome over all records added.
     *
     * @param records what was added, for the keys of those that fail together with others
     */
    Outcome finish(List<Map<String, Object>> records) {
        List<ExpectationResult> results;
        if (scope == Scope.RECORD) {
            results = new RowResults(tally);
        } else {
            results = new ArrayList<>(plan.size());
            Map<Integer, List<Reason>> rejectedTogether = new TreeMap<>();
            Map<Integer, List<Reason>> warnedTogether = new TreeMap<>();
            Map<Integer, Finding> findings = findings(tally);
            for (int position = 0; position < plan.size(); position++) {
                Finding finding = findings.get(position);
                results.add(finding == null ? tally.row(position) : tally.batch(position, finding));
                if (finding != null && finding.unexpected() != null && !finding.success()) {
                    flagTogether(plan.reason(position), finding, rejectedTogether, warnedTogether);
                }
            }
            merge(rejected, rejectedTogether, records);
            merge(warned, warnedTogether, records);
        }
        return new Outcome(verdict(results), results(results), rejected, warned);
    }

    /** Verdict, results, rejected and warned records of a run. */
    record Outcome(
            Boolean valid, List<ExpectationResult> results, List<FlaggedRecord> rejected, List<FlaggedRecord> warned) {}

    static Map<Integer, Finding> findings(Tally tally) {
        Map<Integer, Finding> findings = new LinkedHashMap<>();
        for (int position : tally.plan().batchPositions()) {
            findings.put(position, tally.finding(position));
        }
        return findings;
    }

    private List<ExpectationResult> results(List<ExpectationResult> results) {
        if (beanTally.allValid()) {
            return results;
        }
        List<ExpectationResult> all = new ArrayList<>(results);
        all.addAll(beanTally.results());
        return all;
    }

    private static void flagTogether(
            Reason reason, Finding finding, Map<Integer, List<Reason>> rejected, Map<Integer, List<Reason>> warned) {
        Map<Integer, List<Reason>> flagged = reason.severity() == Severity.CRITICAL
                ? rejected
                : reason.severity() == Severity.WARNING ? warned : new TreeMap<>();
        for (int index : finding.unexpected().indexes()) {
            flagged.computeIfAbsent(index, any -> new ArrayList<>()).add(reason);
        }
    }

    private void merge(
            List<FlaggedRecord> alone, Map<Integer, List<Reason>> together, List<Map<String, Object>> records) {
        if (together.isEmpty()) {
            return;
        }
        for (FlaggedRecord flagged : alone) {
            together.merge(flagged.index(), flagged.reasons(), (more, own) -> {
                List<Reason> all = new ArrayList<>(own);
                all.addAll(more);
                return all;
            });
        }
        alone.clear();
        together.forEach((index, reasons) -> flag(reasons, records.get(index), index, alone));
    }

    private Boolean verdict(List<ExpectationResult> results) {
        if (scope == Scope.RECORD) {
            boolean judged = beanTally.judgedAny() || judgedAny();
            return rejected.isEmpty() ? (judged ? Boolean.TRUE : null) : Boolean.FALSE;
        }
        return verdict(plan, tally, results, beanTally);
    }

    private boolean judgedAny() {
        for (int position : plan.rowPositions()) {
            if (tally.judged(position) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Valid, invalid, or {@code null} where nothing could be judged or something critical lacks the data it needs. */
    static Boolean verdict(Plan plan, Tally tally, List<ExpectationResult> results, BeanTally beans) {
        boolean judged = beans.judgedAny();
        boolean lacking = false;
        for (int position = 0; position < plan.size(); position++) {
            ExpectationResult result = results.get(position);
            boolean table = plan.operands()[plan.operandOf(position)].columns().isEmpty();
            boolean data = result.error() != null || tally.judged(position) > 0;
            boolean failed = !result.success() && plan.expectation(position).severity() == Severity.CRITICAL;
            if (failed && (data || table)) {
                return false;
            }
            lacking |= failed;
            judged |= data;
        }
        if (!beans.allValid()) {
            return false;
        }
        return judged && !lacking ? Boolean.TRUE : null;
    }
}

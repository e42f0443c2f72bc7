package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** One run over records, for one thread: fills a row per record, has it judged and keeps count. */
final class Evaluation {

    private final Plan plan;
    private final RowValidator validator;
    private final BeanValidator beans;
    private final Records records;
    private final String key;
    private final ResultFormat format;

    private final Row[] rows;
    private final Object[] values;
    private final Tally tally;
    private final BeanTally beanTally;
    private final List<FlaggedRecord> rejected = new ArrayList<>();
    private final List<FlaggedRecord> warned = new ArrayList<>();
    private List<Reason> critical = List.of();
    private List<Reason> warnings = List.of();

    Evaluation(Plan plan, RowValidator validator, BeanValidator beans, Judged judged) {
        this.plan = plan;
        this.validator = validator;
        this.beans = beans;
        this.records = judged.records();
        this.key = judged.key();
        this.format = judged.format();
        this.rows = validator.newRows();
        this.values = new Object[plan.columns().length];
        this.tally = new Tally(plan, records.size(), format);
        this.beanTally = new BeanTally(format);
    }

    ValidationResult run(String suite) {
        int index = 0;
        Iterator<?> originals = records.originals().iterator();
        for (Map<String, Object> record : records.rows()) {
            critical = List.of();
            warnings = List.of();
            judgeRow(record, index);
            judgeBean(originals.next(), index);
            flag(critical, record, index, rejected);
            flag(warnings, record, index, warned);
            index++;
        }
        List<ExpectationResult> results = tally;
        if (!beanTally.allValid()) {
            results = new ArrayList<>(tally);
            results.addAll(beanTally.results());
        }
        return new ValidationResult(suite, records.size(), verdict(), results, rejected, warned, format, false);
    }

    private Boolean verdict() {
        if (!beanTally.allValid() || !tally.criticalSucceed()) {
            return false;
        }
        return tally.judgedAny() || beanTally.judgedAny() ? true : null;
    }

    private void judgeRow(Map<String, Object> record, int index) {
        String[] columns = plan.columns();
        for (int i = 0; i < columns.length; i++) {
            values[i] = record.get(columns[i]);
            if (Values.missing(values[i])) {
                tally.missing(i);
            }
        }
        for (ConstraintViolation<Row> violation : validator.judge(rows, values)) {
            unmet(violation, index);
        }
    }

    private void unmet(ConstraintViolation<Row> violation, int index) {
        int position = RowValidator.position(violation);
        Unjudgeable error = RowValidator.error(violation);
        tally.unexpected(position, index, values[plan.columnOf(position)], error);
        Reason reason = plan.reason(position);
        if (error != null) {
            reason = new Reason(
                    reason.field(),
                    reason.expectation(),
                    reason.severity(),
                    reason.message() + ", which cannot be judged of a value of this kind");
        } else if (plan.expectation(position).mostly() == 0) {
            return;
        }
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

    private void judgeBean(Object bean, int index) {
        if (beans.judges(bean)) {
            List<Reason> reasons = beans.reasons(bean);
            beanTally.judged(index, reasons);
            for (Reason reason : reasons) {
                critical = with(critical, reason);
            }
        }
    }

    private void flag(List<Reason> reasons, Map<String, Object> record, int index, List<FlaggedRecord> flagged) {
        if (!reasons.isEmpty()) {
            flagged.add(new FlaggedRecord(index, key == null ? null : record.get(key), reasons));
        }
    }
}

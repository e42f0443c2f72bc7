package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.validation.expectations.Operand;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.HashMap;
import java.util.Map;

/** Judges records one after the other, for one thread. */
final class RecordJudge {

    private final Plan plan;
    private final int operands;
    private final RowValidator validator;
    private final BeanValidator beans;
    private final RowValidator.Rows rows;

    /** @param scope whether only row expectations count, and so only what they read is read */
    RecordJudge(Plan plan, RowValidator validator, BeanValidator beans, Scope scope) {
        this.plan = plan;
        this.operands = scope == Scope.RECORD ? plan.rowOperands() : plan.operands().length;
        this.validator = validator;
        this.beans = beans;
        this.rows = validator.newRows();
    }

    /** @param original the record as it came, perhaps a bean */
    Judgement judge(Map<String, Object> record, Object original) {
        Object[] values = new Object[operands];
        Map<Integer, Unjudgeable> unreadable = Map.of();
        for (int i = 0; i < operands; i++) {
            try {
                values[i] = read(plan.operands()[i], record);
            } catch (Unjudgeable e) {
                values[i] = Operand.EXCLUDED;
                unreadable = unreadable.isEmpty() ? new HashMap<>() : unreadable;
                unreadable.put(i, e);
            }
        }
        return new Judgement(
                record,
                values,
                unreadable,
                validator.judge(rows, values),
                beans.judges(original) ? beans.reasons(original) : null);
    }

    /** A bean's getter that fails spoils what reads it, not the records beside it. */
    private static Object read(Operand operand, Map<String, Object> record) throws Unjudgeable {
        try {
            return operand.read(record);
        } catch (DataException e) {
            throw new Unjudgeable(e.getMessage());
        }
    }
}

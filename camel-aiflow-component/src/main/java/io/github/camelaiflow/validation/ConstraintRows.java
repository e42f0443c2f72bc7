package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.jakarta.JakartaCheck;
import io.github.camelaiflow.validation.jakarta.RowClass;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.hibernate.validator.cfg.context.TypeConstraintMappingContext;

/**
 * The plan's Jakarta constraints on generated beans, apart from its expectations: a field per constraint and kind of value it
 * takes, of which one at most holds a value.
 */
final class ConstraintRows {

    /** A constraint: its position in the plan, what it reads, and which of all fields is the first of its own. */
    record Placed(int position, int operand, JakartaCheck check, int from) {}

    /**
     * A bean.
     *
     * @param from which of all fields is its first
     * @param to the one after its last
     * @param selective whether fields without a value must not be judged: {@code null} would violate their constraint
     */
    record Bean(RowClass type, int from, int to, boolean selective) {}

    private final List<Placed> placed = new ArrayList<>();
    private final List<Bean> beans = new ArrayList<>();
    private final List<Class<?>> fields = new ArrayList<>();
    private final List<Placed> placedOfField = new ArrayList<>();

    ConstraintRows(Plan plan) {
        place(plan, false);
        place(plan, true);
    }

    private void place(Plan plan, boolean selective) {
        int first = fields.size();
        for (int position : plan.rowPositions()) {
            if (plan.check(position) instanceof JakartaCheck check && selective(plan, position, check) == selective) {
                Placed constraint = new Placed(position, plan.operandOf(position), check, fields.size());
                placed.add(constraint);
                check.kinds().forEach(kind -> placedOfField.add(constraint));
                fields.addAll(check.kinds());
            }
        }
        for (int from = first; from < fields.size(); from += RowClass.MAX_FIELDS) {
            int to = Math.min(from + RowClass.MAX_FIELDS, fields.size());
            beans.add(new Bean(new RowClass(fields.subList(from, to)), from, to, selective));
        }
    }

    private static boolean selective(Plan plan, int position, JakartaCheck check) {
        boolean alwaysUsed = check.kinds().size() == 1
                && check.judgesMissing()
                && !plan.operands()[plan.operandOf(position)].conditional();
        return !check.acceptsNull() && !alwaysUsed;
    }

    /** Puts the constraints on the beans' fields. */
    void map(ConstraintMapping mapping) {
        for (Bean bean : beans) {
            TypeConstraintMappingContext<?> type = mapping.type(bean.type.type());
            for (int field = bean.from; field < bean.to; field++) {
                type.field(RowClass.field(field - bean.from))
                        .constraint(at(field).check().definition());
            }
        }
    }

    boolean isEmpty() {
        return placed.isEmpty();
    }

    List<Placed> placed() {
        return placed;
    }

    List<Bean> beans() {
        return beans;
    }

    int fields() {
        return fields.size();
    }

    /** Whose field this is. */
    Placed at(int field) {
        return placedOfField.get(field);
    }
}

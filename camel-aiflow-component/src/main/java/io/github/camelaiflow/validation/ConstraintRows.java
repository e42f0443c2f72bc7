package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.jakarta.JakartaCheck;
import io.github.camelaiflow.validation.jakarta.RowClass;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.hibernate.validator.cfg.context.TypeConstraintMappingContext;

/**
 * The plan's Jakarta constraints on generated beans, apart from its expectations: a field per constraint and kind of value it
 * takes. Where there are very many fields, several beans share them.
 */
final class ConstraintRows {

    /** Constraint i of the plan: its position, what it reads, and where its fields begin. */
    record Placed(int position, int operand, JakartaCheck check, int from) {}

    private final List<Placed> placed = new ArrayList<>();
    private final List<RowClass> types = new ArrayList<>();
    private final int[] placeOfField;

    ConstraintRows(Plan plan) {
        List<Class<?>> fields = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int position : plan.rowPositions()) {
            if (plan.check(position) instanceof JakartaCheck check) {
                check.kinds().forEach(kind -> places.add(placed.size()));
                placed.add(new Placed(position, plan.operandOf(position), check, fields.size()));
                fields.addAll(check.kinds());
            }
        }
        this.placeOfField = places.stream().mapToInt(Integer::intValue).toArray();
        for (int from = 0; from < fields.size(); from += RowClass.MAX_FIELDS) {
            types.add(new RowClass(fields.subList(from, Math.min(from + RowClass.MAX_FIELDS, fields.size()))));
        }
    }

    /** Puts the constraints on the beans' fields. */
    void map(ConstraintMapping mapping) {
        for (int i = 0; i < types.size(); i++) {
            int from = i * RowClass.MAX_FIELDS;
            TypeConstraintMappingContext<?> bean = mapping.type(types.get(i).type());
            for (int field = from; field < Math.min(from + RowClass.MAX_FIELDS, fields()); field++) {
                bean.field(RowClass.field(field - from))
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

    List<RowClass> types() {
        return types;
    }

    int fields() {
        return placeOfField.length;
    }

    /** Whose field this is. */
    Placed at(int field) {
        return placed.get(placeOfField[field]);
    }
}

package io.github.camelaiflow.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelaiflow.validation.expectations.ValueCheck;
import io.github.camelaiflow.validation.jakarta.Hibernate;
import io.github.camelaiflow.validation.jakarta.Row;
import io.github.camelaiflow.validation.jakarta.RowClass;
import io.github.camelaiflow.validation.python.Unjudgeable;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.hibernate.validator.cfg.GenericConstraintDef;
import org.hibernate.validator.cfg.context.PropertyConstraintMappingContext;
import org.hibernate.validator.cfg.context.TypeConstraintMappingContext;
import org.hibernate.validator.engine.HibernateConstraintViolation;

/**
 * Hibernate Validator set up for a plan: a generated bean carries the plan's expectations as constraints, one field per
 * operand; where there are very many operands, several beans share them.
 */
final class RowValidator implements AutoCloseable {

    private static final Comparator<Unmet> BY_POSITION = Comparator.comparingInt(Unmet::position);

    private final Plan plan;
    private final ValidatorFactory factory;
    private final Validator validator;
    private final ConstraintRows constraints;
    private final List<RowClass> types = new ArrayList<>();

    /** @param clock what time it is for constraints such as Past, unless {@code META-INF/validation.xml} says; {@code null} for the system's */
    RowValidator(Plan plan, InstantSource clock) {
        this.plan = plan;
        this.constraints = new ConstraintRows(plan);
        HibernateValidatorConfiguration configuration = Hibernate.configuration();
        if (clock != null && configuration.getBootstrapConfiguration().getClockProviderClassName() == null) {
            configuration.clockProvider(() -> clock.withZone(ZoneId.systemDefault()));
        }
        ConstraintMapping mapping = configuration.createConstraintMapping();
        map(mapping);
        constraints.map(mapping);
        this.factory = configuration
                .addMapping(mapping)
                .messageInterpolator(new MaskingInterpolator())
                .buildValidatorFactory();
        this.validator = factory.getValidator();
        // So that the constraints are read now and not with the first record
        judge(newRows(), new Object[plan.rowOperands()]);
    }

    private void map(ConstraintMapping mapping) {
        int columns = plan.rowOperands();
        PropertyConstraintMappingContext[] fields = new PropertyConstraintMappingContext[columns];
        for (int from = 0; from < columns; from += RowClass.MAX_FIELDS) {
            int count = Math.min(columns - from, RowClass.MAX_FIELDS);
            RowClass type = new RowClass(count);
            types.add(type);
            TypeConstraintMappingContext<?> bean = mapping.type(type.type());
            for (int i = 0; i < count; i++) {
                fields[from + i] = bean.field(RowClass.field(i));
            }
        }
        for (int position : plan.rowPositions()) {
            if (plan.check(position) instanceof ValueCheck) {
                fields[plan.operandOf(position)].constraint(constraint(plan.expectation(position), position));
            }
        }
    }

    private static GenericConstraintDef<Expect> constraint(Expectation expectation, int position) {
        return new GenericConstraintDef<>(Expect.class)
                .message(MaskingInterpolator.UNUSED)
                .param("type", expectation.type())
                .param("kwargs", json(expectation.kwargs()))
                .param("position", position);
    }

    private static String json(Map<String, Object> kwargs) {
        try {
            Map<String, Object> arguments = new LinkedHashMap<>(kwargs);
            return Trees.JSON.writeValueAsString(arguments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("arguments of an expectation are plain JSON values", e);
        }
    }

    /** What records are judged with, again and again, by one thread. */
    record Rows(Row[] beans, ConstraintJudge constraints) {}

    Rows newRows() {
        Row[] beans = new Row[types.size()];
        for (int i = 0; i < beans.length; i++) {
            beans[i] = types.get(i).newRow();
        }
        return new Rows(beans, constraints.isEmpty() ? null : new ConstraintJudge(constraints, factory));
    }

    /**
     * All expectations the values do not meet, in the plan's order.
     *
     * @param rows what {@link #newRows} gave
     * @param values what the plan's operands read, at least those for single records
     */
    List<Unmet> judge(Rows rows, Object[] values) {
        List<Unmet> all = List.of();
        for (int i = 0; i < rows.beans.length; i++) {
            rows.beans[i].fill(values, i * RowClass.MAX_FIELDS);
            for (ConstraintViolation<Row> violation : validator.validate(rows.beans[i])) {
                all = all.isEmpty() ? new ArrayList<>() : all;
                all.add(unmet(violation));
            }
        }
        if (rows.constraints != null) {
            List<Unmet> more = rows.constraints.judge(values);
            if (!more.isEmpty()) {
                all = all.isEmpty() ? new ArrayList<>() : all;
                all.addAll(more);
            }
        }
        if (all.size() > 1) {
            all.sort(BY_POSITION);
        }
        return all;
    }

    private static Unmet unmet(ConstraintViolation<Row> violation) {
        int position =
                (Integer) violation.getConstraintDescriptor().getAttributes().get("position");
        HibernateConstraintViolation<?> detailed = violation.unwrap(HibernateConstraintViolation.class);
        return new Unmet(position, null, detailed.getDynamicPayload(Unjudgeable.class));
    }

    /** For beans with constraints of their own. */
    Validator validator() {
        return validator;
    }

    @Override
    public void close() {
        factory.close();
    }
}

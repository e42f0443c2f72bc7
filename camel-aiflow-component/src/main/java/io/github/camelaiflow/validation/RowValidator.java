package io.github.camelaiflow.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelaiflow.validation.python.Unjudgeable;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
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

    private static final Comparator<ConstraintViolation<Row>> BY_POSITION =
            Comparator.comparingInt(RowValidator::position);

    private final Plan plan;
    private final ValidatorFactory factory;
    private final Validator validator;
    private final List<RowClass> types = new ArrayList<>();

    RowValidator(Plan plan) {
        this.plan = plan;
        // Named here, because a service look-up would depend on the caller's context class loader
        HibernateValidatorConfiguration configuration = Validation.byProvider(HibernateValidator.class)
                .providerResolver(() -> List.of(new HibernateValidator()))
                .configure();
        ConstraintMapping mapping = configuration.createConstraintMapping();
        map(mapping);
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
        for (int from = 0; from < columns; from += RowClass.MAX_COLUMNS) {
            int count = Math.min(columns - from, RowClass.MAX_COLUMNS);
            RowClass type = new RowClass(count);
            types.add(type);
            TypeConstraintMappingContext<?> bean = mapping.type(type.type());
            for (int i = 0; i < count; i++) {
                fields[from + i] = bean.field(RowClass.field(i));
            }
        }
        for (int position : plan.rowPositions()) {
            fields[plan.operandOf(position)].constraint(constraint(plan.expectation(position), position));
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

    /** Rows to be judged with, again and again, by one thread. */
    Row[] newRows() {
        Row[] rows = new Row[types.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = types.get(i).newRow();
        }
        return rows;
    }

    /**
     * All expectations the values do not meet, in the plan's order.
     *
     * @param rows what {@link #newRows} gave
     * @param values what the plan's operands read, at least those for single records
     */
    List<ConstraintViolation<Row>> judge(Row[] rows, Object[] values) {
        List<ConstraintViolation<Row>> all = List.of();
        for (int i = 0; i < rows.length; i++) {
            rows[i].fill(values, i * RowClass.MAX_COLUMNS);
            Set<ConstraintViolation<Row>> violations = validator.validate(rows[i]);
            if (!violations.isEmpty()) {
                all = all.isEmpty() ? new ArrayList<>() : all;
                all.addAll(violations);
            }
        }
        if (all.size() > 1) {
            all.sort(BY_POSITION);
        }
        return all;
    }

    /** The plan's position of the expectation a violation of {@link #judge} is about. */
    static int position(ConstraintViolation<Row> violation) {
        return (Integer) violation.getConstraintDescriptor().getAttributes().get("position");
    }

    /** Why the value could not be judged; {@code null} if it was judged and is unexpected. */
    static Unjudgeable error(ConstraintViolation<Row> violation) {
        HibernateConstraintViolation<?> detailed = violation.unwrap(HibernateConstraintViolation.class);
        return detailed.getDynamicPayload(Unjudgeable.class);
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

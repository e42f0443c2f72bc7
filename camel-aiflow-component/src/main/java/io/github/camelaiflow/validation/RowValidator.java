package io.github.camelaiflow.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.hibernate.validator.cfg.GenericConstraintDef;
import org.hibernate.validator.cfg.context.PropertyConstraintMappingContext;
import org.hibernate.validator.cfg.context.TypeConstraintMappingContext;
import org.hibernate.validator.engine.HibernateConstraintViolation;

/** Hibernate Validator set up for a plan: a generated bean that carries the plan's expectations as constraints. */
final class RowValidator implements AutoCloseable {

    private final ValidatorFactory factory;
    private final Validator validator;
    private final Supplier<Row> rows;

    RowValidator(Plan plan) {
        Class<? extends Row> type = RowClass.define(plan.columns().length);
        HibernateValidatorConfiguration configuration =
                Validation.byProvider(HibernateValidator.class).configure();
        configuration.addMapping(mapping(configuration, type, plan));
        this.factory =
                configuration.messageInterpolator(new MaskingInterpolator()).buildValidatorFactory();
        this.validator = factory.getValidator();
        this.rows = RowClass.constructor(type);
    }

    private static ConstraintMapping mapping(
            HibernateValidatorConfiguration configuration, Class<? extends Row> type, Plan plan) {
        ConstraintMapping mapping = configuration.createConstraintMapping();
        TypeConstraintMappingContext<?> bean = mapping.type(type);
        PropertyConstraintMappingContext[] fields = new PropertyConstraintMappingContext[plan.columns().length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = bean.field(RowClass.field(i));
        }
        for (int i = 0; i < plan.size(); i++) {
            fields[plan.columnOf(i)].constraint(constraint(plan.expectation(i), i));
        }
        return mapping;
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
            arguments.remove("column");
            return Trees.JSON.writeValueAsString(arguments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("arguments of an expectation are plain JSON values", e);
        }
    }

    /** A row to fill and {@link #judge}; for one thread, to be used again and again. */
    Row newRow() {
        return rows.get();
    }

    /** All expectations the row does not meet, in no order. */
    Set<ConstraintViolation<Row>> judge(Row row) {
        return validator.validate(row);
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

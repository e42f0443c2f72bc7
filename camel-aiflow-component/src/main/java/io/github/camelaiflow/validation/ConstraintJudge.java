package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.expectations.Operand;
import io.github.camelaiflow.validation.jakarta.JakartaCheck;
import io.github.camelaiflow.validation.jakarta.Row;
import io.github.camelaiflow.validation.jakarta.RowClass;
import io.github.camelaiflow.validation.python.BoundedText;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.annotation.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.validator.HibernateValidatorFactory;

/**
 * Judges the values of records by Jakarta constraints, one record after the other, for one thread. A value goes to that field
 * of a constraint that fits it. The others hold {@code null}; where that would be a violation, Hibernate Validator is not let
 * at them: {@link TraversableResolver}.
 */
final class ConstraintJudge implements TraversableResolver {

    private final ConstraintRows constraints;
    private final Validator plain;
    private final Validator selective;
    private final Row[] rows;
    private final Object[] values;
    private final boolean[] used;
    private final TreeMap<Integer, Unmet> unmet = new TreeMap<>();
    private int from;

    ConstraintJudge(ConstraintRows constraints, ValidatorFactory factory) {
        this.constraints = constraints;
        this.plain = factory.getValidator();
        this.selective = constraints.beans().stream().anyMatch(ConstraintRows.Bean::selective)
                ? factory.unwrap(HibernateValidatorFactory.class)
                        .usingContext()
                        .traversableResolver(this)
                        .enableTraversableResolverResultCache(false)
                        .getValidator()
                : plain;
        this.rows =
                constraints.beans().stream().map(bean -> bean.type().newRow()).toArray(Row[]::new);
        this.values = new Object[constraints.fields()];
        this.used = new boolean[constraints.fields()];
    }

    /**
     * The constraints not satisfied, in the plan's order.
     *
     * @param operands what the plan's operands read
     */
    List<Unmet> judge(Object[] operands) {
        unmet.clear();
        Arrays.fill(values, null);
        Arrays.fill(used, false);
        for (ConstraintRows.Placed placed : constraints.placed()) {
            place(placed, operands[placed.operand()]);
        }
        for (int i = 0; i < rows.length; i++) {
            ConstraintRows.Bean bean = constraints.beans().get(i);
            from = bean.from();
            rows[i].fill(values, from);
            judge(bean, rows[i]);
        }
        return List.copyOf(unmet.values());
    }

    private void place(ConstraintRows.Placed placed, Object value) {
        JakartaCheck check = placed.check();
        if (value == Operand.EXCLUDED) {
            return;
        }
        if (Values.missing(value)) {
            used[placed.from()] = check.judgesMissing();
            return;
        }
        Object fitting = value;
        int kind = check.kindOf(value);
        if (kind < 0) {
            fitting = check.convert(value);
            if (fitting == null) {
                Unjudgeable error = new Unjudgeable(check.name() + " has no validator for a value of this kind");
                unmet.put(placed.position(), new Unmet(placed.position(), null, error));
                return;
            }
            kind = check.kindOf(fitting);
        }
        values[placed.from() + kind] = check.guarded(fitting, kind);
        used[placed.from() + kind] = true;
    }

    private void judge(ConstraintRows.Bean bean, Row row) {
        Validator validator = bean.selective() ? selective : plain;
        try {
            violated(validator.validate(row));
        } catch (ValidationException | StackOverflowError | AssertionError | LinkageError e) {
            // One of them failed: each by itself, to find it
            for (int field = from; field < bean.to(); field++) {
                if (used[field]) {
                    judge(validator, row, field);
                }
            }
        }
    }

    private void judge(Validator validator, Row row, int field) {
        try {
            violated(validator.validateProperty(row, RowClass.field(field - from)));
        } catch (ValidationException | StackOverflowError | AssertionError | LinkageError e) {
            ConstraintRows.Placed placed = constraints.at(field);
            unmet.put(placed.position(), new Unmet(placed.position(), null, failure(placed.check(), e)));
        }
    }

    private static Unjudgeable failure(JakartaCheck check, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new Unjudgeable(
                cause instanceof BoundedText.Exhausted || cause instanceof StackOverflowError
                        ? check.name() + " takes too many steps on this value; simplify its regular expression"
                        : "the validator of " + check.name() + " failed: "
                                + cause.getClass().getSimpleName());
    }

    private void violated(Set<ConstraintViolation<Row>> violations) {
        if (violations.isEmpty()) {
            return;
        }
        TreeMap<Integer, TreeSet<String>> messages = new TreeMap<>();
        for (ConstraintViolation<Row> violation : violations) {
            String field = violation.getPropertyPath().iterator().next().getName();
            int index = from + index(field);
            if (!used[index]) {
                continue;
            }
            ConstraintRows.Placed placed = constraints.at(index);
            String message = BeanValidator.message(violation, placed.check().name());
            messages.computeIfAbsent(placed.position(), any -> new TreeSet<>()).add(message);
        }
        messages.forEach((position, texts) -> unmet.put(position, new Unmet(position, String.join("; ", texts), null)));
    }

    private static int index(String field) {
        return Integer.parseInt(field, 1, field.length(), 10);
    }

    @Override
    public boolean isReachable(Object bean, Path.Node node, Class<?> root, Path path, ElementType type) {
        return used[from + index(node.getName())];
    }

    @Override
    public boolean isCascadable(Object bean, Path.Node node, Class<?> root, Path path, ElementType type) {
        return true;
    }
}

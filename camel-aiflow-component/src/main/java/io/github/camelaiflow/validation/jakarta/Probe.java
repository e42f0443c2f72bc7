package io.github.camelaiflow.validation.jakarta;

import jakarta.validation.MessageInterpolator;
import jakarta.validation.UnexpectedTypeException;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.hibernate.validator.cfg.context.TypeConstraintMappingContext;

/**
 * Tries constraints before the first record does: which kinds of values they have validators for, whether these accept the
 * attributes given, and what they say of {@code null}.
 */
final class Probe {

    /** Hibernate Validator's own code for an exception that a validator threw of a value. */
    private static final String THROWN_BY_VALIDATOR = "HV000028";

    private static final MessageInterpolator NONE = new MessageInterpolator() {
        @Override
        public String interpolate(String template, Context context) {
            return template;
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            return template;
        }
    };

    /** What came of it: a check, or why there is none. */
    record Tried(JakartaCheck check, String problem) {}

    private Probe() {}

    /** The outcome of each constraint, in order. */
    static List<Tried> all(List<NamedConstraint> constraints) {
        List<Tried> tried = new ArrayList<>();
        for (int from = 0; from < constraints.size(); from += RowClass.MAX_FIELDS) {
            tried.addAll(some(constraints.subList(from, Math.min(from + RowClass.MAX_FIELDS, constraints.size()))));
        }
        return tried;
    }

    /** One that cannot even be read spoils the class it stands in, so it is looked for by halves. */
    private static List<Tried> some(List<NamedConstraint> constraints) {
        List<ValueKinds> kinds = new ArrayList<>();
        try {
            List<Class<?>> anything = new ArrayList<>();
            constraints.forEach(any -> anything.add(Object.class));
            with(constraints, anything, (validator, row) -> {
                for (int i = 0; i < constraints.size(); i++) {
                    kinds.add(ValueKinds.of(validator
                            .getConstraintsForClass(row.getClass())
                            .getConstraintsForProperty(RowClass.field(i))
                            .getConstraintDescriptors()
                            .iterator()
                            .next()));
                }
            });
        } catch (ValidationException | IllegalArgumentException | LinkageError e) {
            int half = constraints.size() / 2;
            if (half == 0) {
                return List.of(new Tried(null, "cannot be read as a constraint: " + reason(e)));
            }
            List<Tried> tried = new ArrayList<>(some(constraints.subList(0, half)));
            tried.addAll(some(constraints.subList(half, constraints.size())));
            return tried;
        }
        List<Tried> tried = new ArrayList<>();
        int from = 0;
        while (from < constraints.size()) {
            int to = from;
            int fields = 0;
            while (to < constraints.size()
                    && (to == from || fields + kinds.get(to).types().size() <= RowClass.MAX_FIELDS)) {
                fields += kinds.get(to++).types().size();
            }
            tried.addAll(typed(constraints.subList(from, to), kinds.subList(from, to)));
            from = to;
        }
        return tried;
    }

    private static List<Tried> typed(List<NamedConstraint> constraints, List<ValueKinds> kinds) {
        List<NamedConstraint> onFields = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>();
        for (int i = 0; i < constraints.size(); i++) {
            for (Class<?> type : kinds.get(i).types()) {
                onFields.add(constraints.get(i));
                types.add(type);
            }
        }
        List<Tried> tried = new ArrayList<>();
        with(onFields, types, (validator, row) -> {
            int field = 0;
            for (int i = 0; i < constraints.size(); i++) {
                tried.add(one(constraints.get(i), kinds.get(i), validator, row, field));
                field += kinds.get(i).types().size();
            }
        });
        return tried;
    }

    private static Tried one(NamedConstraint constraint, ValueKinds kinds, Validator validator, Row row, int from) {
        boolean judgesMissing = false;
        List<Integer> usable = new ArrayList<>();
        for (int i = 0; i < kinds.types().size(); i++) {
            try {
                judgesMissing |= !validator
                        .validateProperty(row, RowClass.field(from + i))
                        .isEmpty();
                usable.add(i);
            } catch (UnexpectedTypeException e) {
                // Two validators fit values of this kind equally well
            } catch (ValidationException | LinkageError | StackOverflowError | AssertionError e) {
                if (!(e instanceof ValidationException)
                        || !String.valueOf(e.getMessage()).startsWith(THROWN_BY_VALIDATOR)) {
                    return new Tried(null, "attributes must be ones the constraint takes; " + reason(e));
                }
                usable.add(i);
            }
        }
        return usable.isEmpty()
                ? new Tried(null, "must have a validator for a public type of values, each of its parts for the same")
                : new Tried(new JakartaCheck(constraint, kinds.only(usable), judgesMissing), null);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.lines().findFirst().orElse("");
    }

    /** A bean with these constraints, one a field, while something is done with it. */
    private static void with(
            List<NamedConstraint> constraints, List<Class<?>> types, BiConsumer<Validator, Row> action) {
        RowClass bean = new RowClass(types);
        HibernateValidatorConfiguration configuration = Hibernate.configuration();
        ConstraintMapping mapping = configuration.createConstraintMapping();
        TypeConstraintMappingContext<?> fields = mapping.type(bean.type());
        for (int i = 0; i < constraints.size(); i++) {
            fields.field(RowClass.field(i)).constraint(constraints.get(i).definition());
        }
        try (ValidatorFactory factory =
                configuration.addMapping(mapping).messageInterpolator(NONE).buildValidatorFactory()) {
            action.accept(factory.getValidator(), bean.newRow());
        }
    }
}

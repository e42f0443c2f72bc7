package io.github.camelaiflow.validation.jakarta;

import jakarta.validation.MessageInterpolator;
import jakarta.validation.UnexpectedTypeException;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        Map<Class<?>, NamedConstraint> oneOfEach = new LinkedHashMap<>();
        constraints.forEach(constraint -> oneOfEach.putIfAbsent(constraint.type(), constraint));
        Map<Class<?>, ValueKinds> kinds = new HashMap<>();
        Map<Class<?>, String> unreadable = new HashMap<>();
        List<NamedConstraint> types = List.copyOf(oneOfEach.values());
        for (int from = 0; from < types.size(); from += RowClass.MAX_FIELDS) {
            int to = Math.min(from + RowClass.MAX_FIELDS, types.size());
            read(types.subList(from, to), kinds, unreadable);
        }
        Map<NamedConstraint, Tried> tried = new IdentityHashMap<>();
        List<NamedConstraint> batch = new ArrayList<>();
        int fields = 0;
        for (NamedConstraint constraint : constraints) {
            if (unreadable.containsKey(constraint.type())) {
                tried.put(constraint, new Tried(null, unreadable.get(constraint.type())));
                continue;
            }
            int more = kinds.get(constraint.type()).types().size();
            if (fields + more > RowClass.MAX_FIELDS) {
                judgeNull(batch, kinds, tried);
                batch.clear();
                fields = 0;
            }
            batch.add(constraint);
            fields += more;
        }
        judgeNull(batch, kinds, tried);
        return constraints.stream().map(tried::get).toList();
    }

    /** One that cannot even be read spoils the class it stands in, so it is looked for by halves. */
    private static void read(
            List<NamedConstraint> types, Map<Class<?>, ValueKinds> kinds, Map<Class<?>, String> unreadable) {
        try {
            with(types, Collections.nCopies(types.size(), Object.class), (validator, row) -> {
                for (int i = 0; i < types.size(); i++) {
                    ConstraintDescriptor<?> descriptor = validator
                            .getConstraintsForClass(row.getClass())
                            .getConstraintsForProperty(RowClass.field(i))
                            .getConstraintDescriptors()
                            .iterator()
                            .next();
                    kinds.put(types.get(i).type(), ValueKinds.of(descriptor));
                }
            });
        } catch (ValidationException | IllegalArgumentException | LinkageError e) {
            int half = types.size() / 2;
            if (half == 0) {
                unreadable.put(types.get(0).type(), "cannot be read as a constraint: " + reason(e));
            } else {
                read(types.subList(0, half), kinds, unreadable);
                read(types.subList(half, types.size()), kinds, unreadable);
            }
        }
    }

    private static void judgeNull(
            List<NamedConstraint> constraints, Map<Class<?>, ValueKinds> kinds, Map<NamedConstraint, Tried> tried) {
        List<NamedConstraint> onFields = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>();
        for (NamedConstraint constraint : constraints) {
            for (Class<?> type : kinds.get(constraint.type()).types()) {
                onFields.add(constraint);
                types.add(type);
            }
        }
        with(onFields, types, (validator, row) -> {
            int field = 0;
            for (NamedConstraint constraint : constraints) {
                ValueKinds own = kinds.get(constraint.type());
                tried.put(constraint, judgeNull(constraint, own, validator, row, field));
                field += own.types().size();
            }
        });
    }

    private static Tried judgeNull(
            NamedConstraint constraint, ValueKinds kinds, Validator validator, Row row, int from) {
        boolean judgesMissing = false;
        boolean throwsAtNull = false;
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
                throwsAtNull = true;
                usable.add(i);
            }
        }
        if (usable.isEmpty()) {
            return new Tried(null, "must have a validator for a public type of values, each of its parts for the same");
        }
        boolean acceptsNull = !judgesMissing && !throwsAtNull;
        return new Tried(new JakartaCheck(constraint, kinds.only(usable), judgesMissing, acceptsNull), null);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.lines().findFirst().orElse("");
    }

    /** A bean with these constraints, one a field, while something is done with it. */
    private static void with(
            List<NamedConstraint> constraints, List<? extends Class<?>> types, BiConsumer<Validator, Row> action) {
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

package io.github.camelaiflow.validation.jakarta;

import io.github.camelaiflow.validation.expectations.ConstraintCheck;
import io.github.camelaiflow.validation.python.BoundedText;
import java.lang.annotation.Annotation;
import java.util.List;
import org.hibernate.validator.cfg.GenericConstraintDef;

/**
 * A Jakarta constraint of a record's field. Validators are made for declared types, the fields of records have none: so it
 * stands on one bean field for each kind of value that has a validator, and each value goes to the field that fits it best.
 */
public final class JakartaCheck implements ConstraintCheck {

    private final NamedConstraint constraint;
    private final ValueKinds kinds;
    private final boolean judgesMissing;
    private final boolean acceptsNull;

    /**
     * @param judgesMissing whether a validator says no to {@code null}
     * @param acceptsNull whether each validator says yes to {@code null}, and none throws
     */
    JakartaCheck(NamedConstraint constraint, ValueKinds kinds, boolean judgesMissing, boolean acceptsNull) {
        this.constraint = constraint;
        this.kinds = kinds;
        this.judgesMissing = judgesMissing;
        this.acceptsNull = acceptsNull;
    }

    @Override
    public String requirement() {
        return constraint.requirement();
    }

    /** Whether {@code null} does not satisfy it, as it does not satisfy NotNull and NotBlank. */
    @Override
    public boolean judgesMissing() {
        return judgesMissing;
    }

    /** Whether a field that holds {@code null} satisfies it, whatever its kind. */
    public boolean acceptsNull() {
        return acceptsNull;
    }

    /** Its name as the suite writes it. */
    public String name() {
        return constraint.name();
    }

    /** The kinds of values that have a validator, at least one. */
    public List<Class<?>> kinds() {
        return kinds.types();
    }

    /** A new definition of it, for one field. */
    public GenericConstraintDef<? extends Annotation> definition() {
        return constraint.definition();
    }

    /**
     * The place among {@link #kinds} of the most specific one the value is of; -1 if there is none.
     *
     * @param value not {@code null}
     */
    public int kindOf(Object value) {
        return kinds.of(value);
    }

    /** The value as something that is of one of the kinds, without a loss; {@code null} if it cannot be. */
    public Object convert(Object value) {
        return Conversions.convert(value, kinds.types());
    }

    /** The value as its validator shall see it: text in a form that stops a regular expression which backtracks for ever. */
    public Object guarded(Object value, int kind) {
        boolean text = kinds.types().get(kind) == CharSequence.class && kinds.ofHibernate();
        return text ? new BoundedText(value.toString()) : value;
    }
}

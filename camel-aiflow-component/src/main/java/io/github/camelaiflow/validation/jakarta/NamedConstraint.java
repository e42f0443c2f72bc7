package io.github.camelaiflow.validation.jakarta;

import io.github.camelaiflow.validation.expectations.ConstraintCheck;
import java.lang.annotation.Annotation;
import java.util.Map;
import org.hibernate.validator.cfg.GenericConstraintDef;

/**
 * A constraint as a suite names it.
 *
 * @param name as written
 * @param type its annotation
 * @param attributes those given, each of the type its annotation declares
 */
record NamedConstraint(String name, Class<? extends Annotation> type, Map<String, Object> attributes)
        implements ConstraintCheck {

    @Override
    public String requirement() {
        return "must satisfy " + name;
    }

    /** A new definition of it: Hibernate Validator takes each only once. */
    GenericConstraintDef<? extends Annotation> definition() {
        return definition(type);
    }

    private <A extends Annotation> GenericConstraintDef<A> definition(Class<A> annotation) {
        GenericConstraintDef<A> definition = new GenericConstraintDef<>(annotation);
        attributes.forEach(definition::param);
        return definition;
    }
}

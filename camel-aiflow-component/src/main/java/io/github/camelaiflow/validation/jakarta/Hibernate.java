package io.github.camelaiflow.validation.jakarta;

import jakarta.validation.Validation;
import java.util.List;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.HibernateValidatorConfiguration;

/** Where Hibernate Validator comes from. */
public final class Hibernate {

    private Hibernate() {}

    /** A fresh configuration of Hibernate Validator, as {@code META-INF/validation.xml} has it if there is one. */
    public static HibernateValidatorConfiguration configuration() {
        // Named here, because a service look-up would depend on the caller's context class loader
        return Validation.byProvider(HibernateValidator.class)
                .providerResolver(() -> List.of(new HibernateValidator()))
                .configure();
    }
}

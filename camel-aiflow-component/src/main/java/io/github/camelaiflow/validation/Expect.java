package io.github.camelaiflow.validation;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A value must meet a Great Expectations expectation: the Jakarta constraint by which Hibernate Validator judges the
 * fields of records, and which a bean may carry as well. Missing values ({@code null}, NaN) pass all but the null
 * expectations.
 */
@Documented
@Constraint(validatedBy = ExpectValidator.class)
@Target({FIELD, METHOD, PARAMETER, TYPE_USE, ANNOTATION_TYPE})
@Retention(RUNTIME)
@Repeatable(Expect.List.class)
public @interface Expect {

    /** GX's name of the expectation, such as {@code expect_column_values_to_be_between}. */
    String type();

    /** Its arguments as a JSON object, without {@code column}. */
    String kwargs() default "{}";

    /** Its place in the suite; -1 outside of one. */
    int position() default -1;

    String message() default "must meet {type}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Several expectations of one value. */
    @Documented
    @Target({FIELD, METHOD, PARAMETER, TYPE_USE, ANNOTATION_TYPE})
    @Retention(RUNTIME)
    @interface List {
        Expect[] value();
    }
}

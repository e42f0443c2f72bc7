package io.github.camelaiflow.validation;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a constraint of an application puts into messages and paths while it judges stays out of results. */
class BeanPrivacyTest {

    @Target(TYPE)
    @Retention(RUNTIME)
    @Constraint(validatedBy = Telling.class)
    public @interface Tells {
        String message() default "must be quiet";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    @Tells
    public record Secret(String word) {}

    /** Says the value in another form, and as the name of a property. */
    public static final class Telling implements ConstraintValidator<Tells, Secret> {

        @Override
        public boolean isValid(Secret secret, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("no " + secret.word().toUpperCase(java.util.Locale.ROOT))
                    .addPropertyNode(secret.word())
                    .addConstraintViolation();
            context.buildConstraintViolationWithTemplate("must be quiet")
                    .addPropertyNode("word")
                    .addConstraintViolation();
            return false;
        }
    }

    public static final class Chain {

        @NotNull
        public String name;

        @Valid
        public Chain next;
    }

    @Test
    void textsAndNamesMadeOfValuesAreHidden() {
        ValidationResult result = judge(new Secret("abracadabra"));

        assertThat(result.rejected().get(0).reasons())
                .extracting(reason -> reason.field() + ": " + reason.message())
                .containsExactlyInAnyOrder("?: must satisfy Tells", "word: must be quiet");
        assertThat(result.toJson()).doesNotContainIgnoringCase("abracadabra");
    }

    @Test
    void pathsOfBeansInBeansHaveAnEnd() {
        Chain last = new Chain();
        for (int i = 0; i < 100; i++) {
            Chain before = new Chain();
            before.next = last;
            last = before;
        }

        ValidationResult result = judge(last);

        assertThat(result.rejected().get(0).reasons()).hasSize(101);
        assertThat(result.results()).hasSizeLessThan(15);
        assertThat(result.fields()).allMatch(field -> field.length() < 60).contains("name", "next.name");
    }

    private static ValidationResult judge(Object bean) {
        try (RecordValidator validator = new RecordValidator(Schema.NONE, Suite.NONE)) {
            return validator.validate(
                    new Records(List.of(Map.of()), List.of(bean), false), Scope.RECORD, ResultFormat.SUMMARY);
        }
    }
}

package io.github.camelaiflow.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;

/** Constraints of an application, as a user would write them. */
public final class Vehicles {

    private Vehicles() {}

    /** Where a vehicle is registered. */
    public enum Region {
        EU,
        US
    }

    /** With attributes of many types. */
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = VinValidator.class)
    public @interface ValidVin {
        int length() default 17;

        Region region() default Region.EU;

        String[] makers() default {};

        long[] years() default {};

        double share() default 0.5;

        boolean strict() default false;

        char check() default 'X';

        Class<?> owner() default Object.class;

        String message() default "{acme.vin}";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Takes text. */
    public static final class VinValidator implements ConstraintValidator<ValidVin, String> {
        private ValidVin vin;

        @Override
        public void initialize(ValidVin annotation) {
            vin = annotation;
        }

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null
                    || (value.length() == vin.length()
                            && (vin.makers().length == 0
                                    || Arrays.stream(vin.makers()).anyMatch(value::startsWith))
                            && (!vin.strict() || vin.region() == Region.US)
                            && (vin.owner() == Object.class || vin.owner() == Vehicles.class)
                            && Arrays.stream(vin.years()).allMatch(year -> year > 1900)
                            && vin.check() + vin.share() > 0);
        }
    }

    /** Composed of others, which tell themselves what is wrong. */
    @Size(min = 2, max = 4)
    @Pattern(regexp = "[A-Z]*", message = "must be upper case")
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = {})
    public @interface Plate {
        String message() default "is no plate";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Has validators for two types, rejects null, and throws at the value 13. */
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = {DoorsOfNumber.class, DoorsOfText.class})
    public @interface Doors {
        String message() default "must be doors";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Takes numbers. */
    public static final class DoorsOfNumber implements ConstraintValidator<Doors, Long> {
        @Override
        public boolean isValid(Long value, ConstraintValidatorContext context) {
            if (value != null && value == 13) {
                throw new IllegalStateException("door " + value);
            }
            return value != null && value < 6;
        }
    }

    /** Takes text. */
    public static final class DoorsOfText implements ConstraintValidator<Doors, CharSequence> {
        @Override
        public boolean isValid(CharSequence value, ConstraintValidatorContext context) {
            return value != null && value.length() < 6;
        }
    }

    /** Fails at everything, null too. */
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = BrokenValidator.class)
    public @interface Broken {
        String message() default "never told";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Takes anything. */
    public static final class BrokenValidator implements ConstraintValidator<Broken, Object> {
        @Override
        public boolean isValid(Object value, ConstraintValidatorContext context) {
            throw new IllegalArgumentException("bad " + value);
        }
    }

    /** Tells the value. */
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = ChattyValidator.class)
    public @interface Chatty {
        String message() default "is wrong";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    /** Takes text. */
    public static final class ChattyValidator implements ConstraintValidator<Chatty, String> {
        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("never " + value).addConstraintViolation();
            return value == null;
        }
    }

    /** For classes only. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = {})
    public @interface WholeOnly {
        String message() default "is wrong";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }
}

package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.expect;
import static io.github.camelaiflow.validation.Fixtures.row;
import static io.github.camelaiflow.validation.Fixtures.suite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.validation.groups.Default;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.hibernate.validator.constraints.LuhnCheck;
import org.hibernate.validator.constraints.UniqueElements;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeanConstraintsTest {

    private static final String CANARY = "canary-7731";

    interface Strict {}

    record Item(@NotBlank String name, @Positive double price) {}

    record Order(
            @NotNull String id,
            @Max(value = 10, groups = Strict.class) int count,
            @Valid List<Item> items,
            Map<String, @Size(max = 3) String> notes,
            List<@Email String> mails) {}

    record Plain(String id) {}

    record Card(
            @LuhnCheck(message = "card ${validatedValue} is wrong")
            String number,

            @Pattern(regexp = "[a-z]+", message = "was ${validatedValue}")
            String name) {}

    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = TalkativeValidator.class)
    @interface Talkative {
        String message() default "is wrong";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    public static final class TalkativeValidator implements ConstraintValidator<Talkative, Object> {
        @Override
        public boolean isValid(Object value, ConstraintValidatorContext context) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate("do not send " + value).addConstraintViolation();
            return false;
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = QuotingValidator.class)
    @interface Quoting {
        String message() default "{bad} is {why}";

        String why() default "wrong";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    public static final class QuotingValidator implements ConstraintValidator<Quoting, Object> {
        @Override
        public boolean isValid(Object value, ConstraintValidatorContext context) {
            context.unwrap(HibernateConstraintValidatorContext.class)
                    .addMessageParameter("bad", value)
                    .addExpressionVariable("bad", value);
            return false;
        }
    }

    enum Word {
        CANARY_7731
    }

    record Quoted(@Quoting Word word) {}

    @Quoting
    record QuotedWhole(String word) {}

    record Repeated(
            @UniqueElements(message = "has {duplicates} more than once")
            List<String> words) {}

    record Bounded(
            @DecimalMax("5") double max,
            @DecimalMin(value = "5", inclusive = false) double min) {}

    record Secret(@Talkative String word) {}

    @Talkative
    record Whole(String word) {}

    record Scored(
            @Expect(type = "expect_column_values_to_be_between", kwargs = "{\"min_value\": 0, \"max_value\": 1}")
            double score) {}

    record Misused(
            @Expect(type = "expect_column_values_to_be_between", kwargs = "{\"max\": 1}")
            double score) {}

    record Failing(@Valid Item item) {
        @AssertTrue
        public boolean isFine() {
            throw new IllegalStateException(item.name());
        }
    }

    private final Locale locale = Locale.getDefault();

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(locale);
    }

    private static Records beans(Object... beans) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < beans.length; i++) {
            rows.add(row("c", i));
        }
        return new Records(rows, List.of(beans), true);
    }

    private static ValidationResult judge(Records records, Class<?>... groups) {
        try (RecordValidator validator = new RecordValidator(Schema.NONE, Suite.NONE, List.of(groups), null)) {
            return validator.validate(records, Scope.BATCH, ResultFormat.COMPLETE);
        }
    }

    private static List<String> reasons(ValidationResult result) {
        return result.rejected().stream()
                .flatMap(record -> record.reasons().stream())
                .map(reason -> reason.field() + ": " + reason.expectation() + ": " + reason.message())
                .toList();
    }

    private static Order order(int count, Item... items) {
        return new Order("o", count, List.of(items), Map.of(), List.of());
    }

    @Test
    void aBeansConstraintsAreJudgedWithCascadesAndContainerElements() {
        Order bad = new Order(
                null,
                99,
                List.of(new Item("ok", 1), new Item(" ", -1)),
                Map.of(CANARY, CANARY),
                List.of("a@b.de", CANARY));

        ValidationResult result = judge(beans(order(99), bad));

        assertThat(result.valid()).isFalse();
        assertThat(result.rejected()).extracting(FlaggedRecord::index).containsExactly(1);
        assertThat(reasons(result))
                .containsExactly(
                        "id: NotNull: must not be null",
                        "items[1].name: NotBlank: must not be blank",
                        "items[1].price: Positive: must be greater than 0",
                        "mails[1]: Email: must be a well-formed email address",
                        "notes[].<map value>: Size: size must be between 0 and 3");
        assertThat(result.results())
                .extracting(one -> one.expectation().column())
                .containsExactly("id", "items[].name", "items[].price", "mails[]", "notes[].<map value>");
        assertThat(result.results().get(0).unexpectedIndexes()).containsExactly(1);
        assertThat(result.toJson() + result).doesNotContain(CANARY);
    }

    @Test
    void groupsChooseTheConstraints() {
        assertThat(judge(beans(order(99))).valid()).isTrue();
        assertThat(reasons(judge(beans(order(99)), Strict.class)))
                .containsExactly("count: Max: must be less than or equal to 10");
        assertThat(reasons(judge(beans(order(99, new Item("", 1))), Strict.class, Default.class)))
                .hasSize(2);
    }

    @Test
    void expectationsAndConstraintsStandInOneResult() {
        try (RecordValidator validator =
                new RecordValidator(Schema.NONE, suite(expect("values_to_be_between", "min_value: 1")))) {
            Records records = beans(new Item("", 1), new Item("a", 1));

            ValidationResult result = validator.validate(records);

            assertThat(result.rejected()).singleElement().satisfies(record -> assertThat(record.reasons())
                    .extracting(Reason::expectation)
                    .containsExactly("expect_column_values_to_be_between", "NotBlank"));
            assertThat(result.statistics()).isEqualTo(new Statistics(2, 0, 0.0));
        }
    }

    @Test
    void aBeanWithoutConstraintsIsNotJudged() {
        ValidationResult result = judge(beans(new Plain("x")));

        assertThat(result.valid()).isNull();
        assertThat(result.reason()).isEqualTo("NO_DATA");
    }

    @Test
    void noMessageHoldsAValue() {
        ValidationResult result = judge(beans(new Card(CANARY, CANARY), new Secret(CANARY)));

        assertThat(result.rejected()).hasSize(2);
        assertThat(reasons(result)).contains("word: Talkative: must satisfy Talkative");
        assertThat(result + result.toJson() + result.toException().getMessage()).doesNotContain(CANARY);
    }

    @Test
    void parametersAConstraintPutsIntoItsMessageAreHidden() {
        for (Object bean :
                List.of(new Quoted(Word.CANARY_7731), new QuotedWhole(CANARY), new Repeated(List.of(CANARY, CANARY)))) {
            ValidationResult result = judge(beans(bean));

            assertThat(reasons(result))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("(hidden)");
            assertThat(result + result.toJson() + result.toException())
                    .doesNotContainIgnoringCase(CANARY)
                    .doesNotContain("CANARY_7731");
        }
    }

    @Test
    void messagesReadWellWithoutExpressionLanguage() {
        assertThat(reasons(judge(beans(new Bounded(12, 3)))))
                .containsExactly(
                        "max: DecimalMax: must be less than or equal to 5", "min: DecimalMin: must be greater than 5");
    }

    @Test
    void beansMayCarryExpectationsThemselves() {
        assertThat(judge(beans(new Scored(0.5))).valid()).isTrue();
        assertThat(reasons(judge(beans(new Scored(1.5)))))
                .containsExactly(
                        "score: expect_column_values_to_be_between: must meet" + " expect_column_values_to_be_between");
        assertThatExceptionOfType(ConstraintDeclarationException.class)
                .isThrownBy(() -> judge(beans(new Misused(1))))
                .withStackTraceContaining("argument max is not supported");
    }

    @Test
    void aConstraintThatFailsItselfRejectsItsBeanAlone() {
        ValidationResult result = judge(beans(new Failing(new Item(CANARY, 1)), new Item("a", 1)));

        assertThat(result.rejected()).singleElement().satisfies(record -> {
            assertThat(record.index()).isZero();
            assertThat(record.reasons()).hasSize(1);
        });
        assertThat(reasons(result).get(0)).startsWith(": ").contains("must be judged without a failure");
        assertThat(result.fields()).isEmpty();
        assertThat(result + result.toJson() + result.toException()).doesNotContain(CANARY);
    }

    @Test
    void aClassLevelConstraintSpeaksOfTheBeanWithoutPrintingIt() {
        ValidationResult result = judge(beans(new Whole(CANARY)));

        assertThat(reasons(result)).containsExactly(": Talkative: must satisfy Talkative");
        assertThat(result + result.toJson() + result.toException()).doesNotContain(CANARY);
    }
}

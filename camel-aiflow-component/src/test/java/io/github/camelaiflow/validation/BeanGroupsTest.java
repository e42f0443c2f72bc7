package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import jakarta.validation.GroupSequence;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.validation.groups.ConvertGroup;
import jakarta.validation.groups.Default;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups, their sequences, and where on a bean constraints may stand. */
class BeanGroupsTest {

    interface First {}

    interface Second {}

    @GroupSequence({First.class, Second.class})
    interface Ordered {}

    record Stepwise(
            @NotNull(groups = First.class) String id,
            @Min(value = 1, groups = Second.class) int count) {}

    @GroupSequence({Redefined.class, Second.class})
    record Redefined(
            @NotBlank String id,
            @Min(value = 1, groups = Second.class) int count) {}

    record Part(@NotNull(groups = Second.class) String name) {}

    record Whole(
            @Valid @ConvertGroup(from = Default.class, to = Second.class)
            Part part) {}

    record Nested(Map<@NotBlank String, List<@Valid Part>> parts, Optional<@Positive Integer> rank) {}

    static class Base {
        @NotNull
        public String inherited;
    }

    static final class Account extends Base {
        private final int balance;

        Account(int balance) {
            this.balance = balance;
        }

        @Positive
        public int getBalance() {
            return balance;
        }

        @AssertTrue(message = "{acme.open}")
        public boolean isOpen() {
            return false;
        }

        @Size(min = 2, max = 3, message = "needs {min} to {max}, was ${validatedValue}")
        public String getCode() {
            return "canary";
        }
    }

    private static final Function<String, Class<?>> CLASSES = name -> {
        try {
            return Class.forName(name, false, BeanGroupsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    };

    private final Locale locale = Locale.getDefault();

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(locale);
    }

    private static List<String> judge(Object bean, Class<?>... groups) {
        Records records = new Records(List.of(row("c", 1)), List.of(bean), false);
        try (RecordValidator validator =
                new RecordValidator(Schema.NONE, Suite.NONE, List.of(groups), InstantSource.fixed(Instant.EPOCH))) {
            List<String> reasons = new ArrayList<>();
            validator.validate(records).rejected().forEach(record -> record.reasons()
                    .forEach(reason -> reasons.add(reason.field() + ": " + reason.message())));
            return reasons;
        }
    }

    @Test
    void aSequenceStopsAtTheFirstGroupThatFails() {
        assertThat(judge(new Stepwise(null, 0))).isEmpty();
        assertThat(judge(new Stepwise(null, 0), First.class, Second.class)).hasSize(2);
        assertThat(judge(new Stepwise(null, 0), Ordered.class)).containsExactly("id: must not be null");
        assertThat(judge(new Stepwise("a", 0), Ordered.class))
                .containsExactly("count: must be greater than or equal to 1");
    }

    @Test
    void aClassMayRedefineItsDefaultSequence() {
        assertThat(judge(new Redefined("", 0))).containsExactly("id: must not be blank");
        assertThat(judge(new Redefined("a", 0))).containsExactly("count: must be greater than or equal to 1");
    }

    @Test
    void groupsAreConvertedOnTheWay() {
        assertThat(judge(new Whole(new Part(null)))).containsExactly("part.name: must not be null");
        assertThat(judge(new Part(null))).isEmpty();
    }

    @Test
    void containersAreJudgedInsideAndOut() {
        Nested nested = new Nested(Map.of(" ", List.of(new Part(null))), Optional.of(-1));

        assertThat(judge(nested, Default.class, Second.class))
                .containsExactly(
                        "parts[].<map key>: must not be blank",
                        "parts[].<map value>[0].name: must not be null",
                        "rank: must be greater than 0");
    }

    @Test
    void gettersAndInheritedFieldsAreJudgedWithBundlesAndParameters() {
        assertThat(judge(new Account(-1)))
                .containsExactly(
                        "balance: must be greater than 0",
                        "code: needs 2 to 3, was (hidden)",
                        "inherited: must not be null",
                        "open: must be open in bundle");
        Locale.setDefault(Locale.GERMAN);
        assertThat(judge(new Account(-1))).contains("open: muss offen sein");
    }

    @Test
    void constraintsOfTheSuiteAndOfTheBeanStandInOneResult() {
        Suite suite = SuiteReader.read("""
                - {type: Email, kwargs: {column: mail}}
                - {type: expect_column_values_to_not_be_null, kwargs: {column: id}}
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8), "suite.yaml");
        Records records = new Records(
                List.of(row("id", null, "mail", "x"), row("id", "a", "mail", "a@b.de")),
                List.of(new Redefined("", 1), new Redefined("a", 1)),
                true);
        try (RecordValidator validator = new RecordValidator(Schema.NONE, suite)) {
            ValidationResult result = validator.validate(records);

            assertThat(result.rejected()).singleElement().satisfies(record -> assertThat(record.reasons())
                    .extracting(Reason::expectation)
                    .containsExactlyInAnyOrder("Email", "expect_column_values_to_not_be_null", "NotBlank"));
            assertThat(result.results())
                    .extracting(one -> one.expectation().type())
                    .containsExactly("Email", "expect_column_values_to_not_be_null", "NotBlank");
        }
    }

    @Test
    void groupsAreFoundByName() {
        assertThat(BeanGroups.of(List.of(First.class.getName(), Default.class.getName()), "here", CLASSES))
                .containsExactly(First.class, Default.class);
        assertThatExceptionOfType(SuiteException.class)
                .isThrownBy(() -> BeanGroups.of(
                        List.of("com.acme.None", "java.lang.String", Override.class.getName()), "claims.yaml", CLASSES))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "claims.yaml: group com.acme.None must be on the class path",
                                "claims.yaml: group java.lang.String must be an interface, as Jakarta Validation asks of"
                                        + " groups",
                                "claims.yaml: group java.lang.Override must be an interface, as Jakarta Validation asks"
                                        + " of groups"));
    }
}

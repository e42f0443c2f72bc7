package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.column;
import static io.github.camelaiflow.validation.Fixtures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.validation.expectations.Operand;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Jakarta constraints that a suite names for fields of records. */
class JakartaInSuitesTest {

    private static final String VEHICLES = Vehicles.class.getName() + "$";
    private static final SuiteSettings SETTINGS = SuiteSettings.STRICT.withClasses(name -> {
        try {
            return Class.forName(name, false, JakartaInSuitesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    });

    private final Locale locale = Locale.getDefault();

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(locale);
    }

    private static Suite suite(String... entries) {
        StringBuilder yaml = new StringBuilder("name: test\nexpectations:\n");
        Arrays.stream(entries).forEach(entry -> yaml.append("- {").append(entry).append("}\n"));
        return SuiteReader.read(yaml.toString().getBytes(StandardCharsets.UTF_8), "test.yaml", SETTINGS);
    }

    private static String of(String type, String kwargs) {
        return "type: \"" + type + "\", kwargs: {column: c" + (kwargs.isEmpty() ? "" : ", " + kwargs) + "}";
    }

    private static ExpectationResult judge(String type, String kwargs, Object... values) {
        return Fixtures.validate(suite(of(type, kwargs)), column(values))
                .results()
                .get(0);
    }

    private static List<String> messages(ValidationResult result) {
        return result.rejected().stream()
                .flatMap(record -> record.reasons().stream())
                .map(Reason::message)
                .toList();
    }

    private static List<String> problems(String... entries) {
        try {
            suite(entries);
            return List.of();
        } catch (SuiteException e) {
            return e.problems();
        }
    }

    @Test
    void aConstraintIsAMapExpectation() {
        ExpectationResult result = judge("Email", "mostly: 0.6", "a@b.de", "c@d.de", "no mail", null);

        assertThat(result.success()).isTrue();
        assertThat(result.expectation().type()).isEqualTo("Email");
        assertThat(result.expectation().column()).isEqualTo("c");
        assertThat(result.expectation().kwargs()).isEqualTo(Map.of("column", "c", "mostly", 0.6));
        assertThat(result.elementCount()).isEqualTo(4);
        assertThat(result.missingCount()).isEqualTo(1);
        assertThat(result.unexpectedCount()).isEqualTo(1);
        assertThat(result.unexpectedValues()).containsExactly("no mail");
        assertThat(result.unexpectedIndexes()).containsExactly(2);
        assertThat(judge("Email", "mostly: 0.7", "a@b.de", "c@d.de", "no mail", null)
                        .success())
                .isFalse();
    }

    @Test
    void constraintsAndExpectationsStandInOneResultInTheSuitesOrder() {
        Suite suite = suite(
                of("NotBlank", ""),
                "type: expect_column_values_to_be_in_set, kwargs: {column: c, value_set: [a]}",
                of("jakarta.validation.constraints.Size", "max: 1"));

        ValidationResult result = Fixtures.validate(suite, column("a", " x"));

        assertThat(result.results())
                .extracting(one -> one.expectation().type())
                .containsExactly(
                        "NotBlank", "expect_column_values_to_be_in_set", "jakarta.validation.constraints.Size");
        assertThat(result.rejected()).singleElement().satisfies(record -> assertThat(record.reasons())
                .extracting(Reason::expectation)
                .containsExactly("expect_column_values_to_be_in_set", "jakarta.validation.constraints.Size"));
        assertThat(result.toJson()).contains("\"type\":\"jakarta.validation.constraints.Size\"");
    }

    static Stream<Arguments> kindsOfValues() {
        UUID uuid = new UUID(0x1234567812341234L, 0x9234567812345678L);
        return Stream.of(
                arguments("Size", "max: 2", List.of("ab", List.of(1), Map.of(), new int[2], new Utf8("ab")), "abc"),
                arguments("Size", "max: 2", List.of("a"), List.of(1, 2, 3)),
                arguments("Min", "value: 5", List.of(5, 5L, 5.5, new BigDecimal("5.1"), "5", (short) 7, 6f), 4),
                arguments("Min", "value: 5", List.of(BigInteger.TEN, Double.POSITIVE_INFINITY), 4.9),
                arguments("DecimalMax", "value: '0.5'", List.of(0.5, new BigDecimal("0.5"), 0), 0.51),
                arguments("Positive", "", List.of(1, 0.1), -1L),
                arguments("Digits", "integer: 2, fraction: 1", List.of(12, 12.3), 123),
                arguments("Past", "", List.of("2001-01-01", "2001-01-01T00:00:00Z", "2001-01-01 10:00"), "9001-01-01"),
                arguments("Past", "", List.of(LocalDate.EPOCH, Instant.EPOCH, "2001", "2001-02"), "9999-01"),
                arguments("Future", "", List.of("9001-01-01T10:00+02:00"), LocalDate.EPOCH),
                arguments("AssertTrue", "", List.of(true), false),
                arguments("Pattern", "regexp: '[a-z]+', flags: CASE_INSENSITIVE", List.of("aB"), "a1"),
                arguments("UUID", "", List.of(uuid.toString(), uuid), "1234"),
                arguments("LuhnCheck", "", List.of("4111111111111111"), "4111111111111112"),
                arguments("Range", "min: 1, max: 3", List.of(1, 3, "2"), 4),
                arguments("Length", "min: 2", List.of("ab"), "a"),
                arguments("UniqueElements", "", List.of(List.of(1, 2)), List.of(1, 1)),
                arguments("DurationMin", "minutes: 5", List.of("PT5M"), "PT4M"),
                arguments("CPF", "", List.of("134.241.313-00"), "134.241.313-01"),
                arguments("URL", "protocol: https", List.of("https://example.org"), "http://example.org"));
    }

    @ParameterizedTest
    @MethodSource("kindsOfValues")
    void valuesOfEachKindFindTheirValidator(String type, String kwargs, List<Object> good, Object bad) {
        List<Object> values = new ArrayList<>(good);
        values.add(bad);

        ExpectationResult result = judge(type, kwargs, values.toArray());

        assertThat(result.error()).isNull();
        assertThat(result.unexpectedIndexes()).containsExactly(good.size());
    }

    @Test
    void aValueNoValidatorTakesIsUnjudgeable() {
        ValidationResult result = Fixtures.validate(suite(of("Email", "")), column("a@b.de", 5, "2@b.de"));

        assertThat(result.valid()).isFalse();
        assertThat(result.results().get(0).error()).isEqualTo("Email has no validator for a value of this kind");
        assertThat(messages(result))
                .containsExactly("must satisfy Email, which cannot be judged"
                        + " (Email has no validator for a value of this kind)");
        assertThat(judge("Past", "", "yesterday").error()).isNotNull();
        assertThat(judge("Past", "", "2001-02-30").error()).isNotNull();
        assertThat(judge("Min", "value: 1", Map.of()).error()).isNotNull();
    }

    @Test
    void missingValuesAreJudgedByConstraintsThatRejectNull() {
        for (String type : List.of("NotNull", "NotBlank", "NotEmpty", VEHICLES + "Doors")) {
            ExpectationResult result = judge(type, "", "a", null);

            assertThat(result.missingCount()).as(type).isNull();
            assertThat(result.unexpectedIndexes()).as(type).containsExactly(1);
        }
        assertThat(judge("Size", "min: 1", "a", null, Double.NaN).missingCount())
                .isEqualTo(2);
        assertThat(judge("Null", "", null, "a").unexpectedIndexes()).containsExactly(1);
    }

    @Test
    void onlyTheValidatorThatFitsJudges() {
        ExpectationResult result = judge(VEHICLES + "Doors", "", 3, "abc", 3.0, 7, "abcdef", new BigDecimal("4"));

        assertThat(result.error()).isNull();
        assertThat(result.unexpectedIndexes()).containsExactly(3, 4);
        assertThat(judge(VEHICLES + "Doors", "", 3.5).error()).isNotNull();
    }

    @Test
    void aCustomConstraintGetsItsAttributesInTheirTypes() {
        String kwargs =
                "length: 3, region: US, makers: [WV, WB], years: 1999, share: 1, strict: true, check: Y, owner: '"
                        + Vehicles.class.getName() + "'";

        assertThat(judge(VEHICLES + "ValidVin", kwargs, "WVX", "WBX", "XXX", "WVXX")
                        .unexpectedIndexes())
                .containsExactly(2, 3);
        assertThat(judge(VEHICLES + "ValidVin", "length: 3, strict: true", "WVX")
                        .unexpectedCount())
                .isEqualTo(1);
    }

    @Test
    void messagesComeFromBundlesInTheDefaultLocaleWithParameters() {
        Suite suite = suite(
                of(VEHICLES + "ValidVin", "length: 3"),
                of("Size", "max: 1, message: 'at most {max}, not ${validatedValue}'"),
                of("Email", ""));

        assertThat(messages(Fixtures.validate(suite, column("WVXY"))))
                .containsExactly(
                        "must be a vehicle number of 3 characters",
                        "at most 1, not (hidden)",
                        "must be a well-formed email address");
        Locale.setDefault(Locale.GERMAN);
        assertThat(messages(Fixtures.validate(suite, column("WVXY"))))
                .startsWith("muss eine Fahrgestellnummer aus 3 Zeichen sein")
                .contains("muss eine korrekt formatierte E-Mail-Adresse sein");
    }

    @Test
    void noMessageHoldsAValue() {
        ValidationResult result = Fixtures.validate(suite(of(VEHICLES + "Chatty", "")), column("canary-7731"));

        assertThat(messages(result)).containsExactly("must satisfy " + VEHICLES + "Chatty");
        assertThat(result.toString()).doesNotContain("canary");
    }

    @Test
    void aMessageIsDataNotCode() {
        Suite suite = suite(of("Email", "message: \"${''.getClass().getName()} ${1 + 1}\""));

        assertThat(messages(Fixtures.validate(suite, column("x")))).containsExactly("must satisfy Email");
    }

    @Test
    void aComposedConstraintCountsOnceAndTellsAll() {
        ValidationResult result = Fixtures.validate(suite(of(VEHICLES + "Plate", "")), column("AB", "abcdefg", 5));

        assertThat(result.results().get(0).unexpectedIndexes()).containsExactly(1, 2);
        assertThat(messages(result))
                .containsExactly(
                        "must be upper case; size must be between 2 and 4",
                        "must satisfy " + VEHICLES + "Plate, which cannot be judged (" + VEHICLES
                                + "Plate has no validator for a value of this kind)");
    }

    @Test
    void aValidatorThatFailsBreaksNothingElse() {
        Suite suite = suite(of(VEHICLES + "Doors", ""), of("Max", "value: 5"), of(VEHICLES + "Broken", ""));

        ValidationResult result = Fixtures.validate(suite, column(4, 13, 4));

        assertThat(result.results().get(0).error())
                .isEqualTo("the validator of " + VEHICLES + "Doors failed: IllegalStateException");
        assertThat(result.results().get(0).unexpectedIndexes()).containsExactly(1);
        assertThat(result.results().get(1).unexpectedIndexes()).containsExactly(1);
        assertThat(result.results().get(2).unexpectedIndexes()).containsExactly(0, 1, 2);
    }

    @Test
    @Timeout(20)
    void aRegularExpressionThatBacktracksForEverIsStopped() {
        ExpectationResult result = judge("Pattern", "regexp: '(a|a|a)*\\1b'", "a".repeat(200) + "!", "aab");

        assertThat(result.unexpectedIndexes()).containsExactly(0);
        assertThat(result.error()).contains("too many steps");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(problems(
                        of("Email", "regex: x"),
                        of("Size", "min: many, max: 1.5"),
                        of("Min", ""),
                        of("Size", "groups: [a]"),
                        of(VEHICLES + "ValidVin", "region: MARS, owner: no.Such, makers: [1]"),
                        of("Pattern", "regexp: '[a-'"),
                        of("Size", "min: 3, max: 1"),
                        of("Emial", ""),
                        of("com.acme.None", ""),
                        of("java.lang.String", ""),
                        of("org.hibernate.validator.constraints.ScriptAssert", "lang: js, script: x"),
                        of(VEHICLES + "WholeOnly", ""),
                        "type: Email, kwargs: {mostly: 2}"))
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text)
                                .startsWith("test.yaml: expectation 1 (Email of c): argument regex is not supported")
                                .contains("regexp"),
                        text -> assertThat(text).contains("min must be a whole number that fits int"),
                        text -> assertThat(text).contains("max must be a whole number that fits int"),
                        text -> assertThat(text).contains("value must be given, as a whole number that fits long"),
                        text -> assertThat(text).contains("groups does not apply in a suite; remove it"),
                        text -> assertThat(text).contains("types that are known are expect_column_"),
                        text -> assertThat(text).contains("region must be one of EU, US"),
                        text -> assertThat(text).contains("owner must be the name of a class"),
                        text -> assertThat(text).contains("makers must be a list, each element a text"),
                        text -> assertThat(text).contains("expectation 6 (Pattern of c): attributes must be ones"),
                        text -> assertThat(text).contains("expectation 7 (Size of c): attributes must be ones"),
                        text -> assertThat(text).contains("type Emial is not known"),
                        text -> assertThat(text).contains("type com.acme.None is not known"),
                        text -> assertThat(text).contains("must be an annotation that carries @Constraint"),
                        text -> assertThat(text).contains("expectation 11").contains("single values"),
                        text -> assertThat(text).contains("expectation 12").contains("single values"),
                        text -> assertThat(text).contains("column must be given"),
                        text -> assertThat(text).contains("mostly must be a number from 0 to 1"));
    }

    @Test
    void severityDecides() {
        Suite suite = suite(of("Email", "") + ", severity: warning");

        ValidationResult result = Fixtures.validate(suite, column("x"));

        assertThat(result.valid()).isTrue();
        assertThat(result.warned()).hasSize(1);
        assertThat(result.success()).isFalse();
    }

    @Test
    void manyConstraintsAreJudgedTogether() {
        String[] entries = new String[150];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = of("Min", "value: " + i);
        }

        ValidationResult result = Fixtures.validate(suite(entries), column(100));

        assertThat(result.results()).hasSize(150);
        for (int i = 0; i < entries.length; i++) {
            assertThat(result.results().get(i).success()).as("at least " + i).isEqualTo(i <= 100);
        }
    }

    @Test
    void constraintsAreJudgedInWindows() {
        List<ValidationResult> verdicts = new ArrayList<>();
        try (RecordValidator validator = new RecordValidator(Schema.NONE, suite(of("Email", "mostly: 0.5")))) {
            WindowValidator window = new WindowValidator(
                    validator,
                    new WindowSettings(4, null, 2),
                    ResultFormat.SUMMARY,
                    InstantSource.fixed(Instant.EPOCH),
                    verdicts::add);
            window.add(column("a@b.de", "x", "a@b.de", "y"));
        }

        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.valid()).isTrue();
            assertThat(verdict.results().get(0).unexpectedIndexes()).containsExactly(1, 3);
        });
    }

    @Test
    void equalEntriesAreJudgedEachAndASuiteServesManyValidators() {
        Suite suite = suite(of("Email", ""), of("Email", ""));

        for (int i = 0; i < 2; i++) {
            ValidationResult result = Fixtures.validate(suite, Records.batch(List.of(row("c", "x"))));
            assertThat(result.statistics().unsuccessful()).isEqualTo(2);
        }
    }

    @Test
    void aSuiteMadeWithoutItsConstraintsIsRefused() {
        Suite read = suite(of("Email", ""));
        Suite copied = new Suite("s", read.expectations(), Map.of(), List.of(), false);

        assertThatExceptionOfType(SuiteException.class)
                .isThrownBy(() -> new RecordValidator(Schema.NONE, copied))
                .withMessageContaining("Email of c: type is not known");
    }

    @Test
    void pastAndFutureAskTheClockOfTheValidator() {
        Suite suite = suite(of("Past", ""));
        for (int year : List.of(1970, 2100)) {
            Instant now = Instant.parse(year + "-01-01T00:00:00Z");
            try (RecordValidator validator =
                    new RecordValidator(Schema.NONE, suite, List.of(), InstantSource.fixed(now))) {
                assertThat(validator.validate(column("2050-06-01")).valid()).isEqualTo(year == 2100);
            }
        }
    }

    @Test
    void aRowConditionChoosesTheRecords() {
        Suite suite = suite(of("NotBlank", "row_condition: 'd == 1', condition_parser: pandas"));
        Records records = Records.batch(List.of(row("c", "", "d", 1), row("c", "", "d", 2), row("c", "a", "d", 1)));

        ExpectationResult result = Fixtures.validate(suite, records).results().get(0);

        assertThat(result.elementCount()).isEqualTo(2);
        assertThat(result.unexpectedIndexes()).containsExactly(0);
    }

    @Test
    void whatARowConditionLeavesOutIsNotJudged() {
        Suite suite = suite(of("NotNull", ""), of("NotEmpty", ""), of(VEHICLES + "Broken", ""));
        Plan plan = new Plan(Schema.NONE, suite.expectations(), suite.constraints());
        try (RowValidator validator = new RowValidator(plan, null)) {
            assertThat(validator.judge(validator.newRows(), new Object[] {Operand.EXCLUDED}))
                    .isEmpty();
            assertThat(validator.judge(validator.newRows(), new Object[] {""}))
                    .extracting(Unmet::position)
                    .containsExactly(1, 2);
        }
    }

    @Test
    void noRecordsJudgeNothing() {
        ValidationResult result = Fixtures.validate(suite(of("NotNull", "")), Records.batch(Collections.emptyList()));

        assertThat(result.valid()).isNull();
    }
}

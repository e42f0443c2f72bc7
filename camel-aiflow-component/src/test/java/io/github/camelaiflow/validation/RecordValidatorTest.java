package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.column;
import static io.github.camelaiflow.validation.Fixtures.expect;
import static io.github.camelaiflow.validation.Fixtures.judge;
import static io.github.camelaiflow.validation.Fixtures.row;
import static io.github.camelaiflow.validation.Fixtures.suite;
import static io.github.camelaiflow.validation.Fixtures.validate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.records.RecordReader;
import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ValueCheck;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quicktheories.WithQuickTheories;

class RecordValidatorTest implements WithQuickTheories {

    private static final Schema KEYED = new Schema("id", List.of());

    @Test
    void nothingToJudgeIsNoData() {
        Suite between = suite(expect("values_to_be_between", "min_value: 1"));

        for (ValidationResult result : List.of(
                validate(between, Records.batch(List.of())),
                validate(Suite.NONE, column(1, 2)),
                validate(between, column(null, Double.NaN)),
                validate(between, Records.single(row("other", 1))))) {
            assertThat(result.valid()).isNull();
            assertThat(result.reason()).isEqualTo("NO_DATA");
            assertThat(result.success()).isTrue();
            assertThat(result.rejected()).isEmpty();
        }
        assertThat(validate(Suite.NONE, column()).statistics()).isEqualTo(new Statistics(0, 0, null));
    }

    @Test
    void anAllNullColumnFailsNotNullOnly() {
        ValidationResult result = validate(
                suite(expect("values_to_be_between", "min_value: 1"), expect("values_to_not_be_null", "")),
                column(null, null));

        assertThat(result.valid()).isFalse();
        assertThat(result.results()).extracting(ExpectationResult::success).containsExactly(true, false);
        assertThat(result.results().get(0).unexpectedPercentNonmissing()).isNull();
    }

    @Test
    void aBatchPassesByMostlyWhileItsBadRecordsAreNamed() {
        ValidationResult result =
                validate(suite(expect("values_to_be_between", "max_value: 3, mostly: 0.7")), column(1, 2, 3, 4));

        assertThat(result.valid()).isTrue();
        assertThat(result.rejected()).extracting(FlaggedRecord::index).containsExactly(3);
        assertThat(judge("values_to_be_between", "max_value: 3, mostly: 0.7", 4).success())
                .isFalse();
    }

    @Test
    void mostlyZeroRejectsNobody() {
        ValidationResult result = validate(suite(expect("values_to_be_between", "max_value: 3, mostly: 0")), column(4));

        assertThat(result.valid()).isTrue();
        assertThat(result.rejected()).isEmpty();
        assertThat(result.results().get(0).unexpectedCount()).isEqualTo(1);
    }

    @Test
    void severityDecidesWhatAFailureMeans() {
        String between = "type: expect_column_values_to_be_between, kwargs: {column: c, max_value: 3}, severity: ";

        ValidationResult warning = validate(suite(between + "warning"), column(1, 5));
        ValidationResult info = validate(suite(between + "info"), column(1, 5));

        assertThat(warning.valid()).isTrue();
        assertThat(warning.success()).isFalse();
        assertThat(warning.rejected()).isEmpty();
        assertThat(warning.warned()).extracting(FlaggedRecord::index).containsExactly(1);
        assertThat(info.valid()).isTrue();
        assertThat(info.warned()).isEmpty();
        assertThat(info.results().get(0).unexpectedCount()).isEqualTo(1);
        assertThat(validate(suite(between + "critical"), column(1, 5)).valid()).isFalse();
    }

    @Test
    void reasonsStandInTheOrderOfTheSuite() {
        Suite suite = suite(IntStream.range(0, 40)
                .mapToObj(i -> "type: expect_column_values_to_be_between, kwargs: {column: " + (i % 2 == 0 ? "b" : "a")
                        + ", max_value: " + i + "}")
                .toArray(String[]::new));

        ValidationResult result = validate(suite, Records.single(row("a", 100, "b", 100)));

        assertThat(result.rejected().get(0).reasons())
                .extracting(Reason::message)
                .containsExactlyElementsOf(IntStream.range(0, 40)
                        .mapToObj(i -> "must be at most " + i)
                        .toList());
        assertThat(result.fields()).containsExactly("b", "a");
    }

    @Test
    void fieldNamesMayBeAnyText() {
        for (String name : List.of("größe", "字段", "a b", "a.b", "class", "🙂", "f0", "{x}", "${1+1}")) {
            Schema schema = new Schema(null, List.of(new Field(name, FieldType.NUMBER, false, 0.0, 1.0, List.of())));

            assertThat(validate(schema, Suite.NONE, Records.single(row(name, 0.5)))
                            .valid())
                    .isTrue();
            assertThat(validate(schema, Suite.NONE, Records.single(row(name, 2)))
                            .fields())
                    .containsExactly(name);
        }
    }

    @Test
    void aRejectedRecordIsKnownByIndexAndKey() {
        ValidationResult result = validate(
                KEYED,
                suite(expect("values_to_be_between", "max_value: 3")),
                Records.batch(List.of(row("id", "k1", "c", 1), row("id", "k2", "c", 9), row("c", 9))));

        assertThat(result.rejected()).extracting(FlaggedRecord::key).containsExactly("k2", null);
        assertThat(result.rejected()).extracting(FlaggedRecord::index).containsExactly(1, 2);
        assertThat(result.toException().getMessage()).isEqualTo("2 of 3 records are invalid: c must be at most 3");
        assertThat(result.toException().fields()).containsExactly("c");
    }

    @Test
    void aHundredThousandRecordsAreOneBatch() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            rows.add(row("id", i, "c", i % 10, "d", i % 1000 == 0 ? null : "x" + i));
        }
        Suite suite = suite(
                expect("values_to_be_between", "max_value: 8"),
                "type: expect_column_values_to_not_be_null, kwargs: {column: d}");
        try (RecordValidator validator = new RecordValidator(KEYED, suite)) {
            ValidationResult summary = validator.validate(Records.batch(rows));
            ValidationResult complete = validator.validate(Records.batch(rows), Scope.BATCH, ResultFormat.COMPLETE);

            assertThat(summary.rejected()).hasSize(10_100);
            assertThat(summary.results().get(0).unexpectedCount()).isEqualTo(10_000);
            assertThat(summary.results().get(0).unexpectedValues()).hasSize(20);
            assertThat(summary.results().get(1).unexpectedPercentTotal()).isEqualTo(0.1);
            assertThat(complete.results().get(0).unexpectedIndexes()).hasSize(10_000);
        }
    }

    @Test
    void aSuiteMayHaveTenThousandExpectations() {
        String[] expectations = IntStream.range(0, 10_000)
                .mapToObj(i -> "type: expect_column_values_to_be_between, kwargs: {column: c" + i + ", max_value: 3}")
                .toArray(String[]::new);

        ValidationResult result = validate(suite(expectations), Records.single(row("c0", 1, "c9999", 4, "c600", 5)));

        assertThat(result.fields()).containsExactly("c600", "c9999");
        assertThat(result.statistics()).isEqualTo(new Statistics(10_000, 9_998, 99.98));
    }

    @Test
    void aHandMadeExpectationIsCheckedToo() {
        Expectation wrong = new Expectation(
                "expect_column_values_to_be_between", "c", Map.of(), 1, Severity.CRITICAL, Map.of(), null);
        Expectation unknown = new Expectation("expect_fun", "c", Map.of(), 1, Severity.CRITICAL, Map.of(), null);

        for (Expectation expectation : List.of(wrong, unknown)) {
            assertThatExceptionOfType(SuiteException.class)
                    .isThrownBy(() -> new RecordValidator(
                            Schema.NONE, new Suite("s", List.of(expectation), Map.of(), List.of(), false)));
        }
    }

    @Test
    void threadsShareAValidator() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (RecordValidator validator =
                new RecordValidator(Schema.NONE, suite(expect("values_to_be_between", "max_value: 499")))) {
            List<Callable<Boolean>> calls = IntStream.range(0, 1000)
                    .<Callable<Boolean>>mapToObj(i -> () ->
                            validator.validate(Records.single(row("c", i))).valid())
                    .toList();

            List<Future<Boolean>> results = threads.invokeAll(calls);

            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(i < 500);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void betweenAgreesWithAPlainComparison() {
        qt().withExamples(200)
                .forAll(
                        doubles().between(-100, 100),
                        doubles().between(0, 100),
                        doubles().between(-200, 200))
                .checkAssert((min, width, value) -> {
                    double max = min + width;
                    ValueCheck check = between(min, max);
                    assertThat(meets(check, value)).isEqualTo(min <= value && value <= max);
                    assertThat(meets(check, value.floatValue()))
                            .isEqualTo(min <= Values.toDouble(value.floatValue())
                                    && Values.toDouble(value.floatValue()) <= max);
                });
    }

    @Test
    void wholeNumbersCompareAsLongsAndBigNumbersDo() {
        qt().forAll(longs().all(), longs().all()).checkAssert((a, b) -> {
            int expected = Integer.signum(Long.compare(a, b));
            assertThat(Integer.signum(Values.compare(a, b))).isEqualTo(expected);
            assertThat(Integer.signum(Values.compare(java.math.BigInteger.valueOf(a), b)))
                    .isEqualTo(expected);
            assertThat(Integer.signum(Values.compare(a, java.math.BigDecimal.valueOf(b))))
                    .isEqualTo(expected);
            assertThat(Values.canonical(java.math.BigDecimal.valueOf(a))).isEqualTo(a);
        });
    }

    @Test
    void textsCompareAsTheirCodePointsDo() {
        qt().forAll(
                        strings().allPossible().ofLengthBetween(0, 4),
                        strings().allPossible().ofLengthBetween(0, 4))
                .assuming((a, b) -> wellFormed(a) && wellFormed(b))
                .checkAssert((a, b) -> assertThat(Integer.signum(Values.compareText(a, b)))
                        .isEqualTo(Integer.signum(java.util.Arrays.compare(
                                a.codePoints().toArray(), b.codePoints().toArray()))));
    }

    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static ValueCheck between(double min, double max) {
        return (ValueCheck) ExpectationTypes.read(
                        "expect_column_values_to_be_between",
                        new Arguments(
                                Map.of("column", "c", "min_value", min, "max_value", max), "test", new ArrayList<>()))
                .check();
    }

    private static boolean meets(ValueCheck check, Object value) {
        try {
            return check.meets(value);
        } catch (Unjudgeable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aValueNestedTooDeeplyIsAnErrorOfItsExpectation() {
        List<Object> deep = List.of();
        for (int i = 0; i < 100_000; i++) {
            deep = List.of(deep);
        }

        ExpectationResult result = judge("values_to_be_in_set", "value_set: [1]", 1, deep);

        assertThat(result.error()).contains("nested too deeply");
        assertThat(result.unexpectedIndexes()).containsExactly(1);
    }

    /** A bean one of whose getters may fail. */
    public record Fragile(Integer c, boolean broken) {
        @Override
        public Integer c() {
            if (broken) {
                throw new IllegalStateException("canary-7731");
            }
            return c;
        }
    }

    @Test
    void aBeanWhoseGetterFailsIsRejectedAlone() {
        Records records =
                RecordReader.read(List.of(new Fragile(5, false), new Fragile(5, true), new Fragile(0, false)));
        try (RecordValidator validator = new RecordValidator(
                new Schema("c", List.of()), suite(expect("values_to_be_between", "min_value: 1")))) {
            ValidationResult result = validator.validate(records, Scope.RECORD, ResultFormat.SUMMARY);

            assertThat(result.rejected()).extracting(FlaggedRecord::index).containsExactly(1, 2);
            assertThat(result.rejected().get(0).reasons().get(0).message()).contains("cannot be judged");
            assertThat(result.results().get(0).error()).isEqualTo("property c must be readable, its getter failed");
            assertThat(result.toJson()).doesNotContain("canary");
        }
    }
}

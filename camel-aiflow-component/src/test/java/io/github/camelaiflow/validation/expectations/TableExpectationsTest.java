package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.Checks.batch;
import static io.github.camelaiflow.validation.expectations.Checks.kwargs;
import static io.github.camelaiflow.validation.expectations.Checks.panes;
import static io.github.camelaiflow.validation.expectations.Checks.problems;
import static io.github.camelaiflow.validation.expectations.Checks.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableExpectationsTest {

    /** Columns id, name, amount, the last only in some records. */
    private static final Object[] ORDERS = {
        kwargs("id", 1, "name", "x"), kwargs("name", null, "id", 2, "amount", 2.5), kwargs("id", 3, "name", "y")
    };

    @Test
    void recordsAreCounted() {
        assertThat(batch(read("expect_table_row_count_to_equal", "value", 3), ORDERS))
                .isEqualTo(Finding.observed(true, 3));
        assertThat(batch(read("expect_table_row_count_to_be_between", "min_value", 1, "max_value", 2), ORDERS))
                .isEqualTo(Finding.observed(false, 3));
        assertThat(batch(read("expect_table_row_count_to_be_between"), ORDERS).success())
                .isTrue();
        assertThat(batch(read("expect_table_row_count_to_be_between", "min_value", 3, "strict_min", true), ORDERS)
                        .success())
                .isFalse();
    }

    @Test
    void columnsAreThoseOfAllRecords() {
        assertThat(batch(read("expect_table_column_count_to_equal", "value", 3), ORDERS))
                .isEqualTo(Finding.observed(true, 3));
        assertThat(batch(read("expect_table_column_count_to_be_between", "max_value", 2), ORDERS)
                        .success())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"row", "column"})
    void countsAreWholeNumbers(String what) {
        String between = "expect_table_" + what + "_count_to_be_between";
        String crossed = what.equals("row")
                ? "Minimum Threshold cannot be larger than Maximum Threshold"
                : "min_value cannot be greater than max_value";

        assertThat(problems(between, "min_value", "few"))
                .singleElement()
                .asString()
                .contains("must be integers");
        assertThat(problems(between, "min_value", 2, "max_value", 1))
                .singleElement()
                .asString()
                .contains(crossed);
        assertThat(problems("expect_table_" + what + "_count_to_equal", "value", 1.5))
                .singleElement()
                .asString()
                .contains("not a valid integer");
    }

    @Test
    void columnsMatchAListInOrder() {
        String type = "expect_table_columns_to_match_ordered_list";

        assertThat(batch(read(type, "column_list", List.of("id", "name", "amount")), ORDERS)
                        .success())
                .isTrue();
        Finding finding = batch(read(type, "column_list", List.of("id", "amount")), ORDERS);
        assertThat(finding.observed()).isEqualTo(List.of("id", "name", "amount"));
        assertThat(finding.details().get("mismatched"))
                .isEqualTo(List.of(
                        kwargs("Expected Column Position", 1, "Expected", "amount", "Found", "name"),
                        kwargs("Expected Column Position", 2, "Expected", null, "Found", "amount")));
        assertThat(batch(read(type, "column_list", null), ORDERS).success()).isTrue();
        assertThat(problems(type)).hasSize(1);
        assertThat(problems(type, "column_list", List.of(1))).hasSize(1);
    }

    @Test
    void columnsMatchASet() {
        String type = "expect_table_columns_to_match_set";
        List<String> some = List.of("amount", "id");
        List<String> others = List.of("id", "name", "amount", "paid");

        Finding exact = batch(read(type, "column_set", some), ORDERS);
        assertThat(exact.success()).isFalse();
        assertThat(exact.observed()).isEqualTo(List.of("amount", "id", "name"));
        assertThat(exact.details()).isEqualTo(Map.of("mismatched", Map.of("unexpected", List.of("name"))));
        assertThat(batch(read(type, "column_set", some, "exact_match", false), ORDERS)
                        .success())
                .isTrue();
        Finding missing = batch(read(type, "column_set", others, "exact_match", null), ORDERS);
        assertThat(missing.success()).isFalse();
        assertThat(missing.details()).isEqualTo(Map.of("mismatched", Map.of("missing", List.of("paid"))));
        assertThat(batch(read(type, "column_set", null), ORDERS).success()).isFalse();
        assertThat(batch(read(type, "column_set", null, "exact_match", false), ORDERS)
                        .success())
                .isTrue();
    }

    @Test
    void aColumnExistsAtAPlace() {
        String type = "expect_column_to_exist";

        assertThat(batch(read(type, "column", "amount"), ORDERS).success()).isTrue();
        assertThat(batch(read(type, "column", "paid"), ORDERS).success()).isFalse();
        assertThat(batch(read(type, "column", "name", "column_index", 1), ORDERS)
                        .success())
                .isTrue();
        assertThat(batch(read(type, "column", "name", "column_index", 2), ORDERS)
                        .success())
                .isFalse();
        assertThat(batch(read(type, "column", "name", "column_index", 9), ORDERS)
                        .success())
                .isFalse();
        assertThat(batch(read(type, "column", "amount", "column_index", -1), ORDERS)
                        .success())
                .isTrue();
        assertThat(batch(read(type, "column", "amount", "column_index", -4), ORDERS)
                        .success())
                .isFalse();
        assertThat(batch(read(type, "column", "amount", "column_index", 0), ORDERS)
                        .success())
                .isTrue();
        assertThat(problems(type, "column", 3, "column_index", "first")).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("columnsOfATypeOfPandas")
    void aColumnHasATypeOfPandas(String dtype, String otherName, List<Object> values) {
        Object[] records =
                values.stream().map(value -> (Object) kwargs("v", value)).toArray();

        Finding finding = batch(read("expect_column_type_to_be", "column", "v", "type_", otherName), records);
        assertThat(finding.observed()).isEqualTo(dtype);
        assertThat(finding.success()).isTrue();
        assertThat(batch(read("expect_column_type_to_be", "column", "v", "type_", "str"), records)
                        .success())
                .isFalse();
    }

    static Stream<Arguments> columnsOfATypeOfPandas() {
        List<Object> gap = new ArrayList<>(List.of(4));
        gap.add(null);
        return Stream.of(
                Arguments.of("int64", "int", List.of(1, 2L)),
                Arguments.of("float64", "float", gap),
                Arguments.of("float64", "float64", List.of(1, 2.5f)),
                Arguments.of("bool", "bool", List.of(true, false)),
                Arguments.of("datetime64", "datetime64[ns]", List.of(LocalDateTime.of(2024, 3, 1, 8, 0))),
                Arguments.of("object_", "object", List.of("a", "b")),
                Arguments.of("object_", "O", List.of(true, 1)),
                Arguments.of("object_", "object_", List.of(LocalDate.of(2024, 3, 1))),
                Arguments.of("object_", "object", Collections.singletonList(null)));
    }

    @Test
    void aColumnThatIsNotThereHasNoType() {
        Compiled integer = read("expect_column_type_to_be", "column", "amount", "type_", "int64");

        assertThat(batch(integer, kwargs("id", 1))).isEqualTo(Finding.observed(false, null));
        assertThat(batch(integer, kwargs("id", 1), kwargs("amount", 1)).observed())
                .isEqualTo("float64");
        assertThat(problems("expect_column_type_to_be", "column", "amount", "type_", "money"))
                .singleElement()
                .asString()
                .contains("int64");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void mergedPanesAreAsOnePass(int size) {
        List<Object> records = List.of(ORDERS);
        for (Compiled compiled : List.of(
                read("expect_table_row_count_to_equal", "value", 3),
                read("expect_table_columns_to_match_ordered_list", "column_list", List.of("id", "name", "amount")),
                read("expect_column_type_to_be", "column", "amount", "type_", "float64"))) {
            Finding finding = panes(compiled, new Memory(3, 3), records, size);
            assertThat(finding).isEqualTo(batch(compiled, ORDERS));
            assertThat(finding.success()).isTrue();
        }
    }

    @Test
    void namesWithoutEndAreNotRememberedInAWindow() {
        List<Object> records = IntStream.range(0, 50_000)
                .mapToObj(i -> (Object) Map.of("field" + i, 1))
                .toList();
        Compiled count = read("expect_table_column_count_to_equal", "value", 50_000);

        assertThat(panes(count, Memory.EXACT, records, 50_000).success()).isTrue();
        assertThat(panes(count, new Memory(50_000, 16), records, 50_000).error())
                .contains("too many different names");
    }
}

package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.BatchChecks.exactly;
import static io.github.camelaiflow.validation.expectations.BatchChecks.judge;
import static io.github.camelaiflow.validation.expectations.BatchChecks.kwargs;
import static io.github.camelaiflow.validation.expectations.BatchChecks.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class DistinctValuesTest {

    private static final String IN = "expect_column_distinct_values_to_be_in_set";
    private static final String CONTAIN = "expect_column_distinct_values_to_contain_set";
    private static final String EQUAL = "expect_column_distinct_values_to_equal_set";
    private static final String MODE = "expect_column_most_common_value_to_be_in_set";
    private static final List<Object> COLUMN = List.of("b", 2, "a", "b", 2.0);

    @Test
    void relationsToTheSet() {
        List<Object> same = List.of("a", "b", 2);
        List<Object> more = List.of("a", "b", 2, 3);
        List<Object> fewer = List.of("a");

        assertThat(success(same)).containsExactly(true, true, true);
        assertThat(success(more)).containsExactly(true, false, false);
        assertThat(success(fewer)).containsExactly(false, true, false);
    }

    private static List<Boolean> success(List<Object> set) {
        return List.of(
                exactly(IN, kwargs("value_set", set), COLUMN).success(),
                exactly(CONTAIN, kwargs("value_set", set), COLUMN).success(),
                exactly(EQUAL, kwargs("value_set", set), COLUMN).success());
    }

    @Test
    void valuesAndCountsAreTold() {
        Finding finding = exactly(IN, kwargs("value_set", null), COLUMN);

        assertThat(finding.success()).isTrue();
        assertThat(finding.observed()).isEqualTo(List.of(2, "a", "b"));
        assertThat(finding.details())
                .isEqualTo(Map.of(
                        "value_counts",
                        List.of(
                                Map.of("value", 2, "count", 2L),
                                Map.of("value", "a", "count", 1L),
                                Map.of("value", "b", "count", 2L))));
    }

    @Test
    void longListsAreCutAndSaySo() {
        List<Object> column = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            column.add(i);
        }
        Finding finding = exactly(IN, kwargs("value_set", List.of(1)), column);

        assertThat(finding.observed())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1000);
        assertThat(finding.details()).containsEntry("value_counts_cut", "1000 of 1500 different values");
    }

    @Test
    void theVerdictIsExactInLittleMemory() {
        Memory little = new Memory(1_000_000, 16, 0.001);
        List<Object> column = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            column.add("value " + i);
        }
        column.add("last");

        assertThat(judge(read(CONTAIN, kwargs("value_set", List.of("last", "value 7"))), little, column)
                        .success())
                .isTrue();
        assertThat(judge(read(CONTAIN, kwargs("value_set", List.of("lost"))), little, column)
                        .success())
                .isFalse();
        Finding outside = judge(read(IN, kwargs("value_set", List.of("value 1"))), little, column);
        assertThat(outside.success()).isFalse();
        assertThat(outside.approximation()).isNull();
        assertThat(outside.details()).hasEntrySatisfying("value_counts_cut", cut -> assertThat((String) cut)
                .contains("of more than"));
    }

    @Test
    void theMostCommonValue() {
        List<Object> tie = List.of("x", "y", "x", "y", "z");

        assertThat(exactly(MODE, kwargs("value_set", List.of("x")), tie).success())
                .isFalse();
        assertThat(exactly(MODE, kwargs("value_set", List.of("x"), "ties_okay", true), tie)
                        .success())
                .isTrue();
        assertThat(exactly(MODE, kwargs("value_set", List.of("z"), "ties_okay", true), tie)
                        .success())
                .isFalse();
        assertThat(exactly(MODE, kwargs("value_set", List.of("z", 3.0)), List.of(3, 3, "z"))
                        .success())
                .isTrue();
        assertThat(exactly(MODE, kwargs("value_set", List.of(1)), List.of()).observed())
                .isEqualTo(List.of());
    }

    @Test
    void theMostCommonValueIsDecidedAmongVeryMany() {
        List<Object> column = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            column.add(i % 3 == 0 ? "often" : "value " + i);
        }
        BatchCheck check = read(MODE, kwargs("value_set", List.of("often")));
        Finding finding = judge(check, new Memory(30_000, 16), column);

        assertThat(finding.success()).isTrue();
        assertThat(finding.observed()).isEqualTo(List.of("often"));
        assertThat(finding.approximation().decided()).isTrue();
        assertThat(finding.approximation().lower()).isLessThanOrEqualTo(10_000);
        assertThat(finding.approximation().upper()).isGreaterThanOrEqualTo(10_000);
    }

    @Test
    void valuesOfAnyPlainKindAreToldApartInWindows() {
        List<Object> column = List.of(
                new UUID(1, 2), new UUID(1, 2), new UUID(1, 3), new byte[] {1}, new byte[] {1}, "1", 1, true, 1.0, 'x');
        BatchCheck check =
                read("expect_column_unique_value_count_to_be_between", kwargs("min_value", 6, "max_value", 6));

        assertThat(judge(check, new Memory(10, 16), column).success()).isTrue();
        assertThat(judge(check, Memory.EXACT, column).success()).isTrue();
        assertThat(judge(read(MODE, kwargs("value_set", List.of(1))), new Memory(10, 16), column)
                        .success())
                .isTrue();
    }

    @Test
    void withoutAValueKnownToBeFrequentNothingIsDecided() {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            values.add(i);
        }
        Finding finding = judge(read(MODE, kwargs("value_set", List.of(1))), new Memory(50_000, 16, 0.01), values);

        assertThat(finding.success()).isFalse();
        assertThat(finding.approximation().decided()).isFalse();
        assertThat(finding.approximation().upper()).isGreaterThanOrEqualTo(1);
    }
}

package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.Checks.meets;
import static io.github.camelaiflow.validation.expectations.Checks.problems;
import static io.github.camelaiflow.validation.expectations.Checks.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulticolumnExpectationsTest {

    private static final List<String> ABC = List.of("a", "b", "c");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expect_select_column_values_to_be_unique_within_record",
                "expect_multicolumn_values_to_be_unique"
            })
    void valuesOfARecordDiffer(String type) throws Unjudgeable {
        Compiled unique = read(type, "column_list", ABC);

        assertThat(meets(unique, 1, 2, "1")).isTrue();
        assertThat(meets(unique, 1, 2, 1.0)).isFalse();
        assertThat(meets(unique, 1, null, 2)).isTrue();
        assertThat(meets(unique, 1, null, Double.NaN)).isFalse();
    }

    @Test
    void valuesOfARecordAreEqual() throws Unjudgeable {
        Compiled equal = read("expect_multicolumn_values_to_be_equal", "column_list", ABC);

        assertThat(meets(equal, 2, 2.0, 2L)).isTrue();
        assertThat(meets(equal, 2, 2, 3)).isFalse();
        assertThat(meets(equal, 2, 2, null)).isFalse();
        assertThat(meets(equal, null, null, null)).isTrue();
    }

    @Test
    void theSumIsAddedAsPandasDoes() throws Unjudgeable {
        Compiled one = read("expect_multicolumn_sum_to_equal", "column_list", ABC, "sum_total", 0.6);

        // 0.1 + 0.2 + 0.3 is 0.6000000000000001 as doubles, 0.3 + 0.2 + 0.1 is 0.6.
        assertThat(meets(one, 0.1, 0.2, 0.3)).isFalse();
        assertThat(meets(one, 0.3, 0.2, 0.1)).isTrue();
        assertThat(meets(one, new BigDecimal("0.1"), new BigDecimal("0.2"), new BigDecimal("0.3")))
                .isTrue();
        assertThat(meets(one, 0.3, 0.3, null)).isFalse();
    }

    @Test
    void largeWholeNumbersAreAddedExactly() throws Unjudgeable {
        long large = 9_007_199_254_740_993L;
        Compiled sum = read("expect_multicolumn_sum_to_equal", "column_list", ABC, "sum_total", large + 2);

        assertThat(meets(sum, large, 1, 1)).isTrue();
        assertThat(meets(sum, large, 1, 0)).isFalse();
        assertThat(meets(sum, Long.MAX_VALUE, Long.MAX_VALUE, 2)).isFalse();
    }

    @Test
    void sumsLieBetweenBounds() throws Unjudgeable {
        String type = "expect_multicolumn_sum_to_be_between";
        Compiled closed = read(type, "column_list", ABC, "min_value", 3, "max_value", 5.5);
        Compiled open = read(type, "column_list", ABC, "min_value", 3, "strict_min", true);

        assertThat(meets(closed, 1, 1, 1)).isTrue();
        assertThat(meets(closed, 1, 1, 4)).isFalse();
        assertThat(meets(closed, true, 2, 2)).isTrue();
        assertThat(meets(open, 1, 1, 1)).isFalse();
        assertThat(meets(open, 1, 1, Double.POSITIVE_INFINITY)).isTrue();
        assertThat(meets(open, Double.NEGATIVE_INFINITY, 1, Double.POSITIVE_INFINITY))
                .isFalse();
    }

    @Test
    void textsHaveNoSum() {
        Compiled sum = read("expect_multicolumn_sum_to_equal", "column_list", ABC, "sum_total", 3);

        assertThatThrownBy(() -> meets(sum, 1, 1, "1")).isInstanceOf(Unjudgeable.class);
    }

    @Test
    void hugeExponentsCostNoMemory() throws Unjudgeable {
        Compiled sum = read("expect_multicolumn_sum_to_be_between", "column_list", ABC, "max_value", 3);

        assertThat(meets(sum, new BigDecimal("1E+1000000000"), 1, 1)).isFalse();
        assertThat(meets(sum, new BigDecimal("1E-1000000000"), 1, 1)).isTrue();
    }

    @Test
    void argumentsAreChecked() {
        assertThat(problems("expect_multicolumn_sum_to_equal", "column_list", ABC))
                .hasSize(1);
        assertThat(problems("expect_multicolumn_sum_to_equal", "column_list", ABC, "sum_total", "3"))
                .singleElement()
                .asString()
                .contains("sum_total must be a number");
        assertThat(problems("expect_multicolumn_sum_to_be_between", "column_list", ABC))
                .hasSize(1);
        assertThat(problems("expect_multicolumn_sum_to_be_between", "column_list", ABC, "min_value", 2, "max_value", 1))
                .singleElement()
                .asString()
                .contains("min_value cannot be greater than max_value");
    }
}

package io.github.camelaiflow.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.Expectation;
import io.github.camelaiflow.validation.Histogram;
import io.github.camelaiflow.validation.Severity;
import io.github.camelaiflow.validation.expectations.Approximation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhrasesTest {

    @Test
    void binsOfWholeNumbersHaveNoGaps() {
        Histogram ones = new Histogram(List.of(3.0, 4.0), List.of(1L), 0, 0);
        Histogram tens = new Histogram(List.of(10.0, 20.0), List.of(1L), 0, 0);

        assertThat(Phrases.bin(ones, 0, true)).isEqualTo("3");
        assertThat(Phrases.bin(tens, 0, true)).isEqualTo("10 to 19");
        assertThat(Phrases.bin(tens, 0, false)).isEqualTo("10 up to 20");
    }

    @Test
    void boundsAreToldInWords() {
        Approximation rank = new Approximation("quantile_rank", -0.01, 0.01, 1, false);
        Approximation count = new Approximation("unique_value_count", 950, 1050, 0.99, true);
        Approximation median = new Approximation("median", 4711, 4712, 0.99, true);

        assertThat(Phrases.approximation(rank, true))
                .isEqualTo(
                        "Approximate: quantile rank off by at most 1\u00A0%, for certain; too close to call: the verdict may"
                                + " differ within.");
        assertThat(Phrases.approximation(count, true))
                .isEqualTo(
                        "Approximate: unique value count between 950 and 1,050, 99\u00A0% sure; the verdict is the same"
                                + " anywhere within.");
        assertThat(Phrases.approximation(median, false)).doesNotContain("471");
    }

    @Test
    void requirementsAreToldOfAnyExpectation() {
        assertThat(requirement("expect_column_values_to_be_between", Map.of("column", "c", "min_value", 3)))
                .isEqualTo("must be at least 3");
        assertThat(requirement("Size", Map.of("column", "c", "max", 7))).isEqualTo("must meet Size (max: 7)");
        assertThat(requirement("expect_column_values_to_match_regex", Map.of("column", "c", "regex", "x".repeat(5000))))
                .hasSizeLessThan(310);
    }

    private static String requirement(String type, Map<String, Object> kwargs) {
        return Phrases.requirement(new Expectation(type, "c", kwargs, 1, Severity.CRITICAL, Map.of(), null));
    }
}

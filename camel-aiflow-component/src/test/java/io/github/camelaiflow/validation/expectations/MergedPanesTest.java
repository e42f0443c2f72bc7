package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.BatchChecks.finding;
import static io.github.camelaiflow.validation.expectations.BatchChecks.judge;
import static io.github.camelaiflow.validation.expectations.BatchChecks.kwargs;
import static io.github.camelaiflow.validation.expectations.BatchChecks.read;
import static io.github.camelaiflow.validation.expectations.BatchChecks.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Panes that are merged give what one pass gives, in exact and in bounded memory; bounds hold. */
class MergedPanesTest {

    private static final Map<String, Object> QUANTILES =
            Map.of("quantiles", List.of(0.05, 0.5, 0.99), "value_ranges", Arrays.asList(open(), open(), open()));
    private static final Map<String, Object> BINS =
            Map.of("bins", List.of(-50, 0, 20, 50), "weights", List.of(0.3, 0.3, 0.4));
    private static final Map<String, Object> CATEGORIES =
            Map.of("values", List.of(1, 2, 3), "weights", List.of(0.5, 0.25, 0.25));

    private static List<Object> open() {
        return Arrays.asList(null, null);
    }

    private static Stream<BatchCheck> checks() {
        return Stream.of(
                between("max"),
                between("min"),
                between("mean"),
                between("median"),
                between("stdev"),
                between("sum"),
                between("unique_value_count"),
                between("proportion_of_unique_values"),
                read("expect_column_quantile_values_to_be_between", kwargs("quantile_ranges", QUANTILES)),
                read("expect_column_distinct_values_to_be_in_set", kwargs("value_set", List.of(1, 2))),
                read("expect_column_distinct_values_to_contain_set", kwargs("value_set", List.of(1, 99))),
                read("expect_column_distinct_values_to_equal_set", kwargs("value_set", List.of(1, 2))),
                read("expect_column_most_common_value_to_be_in_set", kwargs("value_set", List.of(1, 2))),
                read("expect_column_kl_divergence_to_be_less_than", kwargs("partition_object", BINS, "threshold", 1)),
                read(
                        "expect_column_kl_divergence_to_be_less_than",
                        kwargs("partition_object", CATEGORIES, "tail_weight_holdout", 0.5)),
                read(
                        "expect_column_chisquare_test_p_value_to_be_greater_than",
                        kwargs("partition_object", CATEGORIES)));
    }

    private static BatchCheck between(String aggregate) {
        return read("expect_column_" + aggregate + "_to_be_between", kwargs("min_value", 1, "max_value", 30));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void mergedPanesAreOnePass(BatchCheck check) {
        for (Memory memory : List.of(Memory.EXACT, new Memory(400, 16))) {
            for (int seed = 0; seed < 20; seed++) {
                Random random = new Random(seed);
                List<Object> values = values(random, 400);
                List<BatchState> panes = new ArrayList<>();
                BatchState merged = check.newState(memory);
                int from = 0;
                while (from < values.size()) {
                    int to = Math.min(values.size(), from + random.nextInt(150));
                    BatchState pane = state(check, memory, values.subList(from, to));
                    Finding before = finding(pane, values.subList(from, to));
                    merged.merge(pane, from);
                    assertThat(finding(pane, values.subList(from, to))).isEqualTo(before);
                    panes.add(pane);
                    from = to;
                }
                // Again, into one that goes on, to see that merging took copies
                BatchState other = check.newState(memory);
                panes.forEach(pane -> other.merge(pane, 0));
                assertSame(finding(merged, values), judge(check, memory, values));
                assertSame(finding(other, values), judge(check, memory, values));
            }
        }
    }

    private static List<Object> values(Random random, int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(
                    i % 9 == 8
                            ? null
                            : random.nextInt(3) == 0
                                    ? random.nextInt(5)
                                    : Math.rint(random.nextGaussian() * 1000) / 50);
        }
        return values;
    }

    private static void assertSame(Finding merged, Finding once) {
        assertThat(merged.success()).isEqualTo(once.success());
        assertThat(merged.details()).isEqualTo(once.details());
        assertThat(merged.approximation()).isEqualTo(once.approximation());
        if (once.observed() instanceof Double number) {
            assertThat((Double) merged.observed()).isEqualTo(number, within(1e-12 * Math.max(1, Math.abs(number))));
        } else {
            assertThat(merged.observed()).isEqualTo(once.observed());
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void boundsHoldInLittleMemory(BatchCheck check) {
        Memory little = new Memory(40_000, 16, 0.025);
        List<Object> values = values(new Random(7), 40_000);
        BatchState merged = state(check, little, values.subList(0, 10_000));
        merged.merge(state(check, little, values.subList(10_000, 40_000)), 10_000);
        Finding bounded = finding(merged, values);
        Finding exact = judge(check, Memory.EXACT, values);

        Approximation bounds = bounded.approximation();
        if (bounds == null || bounds.decided()) {
            assertThat(bounded.success()).isEqualTo(exact.success() && bounded.error() == null);
        }
        if (bounds != null && exact.observed() instanceof Number number) {
            assertThat(number.doubleValue()).isBetween(bounds.lower(), bounds.upper());
        }
        assertThat(bounds == null || bounds.confidence() >= 0.99).isTrue();
    }
}

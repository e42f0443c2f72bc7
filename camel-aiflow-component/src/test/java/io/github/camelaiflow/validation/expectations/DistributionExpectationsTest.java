package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.BatchChecks.exactly;
import static io.github.camelaiflow.validation.expectations.BatchChecks.judge;
import static io.github.camelaiflow.validation.expectations.BatchChecks.kwargs;
import static io.github.camelaiflow.validation.expectations.BatchChecks.problems;
import static io.github.camelaiflow.validation.expectations.BatchChecks.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The probabilities and distances were taken from scipy. */
class DistributionExpectationsTest {

    private static final double EXACT = 1e-12;
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final String KL = "expect_column_kl_divergence_to_be_less_than";
    private static final String CHI = "expect_column_chisquare_test_p_value_to_be_greater_than";
    private static final String BOOTSTRAP = "expect_column_bootstrapped_ks_test_p_value_to_be_greater_than";
    private static final String FIT = "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than";
    private static final String DISTANCE = "expect_column_wasserstein_distance_to_be_less_than";
    private static final String PHI = "expect_column_pair_cramers_phi_value_to_be_less_than";

    private static List<Object> column(int a, int b, int c) {
        List<Object> column = new ArrayList<>(Collections.nCopies(a, "a"));
        column.addAll(Collections.nCopies(b, "b"));
        column.addAll(Collections.nCopies(c, "c"));
        return column;
    }

    private static Map<String, Object> categories(List<?> values, List<?> weights) {
        return Map.of("values", values, "weights", weights);
    }

    private static Map<String, Object> bins(List<?> bins, List<?> weights) {
        return Map.of("bins", bins, "weights", weights);
    }

    private static double number(Finding finding) {
        return ((Number) finding.observed()).doubleValue();
    }

    @Test
    void divergenceOfCategories() {
        Map<String, Object> partition = categories(List.of("a", "b", "c"), List.of(0.2, 0.3, 0.5));
        Finding finding = exactly(KL, kwargs("partition_object", partition, "threshold", 0.3), column(5, 3, 2));

        assertThat(number(finding)).isEqualTo(0.27488721956224654, within(EXACT));
        assertThat(finding.success()).isTrue();
        assertThat(finding.details())
                .containsEntry("observed_partition", categories(List.of("a", "b", "c"), List.of(0.5, 0.3, 0.2)));
    }

    @Test
    void unexpectedCategoriesShareWhatIsHeldBack() {
        Map<String, Object> partition = categories(List.of("a"), List.of(1));
        Finding none = exactly(KL, kwargs("partition_object", partition, "threshold", 5), column(2, 1, 1));
        Finding half = exactly(
                KL, kwargs("partition_object", partition, "threshold", 5, "tail_weight_holdout", 0.5), column(2, 1, 1));

        assertThat(none.success()).isFalse();
        assertThat(none.observed()).isNull();
        assertThat(number(half)).isEqualTo(0);
        assertThat(half.details())
                .containsEntry("expected_partition", categories(List.of("a", "b", "c"), List.of(0.5, 0.25, 0.25)));
    }

    @Test
    void binsHaveTheirLeftEdgeAndTheLastOneBoth() {
        Map<String, Object> partition = bins(List.of(0, 1, 2), List.of(0.5, 0.5));
        Finding inside = exactly(
                KL, kwargs("partition_object", partition, "threshold", 0), List.of(0.0, -0.0, 0.5, 1.0, 1.5, 2.0));
        Finding outside =
                exactly(KL, kwargs("partition_object", partition, "threshold", 9), List.of(0.5, 1.5, 2.5, -1));

        assertThat(inside.success()).isTrue();
        assertThat(outside.observed()).isNull();
        Map<String, Object> observed = new LinkedHashMap<>(bins(List.of(0.0, 1.0, 2.0), List.of(0.25, 0.25)));
        observed.put("tail_weights", List.of(0.25, 0.25));
        assertThat(outside.details()).containsEntry("observed_partition", observed);
    }

    @Test
    void infiniteBinsAreTails() {
        Map<String, Object> partition = bins(List.of(-INFINITY, 0, 1, INFINITY), List.of(0.25, 0.5, 0.25));
        Finding finding =
                exactly(KL, kwargs("partition_object", partition, "threshold", 0.1), List.of(-7, 0.1, 0.9, 1e300));

        assertThat(number(finding)).isEqualTo(0);
        assertThat(finding.details())
                .extractingByKey("observed_partition")
                .isEqualTo(Map.of(
                        "bins", List.of(0.0, 1.0), "weights", List.of(0.5), "tail_weights", List.of(0.25, 0.25)));
    }

    @Test
    void withoutAPartitionTheColumnIsDescribed() {
        Finding values = exactly(KL, kwargs("bucketize_data", false), column(3, 1, 0));
        Finding numbers = exactly(KL, kwargs(), List.of(1, 2, 3, 4, 5, 6, 7, 8));

        assertThat(number(values)).isEqualTo(0);
        assertThat(number(numbers)).isEqualTo(0);
        assertThat(numbers.details())
                .extractingByKey("observed_partition", InstanceOfAssertFactories.MAP)
                .containsEntry("bins", List.of(1.0, 2.75, 4.5, 6.25, 8.0))
                .containsEntry("weights", List.of(0.25, 0.25, 0.25, 0.25));
        assertThat(exactly(KL, kwargs(), List.of(3, 3)).error()).isNotBlank();
        assertThat(read(KL, kwargs()).notInWindows()).isNotBlank();
    }

    @Test
    void binsAreCountedExactlyInLittleMemory() {
        BatchCheck check =
                read(KL, kwargs("partition_object", bins(List.of(0, 1, 2), List.of(0.5, 0.5)), "threshold", 1));
        List<Object> column = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            column.add(i % 4 / 2.0);
        }
        Finding finding = judge(check, new Memory(10_000, 16, 0.001), column);

        assertThat(finding).isEqualTo(judge(check, Memory.EXACT, column));
        assertThat(finding.approximation()).isNull();
    }

    @Test
    void chiSquaredTest() {
        Map<String, Object> partition = categories(List.of("a", "b", "c"), List.of(0.25, 0.5, 0.25));
        Finding finding = exactly(CHI, kwargs("partition_object", partition, "p", 0.3), column(30, 50, 20));

        assertThat(number(finding)).isEqualTo(0.36787944117144245, within(EXACT));
        assertThat(finding.success()).isTrue();
        assertThat(exactly(
                                CHI,
                                kwargs("partition_object", categories(List.of("a", "b"), List.of(0.5, 0.5))),
                                column(5, 5, 1))
                        .observed())
                .isEqualTo(0.0);
    }

    @ParameterizedTest
    @CsvSource({
        "norm, 0.5;0.3, 0.8888207501173518",
        "uniform, 0;1, 0.7477377629657987",
        "expon, 0;0.5, 0.6856875016144843",
        "gamma, 2;0;0.25, 0.8339404832521278",
        "beta, 2;2;0;1, 0.8504675430622048",
        "chi2, 3;0;0.2, 0.7635515393170931"
    })
    void fitOfNamedDistributions(String distribution, String params, double probability) {
        List<Double> numbers =
                Arrays.stream(params.split(";")).map(Double::valueOf).toList();
        List<Double> values = List.of(0.1, 0.25, 0.3, 0.55, 0.6, 0.62, 0.9);
        Finding finding = exactly(FIT, kwargs("distribution", distribution, "params", numbers), values);

        assertThat(number(finding)).isEqualTo(probability, within(1e-10));
        assertThat(finding.success()).isTrue();
    }

    @Test
    void parametersMayBeNamed() {
        List<Double> values = List.of(0.1, 0.25, 0.3, 0.55, 0.6, 0.62, 0.9);
        Finding finding =
                exactly(FIT, kwargs("distribution", "norm", "params", Map.of("mean", 0.5, "std_dev", 0.3)), values);

        assertThat(number(finding)).isEqualTo(0.8888207501173518, within(1e-10));
    }

    @Test
    void bootstrapTellsFittingFromOtherColumnsAlwaysAlike() {
        Map<String, Object> kwargs =
                kwargs("partition_object", bins(List.of(0, 1, 2, 3, 4), List.of(0.25, 0.25, 0.25, 0.25)), "p", 0.05);
        List<Double> fits = new ArrayList<>();
        List<Double> differs = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            fits.add(i / 100.0);
            differs.add(3.5 + i / 100.0);
        }

        assertThat(exactly(BOOTSTRAP, kwargs, fits).success()).isTrue();
        assertThat(number(exactly(BOOTSTRAP, kwargs, fits))).isBetween(0.9, 1.0);
        assertThat(exactly(BOOTSTRAP, kwargs, differs).success()).isFalse();
        assertThat(exactly(BOOTSTRAP, kwargs, fits)).isEqualTo(exactly(BOOTSTRAP, kwargs, fits));
        assertThat(exactly(BOOTSTRAP, kwargs, differs).details())
                .extractingByKey("observed_partition")
                .isEqualTo(Map.of(
                        "bins", List.of(0.0, 1.0, 2.0, 3.0, 4.0, 7.49),
                        "weights", List.of(0.0, 0.0, 0.0, 51 / 400.0, 349 / 400.0)));
    }

    @Test
    void wassersteinDistance() {
        Map<String, Object> partition = categories(List.of(1, 2, 4), List.of(0.2, 0.3, 0.5));
        assertThat(number(exactly(DISTANCE, kwargs("partition", partition), List.of(0, 0.5, 7, 7))))
                .isEqualTo(2.175, within(EXACT));
        assertThat(number(exactly(DISTANCE, kwargs("raw_values", List.of(3, 1)), List.of(2, 2, 8))))
                .isEqualTo(7 / 3.0, within(EXACT));
        assertThat(exactly(DISTANCE, kwargs("raw_values", List.of(1), "max_value", 2), List.of(1, 5))
                        .success())
                .isTrue();
    }

    @Test
    void dependenceOfTwoColumns() {
        assertThat(number(phi("aaabbbcccc", "xyxyyzzzzx"))).isEqualTo(0.60380736442456, within(EXACT));
        assertThat(number(phi("aabbaabbab", "xxyyxyyyxx"))).isEqualTo(0.4, within(EXACT));
        assertThat(phi("aaaa", "xyxy").observed()).isNull();
        assertThat(phi("aabb", "xyxy").success()).isTrue();
    }

    private static Finding phi(String a, String b) {
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < a.length(); i++) {
            pairs.add(List.of(a.substring(i, i + 1), b.substring(i, i + 1)));
        }
        return exactly(PHI, Map.of("column_A", "a", "column_B", "b"), pairs);
    }

    @Test
    void partitionsThatMakeNoSenseAreFoundAtStartUp() {
        assertProblem(KL, kwargs("partition_object", categories(List.of("a", "b"), List.of(0.5, 0.4))), "add up to 1");
        assertProblem(KL, kwargs("partition_object", categories(List.of("a", "a"), List.of(0.5, 0.5))), "differ");
        assertProblem(KL, kwargs("partition_object", categories(List.of("a"), List.of(0.5, 0.5))), "as many");
        assertProblem(KL, kwargs("partition_object", bins(List.of(0, 2, 1), List.of(0.5, 0.5))), "greater than");
        assertProblem(KL, kwargs("partition_object", bins(List.of(0, 1), List.of(0.5, 0.5))), "one more");
        assertProblem(KL, kwargs("partition_object", Map.of()), "bins and weights");
        assertProblem(KL, kwargs("threshold", -1), "threshold");
        assertProblem(
                KL, kwargs("partition_object", bins(List.of(0, 1), List.of(1)), "tail_weight_holdout", 2), "0 to 1");
        assertProblem(
                KL, kwargs("partition_object", bins(List.of(0, 1), List.of(1)), "bucketize_data", false), "bucketize");
        assertProblem(
                KL,
                kwargs("partition_object", bins(List.of(-INFINITY, INFINITY), List.of(1)), "tail_weight_holdout", 0.1),
                "infinite");
        assertProblem(
                KL,
                kwargs("partition_object", categories(List.of("a"), List.of(1)), "internal_weight_holdout", 0.1),
                "discrete");
        assertProblem(FIT, kwargs("distribution", "cauchy"), "distribution must be one of");
        assertProblem(FIT, kwargs("distribution", "norm", "params", List.of(0, -1)), "above 0");
        assertProblem(FIT, kwargs("distribution", "norm", "p_value", 1), "exclusive");
        assertProblem(BOOTSTRAP, kwargs("partition_object", bins(List.of(0, INFINITY), List.of(1))), "finite");
        assertProblem(
                BOOTSTRAP,
                kwargs("partition_object", bins(List.of(0, 1), List.of(1)), "bootstrap_samples", 1_000_000_000),
                "at most");
        assertProblem(DISTANCE, kwargs(), "raw_values or partition");
        assertProblem(PHI, Map.of("column_A", "a", "column_B", "b", "bins_A", List.of(1, "x")), "bins_A");
    }

    private static void assertProblem(String type, Map<String, Object> kwargs, String words) {
        assertThat(problems(type, kwargs)).singleElement().asString().contains(words);
    }

    @Test
    void oneBinWithoutEndsHoldsEverything() {
        List<Double> ends = List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        Finding finding = exactly(
                "expect_column_kl_divergence_to_be_less_than",
                kwargs("partition_object", bins(ends, List.of(1)), "threshold", 0.1),
                List.of(1, 2, Double.POSITIVE_INFINITY));

        assertThat(finding.success()).isTrue();
        assertThat(finding.observed()).isEqualTo(0.0);
    }

    @Test
    void oneEdgeIsNoBin() {
        Map<String, Object> edge = new LinkedHashMap<>(bins(List.of(1), List.of()));
        assertProblem(
                "expect_column_kl_divergence_to_be_less_than",
                kwargs("partition_object", edge, "threshold", 0.1),
                "at least two numbers");
        edge.put("tail_weights", List.of(0.5, 0.5));
        assertProblem(
                "expect_column_kl_divergence_to_be_less_than",
                kwargs("partition_object", edge, "threshold", 0.1),
                "at least two numbers");
    }

    @Test
    void infiniteNumbersCannotBePutIntoBinsOfEqualWidth() {
        List<List<Object>> pairs = List.of(List.of(1, "a"), List.of(Double.POSITIVE_INFINITY, "b"));
        Map<String, Object> kwargs = new LinkedHashMap<>(Map.of("column_A", "a", "column_B", "b"));
        String type = "expect_column_pair_cramers_phi_value_to_be_less_than";

        assertThat(exactly(type, kwargs, pairs).error()).contains("finite numbers");
        kwargs.put("bins_A", List.of(0, 2));
        assertThat(exactly(type, kwargs, pairs).error()).isNull();
    }
}

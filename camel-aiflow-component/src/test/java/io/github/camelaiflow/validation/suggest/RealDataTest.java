package io.github.camelaiflow.validation.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.records.ColumnTypes;
import io.github.camelaiflow.validation.Expectation;
import io.github.camelaiflow.validation.RealFiles;
import io.github.camelaiflow.validation.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real and realistic data; lies in the directory {@code -Daiflow.data=…}. */
class RealDataTest {

    /**
     * The first week of December against all days to the end of March: no day breaks the structure. Customers and countries come
     * in runs, which the design effect covers; what is left are five days of 95, each with one warning.
     */
    @Test
    void aSuiteOfTheFirstWeekHoldsForNearlyAllDays() throws IOException {
        List<Path> files = RealFiles.retailDays();
        ColumnTypes types = RealFiles.types(files.subList(0, 6));
        SuggestedSuite suite = suite("retail", files.subList(0, 6), types, SuggestSettings.DEFAULT.withBatchSize(1500));

        Map<String, List<String>> failed = new TreeMap<>();
        for (Path file : files) {
            List<String> names = Judge.failed(suite, RealFiles.rows(file, types));
            if (!names.isEmpty()) {
                failed.put(file.getFileName().toString(), names);
            }
        }
        assertThat(files).hasSize(95);
        assertThat(failed).hasSizeBetween(1, 9);
        assertThat(failed.values()).allSatisfy(names -> assertThat(names)
                .noneMatch(name -> name.contains("type_list") || name.contains("strftime") || name.contains("table")));
        assertThat(suite.suite().expectations())
                .filteredOn(expectation -> expectation.severity() == Severity.CRITICAL)
                .hasSizeGreaterThan(10);
    }

    @Test
    void aSuiteOfSomeClaimsHoldsForTheOthersAndNotForChangedOnes() throws IOException {
        Path file = RealFiles.file("insurance/claims.csv");
        List<Map<String, Object>> claims = RealFiles.rows(file, RealFiles.types(List.of(file)));
        SuggestedSuite suite =
                SuiteSuggester.suggest("claims", claims.subList(0, 2000), SuggestSettings.DEFAULT.withBatchSize(1000));

        assertThat(suite.suite().expectations())
                .extracting(Expectation::type)
                .contains(
                        "expect_column_pair_values_a_to_be_greater_than_b",
                        "expect_column_quantile_values_to_be_between",
                        "expect_column_values_to_be_in_set");
        for (int from = 2000; from < 5000; from += 1000) {
            assertThat(Judge.failed(suite, claims.subList(from, from + 1000))).isEmpty();
        }
        List<Map<String, Object>> changed = claims.subList(4000, 5000);
        changed.forEach(claim -> claim.compute("total_claim_amount", (name, value) -> (Double) value / 2));
        assertThat(Judge.failed(suite, changed)).anyMatch(name -> name.contains("pair_values"));
    }

    private static SuggestedSuite suite(String name, List<Path> files, ColumnTypes types, SuggestSettings settings)
            throws IOException {
        Sample sample = new Sample(settings);
        for (Path file : files) {
            RealFiles.read(file, types, sample::add);
        }
        return SuiteSuggester.suggest(name, sample);
    }
}

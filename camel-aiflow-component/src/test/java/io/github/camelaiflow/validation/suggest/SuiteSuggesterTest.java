package io.github.camelaiflow.validation.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.statistics.SeededRandom;
import io.github.camelaiflow.validation.Expectation;
import io.github.camelaiflow.validation.Severity;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class SuiteSuggesterTest {

    private static final int ROWS = 800;

    private static List<Map<String, Object>> column(int rows, IntFunction<Object> value) {
        List<Map<String, Object>> made = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            made.add(Collections.singletonMap("c", value.apply(i)));
        }
        return made;
    }

    private static SuggestedSuite suggest(List<Map<String, Object>> rows) {
        return SuiteSuggester.suggest("s", rows, SuggestSettings.DEFAULT.withBatchSize(200));
    }

    private static List<String> types(SuggestedSuite suite) {
        return suite.suite().expectations().stream()
                .map(expectation -> expectation.type().replaceFirst("expect_(column_)?", ""))
                .toList();
    }

    private static Expectation one(SuggestedSuite suite, String type) {
        return suite.suite().expectations().stream()
                .filter(expectation -> expectation.type().endsWith(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " is not in " + types(suite)));
    }

    @Test
    void everyExpectationSaysHowItWasDerived() throws IOException {
        UniformRandomProvider random = SeededRandom.stream(1);
        SuggestedSuite suite = SuiteSuggester.suggest(
                "all", Populations.tables(ROWS, random), SuggestSettings.DEFAULT.withBatchSize(300));
        JsonNode tree = new JsonMapper().readTree(suite.toJson());
        assertThat(tree.path("name").asText()).isEqualTo("all");
        assertThat(tree.path("meta").path("aiflow").path("rows_used").asInt()).isEqualTo(ROWS);
        assertThat(tree.path("expectations")).hasSizeGreaterThan(40).allSatisfy(expectation -> {
            JsonNode how = expectation.path("meta").path("aiflow");
            assertThat(how.path("method").asText()).isNotBlank();
            assertThat(how.path("sample_size").asInt()).isPositive();
            assertThat(how.path("batch_size").asInt()).isEqualTo(300);
            assertThat(how.path("promised").isBoolean()).isTrue();
            assertThat(how.path("confidence").asDouble(1)).isGreaterThan(0.95);
        });
        assertThat(suite.toString()).isEqualTo(suite.toJson());
    }

    @Test
    void theSameSampleAndSeedGiveTheSameSuite() {
        List<Map<String, Object>> rows = Populations.tables(200, SeededRandom.stream(2));
        assertThat(suggest(rows).toJson()).isEqualTo(suggest(rows).toJson());
    }

    @Test
    void structureThatHeldIsCriticalAndSharesAreWarnings() {
        SuggestedSuite suite = suggest(column(ROWS, i -> i % 7 == 0 ? null : i * 7919 % 1000 / 10.0));
        assertThat(one(suite, "type_list").severity()).isEqualTo(Severity.CRITICAL);
        assertThat(one(suite, "match_set").severity()).isEqualTo(Severity.CRITICAL);
        assertThat(one(suite, "not_be_null").severity()).isEqualTo(Severity.WARNING);
        assertThat(one(suite, "values_to_be_between").severity()).isEqualTo(Severity.WARNING);
        assertThat(one(suite, "not_be_null").mostly()).isBetween(0.6, 6 / 7.0);
    }

    @Test
    void limitsAndMostlyAreNotTheSamplesOwn() {
        Expectation between = one(suggest(column(ROWS, i -> i * 7919 % 1000)), "values_to_be_between");
        assertThat(between.mostly()).isBetween(0.9, 0.999);
        assertThat((Integer) between.kwargs().get("max_value")).isLessThan(999);
    }

    @Test
    void aCounterGetsNoLimitsAndATimeItsFormat() {
        SuggestedSuite counter = suggest(column(ROWS, i -> 10_000 + 3 * i));
        assertThat(types(counter)).contains("values_to_be_unique").doesNotContain("values_to_be_between");
        assertThat(one(counter, "unique").meta().get("aiflow").toString()).contains("promised=false");

        SuggestedSuite dates = suggest(
                column(ROWS, i -> LocalDate.of(2026, 1, 1).plusDays(i % 50).toString()));
        assertThat(one(dates, "strftime_format").kwargs()).containsEntry("strftime_format", "%Y-%m-%d");
        assertThat(types(dates)).doesNotContain("values_to_be_in_set");
    }

    @Test
    void daysAndMonthsThatCannotBeToldApartAreNot() {
        SuggestedSuite suite = suggest(column(ROWS, i -> "%02d/%02d/2026".formatted(1 + i % 12, 1 + i % 11)));
        assertThat(types(suite)).doesNotContain("values_to_match_strftime_format");
        assertThat(suite.leftOut()).extracting(LeftOut::why).contains("day and month cannot be told apart");
    }

    @Test
    void aKeyIsPromisedForBatchesMuchSmallerThanTheSample() {
        List<Map<String, Object>> rows = column(5000, i -> "K" + (100_000 + i * 7919 % 50_000));
        SuggestedSuite small = SuiteSuggester.suggest("s", rows, SuggestSettings.DEFAULT.withBatchSize(50));
        assertThat(one(small, "unique").meta().get("aiflow").toString()).contains("promised=true");
    }

    @Test
    void pairsThatHoldByChanceOnlyAreNotSuggested() {
        UniformRandomProvider random = SeededRandom.stream(5);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double part = random.nextDouble();
            rows.add(Map.of("part", part, "whole", part + random.nextDouble() / 2, "apart", 100 + random.nextDouble()));
        }
        SuggestedSuite suite = suggest(rows);
        assertThat(suite.suite().expectations())
                .filteredOn(expectation -> expectation.type().contains("pair"))
                .singleElement()
                .satisfies(pair -> assertThat(pair.kwargs())
                        .containsEntry("column_A", "whole")
                        .containsEntry("column_B", "part"));
    }

    @Test
    void aBatchFarSmallerThanTheSampleHasItsStatisticsBounded() {
        UniformRandomProvider random = SeededRandom.stream(6);
        SuggestedSuite suite = SuiteSuggester.suggest(
                "s", Populations.LOGNORMAL.rows(20_000, random), SuggestSettings.DEFAULT.withBatchSize(20));
        assertThat(types(suite))
                .contains("mean_to_be_between", "stdev_to_be_between", "proportion_of_unique_values_to_be_between");
    }

    @Test
    void tooFewRowsAreAnAnswer() {
        SuggestedSuite empty = suggest(List.of());
        assertThat(empty.suite().expectations()).isEmpty();
        for (int rows : new int[] {1, 3, 10}) {
            SuggestedSuite few = suggest(column(rows, i -> i * 7 % 5 + 0.5));
            assertThat(types(few)).as("%s rows", rows).doesNotContain("values_to_be_between");
            assertThat(few.leftOut())
                    .anySatisfy(
                            left -> assertThat(left.rowsNeeded()).isNotNull().isGreaterThan(rows));
        }
    }

    @Test
    void whatItSaysItTakesIsAboutWhatItTakes() {
        IntFunction<Object> value = i -> i * 7919 % 1009 / 10.0;
        IntFunction<SuggestedSuite> of = rows -> SuiteSuggester.suggest(
                "s",
                column(rows, value),
                SuggestSettings.DEFAULT.withBatchSize(200).withAlpha(1e-6));
        long needed = of.apply(24).leftOut().stream()
                .filter(left -> left.expectation().endsWith("values_to_be_between"))
                .mapToLong(LeftOut::rowsNeeded)
                .findFirst()
                .orElseThrow();
        assertThat(needed).isGreaterThan(24);
        assertThat(types(of.apply((int) (needed * 1.5)))).contains("values_to_be_between");
        assertThat(types(of.apply((int) (needed / 1.5)))).doesNotContain("values_to_be_between");
    }

    @Test
    void unrulyColumnsBreakNothing() {
        List<Object> unruly = Arrays.asList(
                null,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                1,
                "text",
                true,
                List.of(1),
                Map.of("k", 1),
                new byte[3],
                "x".repeat(5000),
                Long.MAX_VALUE,
                new java.math.BigDecimal("1e500"),
                new Object(),
                'c',
                LocalDate.EPOCH);
        UniformRandomProvider random = SeededRandom.stream(8);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int j = 0; j < unruly.size(); j++) {
                row.put("only " + j, unruly.get(j));
            }
            row.put("mixed", unruly.get(random.nextInt(unruly.size())));
            row.put("", 1);
            if (i % 3 == 0) {
                row.put("sometimes", i);
            }
            if (i == 250) {
                row.put("once", i);
            }
            rows.add(row);
        }
        SuggestedSuite suite = suggest(rows);
        assertThat(suite.rowsUsed()).isEqualTo(500);
        assertThat(one(suite, "match_set").kwargs().get("column_set").toString())
                .contains("sometimes")
                .doesNotContain("once");
        assertThat(Judge.brokenPromises(suite, rows)).isEmpty();
    }

    @Test
    void aLargeSampleIsKeptInBounds() {
        Sample sample = new Sample(SuggestSettings.DEFAULT.withMaxRows(1000));
        for (int i = 0; i < 50_000; i++) {
            sample.add(Map.of("c", i % 100));
        }
        assertThat(sample.rowsRead()).isEqualTo(50_000);
        assertThat(sample.rowsKept()).isEqualTo(1000);
        Map<String, Object> wide = new LinkedHashMap<>();
        for (int i = 0; i < 3000; i++) {
            wide.put("c" + i, i);
        }
        Sample columns = new Sample(SuggestSettings.DEFAULT);
        columns.add(wide);
        assertThat(columns.columns()).hasSize(1000);
        assertThat(SuiteSuggester.suggest("s", columns).toJson()).contains("fields beyond the first 1,000");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SuggestSettings.DEFAULT.withAlpha(0)).hasMessageContaining("alpha must be above 0");
        assertThatThrownBy(() -> SuggestSettings.DEFAULT.withAlpha(Double.NaN)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> SuggestSettings.DEFAULT.withBatchSize(-1)).hasMessageContaining("batch size");
        assertThatThrownBy(() -> SuggestSettings.DEFAULT.withMaxRows(0)).hasMessageContaining("rows kept");
    }
}

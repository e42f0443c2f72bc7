package io.github.camelaiflow.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window of a million records of nothing but different values stays within 2 MB a column, however it slides. */
class WindowMemoryTest {

    private static final int RECORDS = 1_000_000;
    private static final int COLUMNS = 6;
    private static final long BUDGET = 2L << 20;
    private static final String EXPECTATIONS = """
            - {type: expect_column_values_to_be_unique, kwargs: {column: COL}}
            - {type: expect_column_values_to_not_be_null, kwargs: {column: COL, mostly: 0.9}}
            - {type: expect_column_median_to_be_between, kwargs: {column: COL, min_value: 0}}
            - {type: expect_column_mean_to_be_between, kwargs: {column: COL, min_value: 0}}
            - {type: expect_column_unique_value_count_to_be_between, kwargs: {column: COL, min_value: 10}}
            - {type: expect_column_most_common_value_to_be_in_set, kwargs: {column: COL, value_set: [1]}}
            - {type: expect_column_distinct_values_to_contain_set, kwargs: {column: COL, value_set: [1, 2]}}
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void aMillionRecordsAreHeldInBoundedMemory(int panes) {
        StringBuilder suite = new StringBuilder();
        for (int column = 0; column < COLUMNS; column++) {
            suite.append(EXPECTATIONS.replace("COL", "c" + column));
        }
        List<ValidationResult> verdicts = new ArrayList<>();
        try (RecordValidator validator = new RecordValidator(
                Schema.NONE, SuiteReader.read(suite.toString().getBytes(StandardCharsets.UTF_8), "test"))) {
            WindowValidator windows = new WindowValidator(
                    validator,
                    new WindowSettings(RECORDS, null, panes),
                    ResultFormat.SUMMARY,
                    () -> Instant.EPOCH,
                    verdicts::add);
            long before = used();
            for (int i = 0; i < RECORDS - 1; i++) {
                windows.add(Records.single(row(i)));
            }
            long held = used() - before;

            assertThat(held / COLUMNS).as("bytes a column").isLessThan(BUDGET);
            windows.add(Records.single(row(RECORDS)));
        }
        assertThat(verdicts).hasSize(1);
        assertThat(verdicts.get(0).results())
                .filteredOn(result -> result.expectation().type().endsWith("_to_be_unique"))
                .hasSize(COLUMNS)
                .allSatisfy(result -> {
                    assertThat(result.success()).isTrue();
                    assertThat(result.approximation().upper()).isLessThan((panes == 1 ? 0.002 : 0.05) * RECORDS);
                });
        assertThat(verdicts.get(0).results())
                .filteredOn(result -> result.expectation().type().contains("unique_value_count"))
                .allSatisfy(result -> assertThat(result.approximation().lower())
                        .isLessThanOrEqualTo(RECORDS)
                        .isGreaterThan(0.95 * RECORDS));
    }

    private static Map<String, Object> row(int i) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 0; column < COLUMNS; column++) {
            row.put("c" + column, (long) i * COLUMNS + column);
        }
        return row;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}

package io.github.camelaiflow.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.records.ColumnTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Suites as a person writes them, over every file of the real data; only the figures SOURCES.md gives were known. */
class HandWrittenSuitesTest {

    @Test
    void everyRetailDayButOneIsAsExpected() throws IOException {
        List<Path> files = RealFiles.retailDays();
        ColumnTypes types = RealFiles.types(files);
        Map<String, List<String>> failed = new TreeMap<>();
        long records = 0;
        try (RecordValidator validator = validator("retail.json")) {
            for (Path file : files) {
                ValidationResult result = validator.validate(Records.batch(RealFiles.rows(file, types)));
                records += result.records();
                if (!Boolean.TRUE.equals(result.valid())) {
                    failed.put(file.getFileName().toString(), failures(result));
                }
            }
        }
        assertThat(records).isEqualTo(142_083);
        // A day with 51 adjustments of stock that nobody described
        assertThat(failed)
                .containsOnly(Map.entry(
                        "2011-01-28.csv", List.of("expect_column_values_to_not_be_null of Description: 51 null null")));
    }

    @Test
    void claimsAndCustomersAreAsExpected() throws IOException {
        for (String table : List.of("claims", "customers")) {
            Path file = RealFiles.file("insurance/" + table + ".csv");
            try (RecordValidator validator = validator("insurance-" + table + ".yaml")) {
                ValidationResult result =
                        validator.validate(Records.batch(RealFiles.rows(file, RealFiles.types(List.of(file)))));

                assertThat(failures(result)).isEmpty();
                assertThat(result.valid()).isTrue();
                assertThat(result.records()).isEqualTo(5000);
            }
        }
    }

    private static RecordValidator validator(String suite) throws IOException {
        byte[] bytes = HandWrittenSuitesTest.class
                .getResourceAsStream("/suites/" + suite)
                .readAllBytes();
        return new RecordValidator(Schema.NONE, SuiteReader.read(bytes, suite));
    }

    private static List<String> failures(ValidationResult result) {
        return result.results().stream()
                .filter(one -> !one.success())
                .map(one ->
                        one.expectation().type() + " of " + one.expectation().column() + ": " + one.unexpectedCount()
                                + " " + one.observedValue() + " " + one.error())
                .toList();
    }
}

package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.statistics.SeededRandom;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data whose drift is known; lies in the directory {@code -Daiflow.data=…}. */
class RealDataTest {

    private static final List<String> CREDIT = List.of("age", "score", "education", "employment");

    private final List<DriftReport> reports = new ArrayList<>();
    private Path drift;

    @BeforeEach
    void needsData() {
        String data = System.getProperty("aiflow.data", "");
        assumeTrue(!data.isBlank(), "the property aiflow.data is not set");
        drift = Path.of(data, "drift");
    }

    @Test
    void creditAgeAndScoreWanderAndTheOthersDoNot() throws IOException {
        Path folder = drift.resolve("gaussian-credit");
        JsonNode training = json(folder.resolve("training_data.json")).path("request");
        DriftConfig config = DriftConfig.DEFAULT.withWindow(50).withFalseAlarms(10_000);
        DriftMonitor monitor = monitor(Reference.of(Schema.NONE, credit(training)), config);
        for (int request = 0; request < 300; request += 5) {
            monitor.observe(credit(json(folder.resolve("inference_batches/" + request + ".json"))));
        }
        assertThat(reports).hasSize(6);
        assertThat(monitor.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(reports)
                .allSatisfy(report -> assertThat(report.driftedFields()).isSubsetOf("age", "score"));
        assertThat(reports)
                .filteredOn(report -> report.driftedFields().contains("age"))
                .hasSizeGreaterThan(1);
        assertThat(reports)
                .filteredOn(report -> report.driftedFields().contains("score"))
                .hasSizeGreaterThan(1);
    }

    @Test
    void housesOfAnotherRegionDriftAndShuffledOnesDoNot() throws IOException {
        Schema schema = new Schema("id", List.of());
        Reference reference = read("california_housing_reference.csv", schema);
        assertThat(reference.rows()).isEqualTo(5832);
        assertThat(reference.leftOut()).containsOnlyKeys("timestamp");
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        reference.fields().forEach(field -> kinds.put(field, reference.kind(field)));
        assertThat(kinds).hasSize(11).allSatisfy((field, kind) -> assertThat(kind)
                .isEqualTo(FieldKind.NUMBER));

        DriftConfig config = DriftConfig.DEFAULT.withFields(List.of("Latitude", "Longitude", "MedInc"));
        DriftMonitor elsewhere = monitor(reference, config);
        elsewhere.observe(rows("california_housing_analysis.csv").subList(0, 1000));
        assertThat(elsewhere.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(reports.get(0).driftedFields()).contains("Latitude", "Longitude");

        List<Map<String, Object>> shuffled = rows("california_housing_reference.csv");
        Collections.shuffle(shuffled, new Random(SeededRandom.stream(1).nextLong()));
        DriftMonitor same = monitor(Reference.of(Schema.NONE, shuffled.subList(0, 4000)), config);
        same.observe(shuffled.subList(4000, 5000));
        assertThat(same.status()).isEqualTo(DriftStatus.STABLE);
    }

    private DriftMonitor monitor(Reference reference, DriftConfig config) {
        return new DriftMonitor(reference, config, Runnable::run, () -> Instant.EPOCH, reports::add);
    }

    private Reference read(String file, Schema schema) throws IOException {
        try (InputStream in =
                Files.newInputStream(drift.resolve("california-housing").resolve(file))) {
            return Reference.read(file, in, schema);
        }
    }

    private List<Map<String, Object>> rows(String file) throws IOException {
        List<String> lines =
                Files.readAllLines(drift.resolve("california-housing").resolve(file));
        List<String> header = List.of(lines.get(0).split(","));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            Map<String, Object> row = new LinkedHashMap<>();
            for (String field : List.of("Latitude", "Longitude", "MedInc")) {
                row.put(field, Double.valueOf(cells[header.indexOf(field)]));
            }
            rows.add(row);
        }
        return rows;
    }

    private static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(file.toFile());
    }

    /** The rows of an Open Inference Protocol request. */
    private static List<Map<String, Object>> credit(JsonNode request) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode values : request.path("inputs").path(0).path("data")) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < CREDIT.size(); i++) {
                row.put(CREDIT.get(i), values.path(i).doubleValue());
            }
            rows.add(row);
        }
        return rows;
    }
}

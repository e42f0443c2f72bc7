package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Series of which someone knows what happened, watched by a conformal detector and reported as they are: docs/detectors.md. No bar, as
 * neither keeps what the detector assumes: the values of NAB's series depend on those before and on the hour.
 */
class KnownSeriesTest {

    private static final double LEARNED = 0.15;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private record Window(LocalDateTime from, LocalDateTime to) {

        boolean has(LocalDateTime time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ambient_temperature_system_failure",
        "cpu_utilization_asg_misconfiguration",
        "ec2_request_latency_system_failure",
        "machine_temperature_system_failure",
        "nyc_taxi",
        "rogue_agent_key_hold",
        "rogue_agent_key_updown"
    })
    void numentasSeries(String series) throws IOException {
        String file = "realKnownCause/" + series + ".csv";
        List<String[]> rows = RealData.cells(RealData.drift("nab", file), "timestamp,value");
        List<Window> windows = windows(file);
        int learned = (int) (LEARNED * rows.size());
        DetectorSettings settings = DetectorSettings.of(DetectorType.CONFORMAL)
                .withFalseAlarms(10_000)
                .withBaselineLabels(learned);
        double[] reference = rows.subList(0, learned).stream()
                .mapToDouble(row -> Double.parseDouble(row[1]))
                .toArray();
        List<LocalDateTime> fixed = alarms(rows.subList(learned, rows.size()), settings.forNumbers(reference));
        List<LocalDateTime> anew = alarms(rows, settings.forNumbers());
        assertThat(fixed).isNotEmpty();
        assertThat(anew.get(0)).isEqualTo(fixed.get(0));
        System.out.println("| " + series + " | " + report(fixed, windows) + " | " + report(anew, windows) + " |");
        System.out.println("dummy: " + report(dummy(rows.subList(learned, rows.size())), windows));
    }

    private static List<LocalDateTime> alarms(List<String[]> rows, ChangeDetector detector) {
        List<LocalDateTime> alarms = new ArrayList<>();
        for (String[] row : rows) {
            if (detector.add(Double.parseDouble(row[1])) == ChangeStatus.CHANGED) {
                alarms.add(LocalDateTime.parse(row[0], TIME));
                detector.reset();
            }
        }
        return alarms;
    }

    /** Every 100th value, whatever it is. */
    private static List<LocalDateTime> dummy(List<String[]> rows) {
        List<LocalDateTime> alarms = new ArrayList<>();
        for (int i = 99; i < rows.size(); i += 100) {
            alarms.add(LocalDateTime.parse(rows.get(i)[0], TIME));
        }
        return alarms;
    }

    private static List<Window> windows(String file) throws IOException {
        JsonNode all = new JsonMapper()
                .readTree(RealData.drift("nab", "labels/combined_windows.json").toFile());
        List<Window> windows = new ArrayList<>();
        for (JsonNode window : all.path(file)) {
            windows.add(new Window(time(window.path(0)), time(window.path(1))));
        }
        assertThat(windows).isNotEmpty();
        return windows;
    }

    private static LocalDateTime time(JsonNode text) {
        return LocalDateTime.parse(text.asText().substring(0, 19), TIME);
    }

    private static String report(List<LocalDateTime> alarms, List<Window> windows) {
        long found = windows.stream()
                .filter(window -> alarms.stream().anyMatch(window::has))
                .count();
        long outside = alarms.stream()
                .filter(alarm -> windows.stream().noneMatch(window -> window.has(alarm)))
                .count();
        String delays = windows.stream().map(window -> delay(alarms, window)).collect(Collectors.joining(", "));
        return found + " of " + windows.size() + " | " + delays + " | " + outside + " of " + alarms.size();
    }

    /** Hours from a window's start to the first alarm in it. */
    private static String delay(List<LocalDateTime> alarms, Window window) {
        return alarms.stream()
                .filter(window::has)
                .findFirst()
                .map(alarm -> Duration.between(window.from, alarm).toHours() + " h")
                .orElse("-");
    }

    @ParameterizedTest
    @CsvSource({"0,Age", "1,Credit Score", "2,Years of Education", "3,Years of Employment"})
    void creditRequests(int column, String name) throws IOException {
        JsonNode training = new JsonMapper()
                .readTree(
                        RealData.drift("gaussian-credit", "training_data.json").toFile());
        ChangeDetector detector =
                DetectorSettings.of(DetectorType.CONFORMAL).forNumbers(values(training.path("request"), column));
        int row = 0;
        for (int request = 0; request < 300; request += 5) {
            JsonNode batch = new JsonMapper()
                    .readTree(RealData.drift("gaussian-credit", "inference_batches", request + ".json")
                            .toFile());
            for (double value : values(batch, column)) {
                row += detector.status() == ChangeStatus.CHANGED ? 0 : 1;
                detector.add(value);
            }
        }
        System.out.println(
                name + ": " + detector.status() + " at row " + row + ", since " + (row - detector.changedAgo() + 1));
        assertThat(detector.status()).isEqualTo(column < 2 ? ChangeStatus.CHANGED : ChangeStatus.STABLE);
    }

    private static double[] values(JsonNode request, int column) {
        JsonNode data = request.path("inputs").path(0).path("data");
        return StreamSupport.stream(data.spliterator(), false)
                .mapToDouble(row -> row.path(column).doubleValue())
                .toArray();
    }
}

package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.camelaiflow.feedback.outcome.Losses;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real data on which the relation of inputs and truth changes with place: what estimates say, month by month. */
class CaliforniaHousingTest {

    private static final List<String> FIELDS =
            List.of("MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude");
    private static final EstimateConfig CONFIG =
            EstimateConfig.DEFAULT.withPositive("1").withFields(FIELDS);

    /** A row of the file with its truth. */
    private record Row(String month, Outcome outcome, Map<String, Object> inputs) {}

    private static List<Row> reference;
    private static Map<String, List<Row>> months;

    @BeforeAll
    static void read() throws IOException {
        String data = System.getProperty("aiflow.data", "");
        assumeFalse(data.isEmpty(), "no real data: -Daiflow.data is not set");
        Path folder = Path.of(data, "drift/california-housing");
        Map<String, String> truths = new HashMap<>();
        for (String line : lines(folder.resolve("california_housing_analysis_gt.csv"))) {
            truths.put(line.split(",")[0], line.split(",")[1]);
        }
        reference = new ArrayList<>();
        for (String line : lines(folder.resolve("california_housing_reference.csv"))) {
            String[] cells = line.split(",");
            reference.add(row(cells, cells[10], cells[11], cells[12]));
        }
        months = new LinkedHashMap<>();
        for (String line : lines(folder.resolve("california_housing_analysis.csv"))) {
            String[] cells = line.split(",");
            Row row = row(cells, truths.get(cells[0]), cells[10], cells[11]);
            months.computeIfAbsent(row.month, month -> new ArrayList<>()).add(row);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(1, lines.size());
    }

    private static Row row(String[] cells, String truth, String score, String label) {
        Map<String, Object> inputs = new HashMap<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            inputs.put(FIELDS.get(i), Double.valueOf(cells[i + 1]));
        }
        Outcome as = Streams.outcome(Integer.parseInt(cells[0]), Double.parseDouble(score), truth.equals("1"), null);
        Predicted given = as.predicted();
        Predicted predicted = new Predicted(
                given.id(),
                null,
                "v1",
                null,
                label,
                Double.NaN,
                Map.of("1", Double.valueOf(score)),
                null,
                given.time());
        return new Row(
                cells[9].substring(0, 7),
                new Outcome(predicted, new Truth(truth, Double.NaN, 1, given.time())),
                inputs);
    }

    @Test
    void whatEstimatesSayMonthByMonth() {
        PerformanceEstimator estimator = PerformanceEstimator.of(
                reference.stream()
                        .map(row -> BaselineRow.of(row.outcome, row.inputs))
                        .toList(),
                CONFIG);
        StringBuilder table = new StringBuilder("\nreference: " + estimator.trust(PerformanceEstimate.Method.CBPE)
                + estimator.trust(PerformanceEstimate.Method.WEIGHTED) + "\n");
        double[] errors = new double[4];
        int[] held = new int[4];
        int disagree = 0;
        int before = 0;
        for (Map.Entry<String, List<Row>> month : months.entrySet()) {
            List<Outcome> outcomes = month.getValue().stream().map(Row::outcome).toList();
            List<Map<String, Object>> rows =
                    month.getValue().stream().map(Row::inputs).toList();
            List<Predicted> window = Streams.predicted(outcomes);
            double[] truth = Streams.realised(outcomes, "1");
            PerformanceEstimate cbpe = estimator.estimate(window);
            PerformanceEstimate weighted = estimator.estimate(window, rows);
            LabelCheck check = estimator.check(outcomes);
            LabelCheck weightedCheck = estimator.check(outcomes, rows);
            table.append(String.format(Locale.ROOT, "| %s | %d |", month.getKey(), window.size()));
            int at = 0;
            for (Metric metric : List.of(Metric.ROC_AUC, Metric.ACCURACY)) {
                table.append(String.format(Locale.ROOT, " %.3f |", truth[metric.ordinal()]));
                for (PerformanceEstimate estimate : List.of(cbpe, weighted)) {
                    EstimatedMetric e = estimate.metric(metric).orElseThrow();
                    table.append(String.format(Locale.ROOT, " %.3f [%.3f, %.3f] |", e.value(), e.lower(), e.upper()));
                    errors[at] += Math.abs(e.value() - truth[metric.ordinal()]) / months.size();
                    held[at++] += truth[metric.ordinal()] >= e.lower() && truth[metric.ordinal()] <= e.upper() ? 1 : 0;
                }
            }
            table.append(String.format(
                    Locale.ROOT,
                    " %.0f | %.2f | %s | %s | %.3f | %.3f |%n",
                    weighted.effectiveRows(),
                    weighted.outside(),
                    cbpe.trust().doubts(),
                    weighted.trust().doubts(),
                    check.pValue(),
                    weightedCheck.pValue()));
            disagree += check.trust().verdict() == Trust.Verdict.DOUBTFUL ? 1 : 0;
            before += weighted.trust().verdict() == Trust.Verdict.DOUBTFUL ? 1 : 0;
        }
        System.out.println(table);
        System.out.printf(
                Locale.ROOT,
                "mean absolute error: ROC AUC CBPE %.3f, weighted %.3f; accuracy CBPE %.3f, weighted %.3f; warned by labels %d, before %d; truth in band %s%n",
                errors[0],
                errors[1],
                errors[2],
                errors[3],
                disagree,
                before,
                Arrays.toString(held));
        assertThat(disagree).isGreaterThanOrEqualTo(9);
        assertThat(before).isEqualTo(12);
    }

    @Test
    void whatExplainsThatAnswersGotWorse() {
        List<Map<String, Object>> rows = reference.stream().map(Row::inputs).toList();
        FieldBins bins = FieldBins.of(rows, FIELDS);
        Attribution attribution = new Attribution(bins);
        reference.forEach(row -> attribution.baseline(bins.bins(row.inputs), Losses.error(row.outcome)));
        months.values().stream()
                .flatMap(List::stream)
                .forEach(row -> attribution.window(bins.bins(row.inputs), Losses.error(row.outcome)));
        AttributedChange change = attribution.change().orElseThrow();
        System.out.println(change);
        double sum = change.unexplained();
        for (FieldEffect effect : change.fields()) {
            sum += effect.explained();
        }
        assertThat(sum).isCloseTo(change.change(), within(1e-9));
        assertThat(change.change()).isPositive();
    }
}

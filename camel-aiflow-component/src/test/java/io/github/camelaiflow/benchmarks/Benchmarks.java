package io.github.camelaiflow.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** Runs this package's benchmarks, writes JMH's results as JSON and prints them as the table of docs/benchmarks.md. */
public final class Benchmarks {

    private static final String HEADER = "| benchmark | batch | median µs | per record µs | mean µs ± 99.9 % |"
            + " against its baseline, medians |\n|---|---|---|---|---|---|";
    private static final Map<String, String> BASELINES =
            Map.of("throughRoute", "plainLoop", "suiteOfExpectations", "hibernateAlone");

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param arguments the file to write JMH's JSON to, then options of JMH's command line
     */
    public static void main(String[] arguments) throws Exception {
        List<String> options = new ArrayList<>(List.of(arguments));
        String json = options.remove(0);
        CommandLineOptions commandLine = new CommandLineOptions(options.toArray(String[]::new));
        OptionsBuilder run = new OptionsBuilder();
        run.parent(commandLine).result(json).resultFormat(ResultFormatType.JSON);
        if (commandLine.getIncludes().isEmpty()) {
            run.include("io\\.github\\.camelaiflow\\.benchmarks\\.");
        }
        System.out.println(table(new Runner(run.build()).run()));
    }

    private static String table(Collection<RunResult> results) {
        Map<String, Row> rows = new TreeMap<>();
        results.forEach(result -> {
            Row row = Row.of(result);
            rows.put(row.group() + row.name(), row);
        });
        return rows.values().stream()
                .map(row -> row.line(rows.get(row.group() + BASELINES.get(row.name()))))
                .collect(Collectors.joining("\n", HEADER + "\n", ""));
    }

    /** One line of the table; rows of one group are comparable. */
    private record Row(String group, String name, int batch, double median, String mean) {

        static Row of(RunResult result) {
            String[] path = result.getParams().getBenchmark().split("\\.");
            String model = result.getParams().getParamsKeys().contains("model")
                    ? " " + result.getParams().getParam("model")
                    : "";
            int batch = Integer.parseInt(result.getParams().getParam("batch"));
            Result<?> primary = result.getPrimaryResult();
            Statistics samples = primary.getStatistics();
            String group = path[path.length - 2].replace("Benchmark", "") + model + " " + batch + " ";
            String mean = number(primary.getScore()) + " ± " + number(primary.getScoreError());
            return new Row(group, path[path.length - 1], batch, samples.getPercentile(50), mean);
        }

        String line(Row baseline) {
            String against = baseline == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "%.2f×, %s%s µs a record",
                            median / baseline.median,
                            median < baseline.median ? "" : "+",
                            number((median - baseline.median) / batch));
            String what = group.replace(" " + batch + " ", "");
            return String.join(
                    " | ",
                    "| " + what + ", " + name,
                    Integer.toString(batch),
                    number(median),
                    number(median / batch),
                    mean,
                    against + " |");
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.0f", value);
        }
    }
}

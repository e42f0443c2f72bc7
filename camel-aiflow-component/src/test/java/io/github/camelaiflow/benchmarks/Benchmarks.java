package io.github.camelaiflow.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs this package's benchmarks, writes JMH's results as JSON and prints them as the table of docs/benchmarks.md. What is
 * compared are 5th percentiles: other work on the machine only ever adds to a sample, and hardly to the quickest.
 */
public final class Benchmarks {

    private static final String HEADER =
            "| benchmark | batch | 5th percentile µs | median µs | a record µs | against its baseline |\n"
                    + "|---|---|---|---|---|---|";
    private static final double QUIET = 5;
    private static final double MEDIAN = 50;
    private static final Map<String, String> BASELINES = Map.of(
            "throughRoute", "plainLoop",
            "suiteOfExpectations", "hibernateAlone",
            "suiteOfConstraints", "hibernateAlone");

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
    private record Row(String group, String name, int batch, double quiet, double median) {

        static Row of(RunResult result) {
            String[] path = result.getParams().getBenchmark().split("\\.");
            String model = result.getParams().getParamsKeys().contains("model")
                    ? " " + result.getParams().getParam("model")
                    : "";
            int batch = Integer.parseInt(result.getParams().getParam("batch"));
            Statistics samples = result.getPrimaryResult().getStatistics();
            String group = path[path.length - 2].replace("Benchmark", "") + model + " " + batch + " ";
            return new Row(
                    group, path[path.length - 1], batch, samples.getPercentile(QUIET), samples.getPercentile(MEDIAN));
        }

        String line(Row baseline) {
            String against = baseline == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "%.2f×, %+.2f µs a record",
                            quiet / baseline.quiet,
                            (quiet - baseline.quiet) / batch);
            String what = group.replace(" " + batch + " ", "");
            return String.join(
                    " | ",
                    "| " + what + ", " + name,
                    Integer.toString(batch),
                    number(quiet),
                    number(median),
                    number(quiet / batch),
                    against + " |");
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.0f", value);
        }
    }
}

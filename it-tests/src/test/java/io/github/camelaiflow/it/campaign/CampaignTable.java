package io.github.camelaiflow.it.campaign;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Makes a campaign's lines the tables of {@code docs/delivery-figures.md}. */
final class CampaignTable {

    private static final String BEGIN = "<!-- campaign: made by CampaignTable -->";
    private static final String END = "<!-- end of campaign -->";

    private CampaignTable() {}

    /** {@code REPORT… PAGE}: renders the reports into the page, between its two marks. */
    public static void main(String[] arguments) throws IOException {
        List<FaultLine> lines = new ArrayList<>();
        for (int i = 0; i < arguments.length - 1; i++) {
            Files.readAllLines(Path.of(arguments[i])).stream()
                    .map(FaultLine::of)
                    .forEach(lines::add);
        }
        Path page = Path.of(arguments[arguments.length - 1]);
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(page + " must have the lines " + BEGIN + " and " + END);
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + render(lines) + text.substring(end));
    }

    /** The tables: our modes, the negative control, times. */
    static String render(List<FaultLine> lines) {
        Predicate<FaultLine> ours = line -> mode(line).isOurs();
        StringBuilder text = new StringBuilder();
        text.append(
                counts("mode, fault", lines.stream().filter(ours).toList(), line -> line.mode() + ", " + line.fault()));
        text.append("\nThe negative control: plain Camel, the same faults.\n\n");
        text.append(counts(
                "configuration, fault",
                lines.stream().filter(ours.negate()).toList(),
                line -> line.mode() + ", " + line.fault()));
        text.append("\nWhat is promised, in ms.\n\n"
                + "| | times | half | worst | at most | held |\n|---|---|---|---|---|---|\n");
        Promise.ALL.forEach(
                promise -> text.append(promise.row(lines.stream().filter(ours).toList())));
        text.append("\nAll times in ms, our modes, half / worst.\n\n");
        text.append(times(lines.stream().filter(ours).toList()));
        return text.toString();
    }

    private static Mode mode(FaultLine line) {
        return Mode.valueOf(line.mode().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private interface Name {
        String of(FaultLine line);
    }

    private static String counts(String head, List<FaultLine> lines, Name name) {
        StringBuilder text = new StringBuilder("| " + head
                + " | faults | in | decisions | dead letters | pending | lost | phantom | doubled | doubled after the sink |"
                + " other answer | out of order |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        Map<String, List<FaultLine>> rows = new TreeMap<>(lines.stream().collect(groupingBy(name::of)));
        rows.forEach((row, of) -> text.append(row(row, of)));
        return text.append(row("**all**", lines)).toString();
    }

    private static String row(String name, List<FaultLine> of) {
        return "| "
                + String.join(
                        " | ",
                        name,
                        String.valueOf(of.size()),
                        sum(of, FaultLine::in),
                        sum(of, FaultLine::decisions),
                        sum(of, FaultLine::deadLetters),
                        sum(of, FaultLine::pending),
                        sum(of, FaultLine::lost),
                        sum(of, FaultLine::phantom),
                        sum(of, FaultLine::doubled),
                        sum(of, FaultLine::doubledAfterSink),
                        sum(of, line -> Math.max(0, line.different())),
                        sum(of, FaultLine::disordered))
                + " |\n";
    }

    private static String sum(List<FaultLine> lines, ToIntFunction<FaultLine> count) {
        return String.format(Locale.ROOT, "%,d", lines.stream().mapToInt(count).sum());
    }

    private static String times(List<FaultLine> lines) {
        StringBuilder text = new StringBuilder(
                "| fault | faults | until it was noticed | over → first outcome | over → all partitions go on |"
                        + " ready → first outcome |\n|---|---|---|---|---|---|\n");
        new TreeMap<>(lines.stream().collect(groupingBy(FaultLine::fault))).forEach((fault, of) -> text.append("| ")
                .append(String.join(
                        " | ",
                        fault,
                        String.valueOf(of.size()),
                        spread(of, FaultLine::detectMs),
                        spread(of, FaultLine::firstMs),
                        spread(of, FaultLine::recoverMs),
                        spread(of, FaultLine::readyMs)))
                .append(" |\n"));
        return text.toString();
    }

    private static String spread(List<FaultLine> lines, ToLongFunction<FaultLine> time) {
        long[] times = lines.stream()
                .mapToLong(time)
                .filter(millis -> millis >= 0)
                .sorted()
                .toArray();
        return times.length == 0
                ? "–"
                : String.format(Locale.ROOT, "%,d / %,d", times[times.length / 2], times[times.length - 1]);
    }
}

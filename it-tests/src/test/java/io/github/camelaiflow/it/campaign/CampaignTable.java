package io.github.camelaiflow.it.campaign;

import static java.util.Comparator.naturalOrder;
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

    private static final String QUIET = "times=";

    private CampaignTable() {}

    /**
     * {@code REPORT… [times=REPORT] PAGE}: renders the reports into the page, between its two marks. Whether promised times hold is told of the
     * report {@code times=}, of a quiet machine, if there is one. {@code -Dcampaign.note} says where it ran.
     */
    public static void main(String[] arguments) throws IOException {
        List<FaultLine> lines = new ArrayList<>();
        List<FaultLine> quiet = new ArrayList<>();
        for (int i = 0; i < arguments.length - 1; i++) {
            boolean isQuiet = arguments[i].startsWith(QUIET);
            List<FaultLine> read =
                    Files.readAllLines(Path.of(isQuiet ? arguments[i].substring(QUIET.length()) : arguments[i]))
                            .stream()
                            .map(FaultLine::of)
                            .toList();
            lines.addAll(read);
            quiet.addAll(isQuiet ? read : List.of());
        }
        Path page = Path.of(arguments[arguments.length - 1]);
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(page + " must have the lines " + BEGIN + " and " + END);
        }
        String note = System.getProperty("campaign.note", "");
        Files.writeString(
                page,
                text.substring(0, begin + BEGIN.length())
                        + "\n"
                        + summary(lines)
                        + (note.isEmpty() ? "" : " " + note)
                        + "\n\n"
                        + render(lines, quiet.isEmpty() ? lines : quiet)
                        + text.substring(end));
    }

    private static String summary(List<FaultLine> lines) {
        long ours = lines.stream().filter(line -> mode(line).isOurs()).count();
        return String.format(
                Locale.ROOT,
                "%,d faults of our modes in %,d scenes, %,d of the negative control, from %s to %s.",
                ours,
                lines.stream()
                        .filter(line -> mode(line).isOurs())
                        .map(FaultLine::seed)
                        .distinct()
                        .count(),
                lines.size() - ours,
                lines.stream()
                        .map(FaultLine::t0)
                        .min(naturalOrder())
                        .map(CampaignTable::minute)
                        .orElse("–"),
                lines.stream()
                        .map(FaultLine::t0)
                        .max(naturalOrder())
                        .map(CampaignTable::minute)
                        .orElse("–"));
    }

    private static String minute(String time) {
        return time.substring(0, "2026-11-23T05:33".length()).replace('T', ' ');
    }

    /** The tables: our modes, the negative control, promised times, all times. */
    static String render(List<FaultLine> lines) {
        return render(lines, lines);
    }

    private static String render(List<FaultLine> lines, List<FaultLine> quiet) {
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
        List<FaultLine> timed = quiet.stream().filter(ours).toList();
        Promise.ALL.forEach(promise -> text.append(promise.row(timed)));
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

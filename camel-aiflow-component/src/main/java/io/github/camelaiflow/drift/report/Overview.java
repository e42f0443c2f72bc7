package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.ChangePoint;
import io.github.camelaiflow.drift.DriftHistory;
import io.github.camelaiflow.drift.DriftHistory.Verdict;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The verdict, the budget, the figures, and the segments if there are any. */
final class Overview {

    private static final int MOST_NAMES = 5;
    private static final int HORIZON = 1000;

    private final Html html;
    private final DriftHistory history;
    private final List<Watched> segments;
    private final List<DriftReport> reports;
    private final Settings settings;

    Overview(Html html, DriftHistory history, List<Watched> segments, Settings settings) {
        this.html = html;
        this.history = history;
        this.segments = segments;
        this.reports =
                segments.stream().map(Watched::report).filter(Objects::nonNull).toList();
        this.settings = settings;
    }

    void verdict() {
        DriftStatus status = any(DriftStatus.DRIFTED)
                ? DriftStatus.DRIFTED
                : any(DriftStatus.STABLE) ? DriftStatus.STABLE : DriftStatus.INSUFFICIENT_DATA;
        Blocks.verdict(html, Told.look(status), Told.mark(status), Told.word(status), why(status));
        html.tag("p", budget());
        if (settings.left() > 0) {
            String left = Words.count(settings.left(), "record at the end fills", "records at the end fill");
            html.tag("p", left + " no window: not compared.", "class", "muted");
        }
    }

    private boolean any(DriftStatus status) {
        return segments.stream().anyMatch(segment -> segment.status() == status);
    }

    private String why(DriftStatus status) {
        return switch (status) {
            case INSUFFICIENT_DATA ->
                "The last window was too small to find drift at its level. That is neither drifted nor stable.";
            case STABLE ->
                reports.isEmpty()
                        ? "No window is complete since this process began. It took up the verdict of before."
                        : "Nothing differs from the reference more than the budget allows chance to explain.";
            case DRIFTED -> drifted();
        };
    }

    private String drifted() {
        List<String> names = new ArrayList<>();
        for (DriftReport report : reports) {
            for (String field : report.driftedFields()) {
                names.add(Words.shortened(field) + (report.segment() == null ? "" : " (" + report.segment() + ")"));
            }
        }
        if (names.isEmpty()) {
            return reports.stream().anyMatch(report -> report.status() == DriftStatus.DRIFTED)
                    ? "The fields together differ from the reference, though none does by itself."
                    : "Drift was found before. It holds until a window is large enough to say that it has gone.";
        }
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        String listed = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return Words.count(names.size(), "field differs", "fields differ") + " from the reference: " + listed + more
                + ".";
    }

    private String budget() {
        List<Verdict> shown = verdicts();
        double expected = shown.stream().mapToDouble(Verdict::alpha).sum();
        long drifted = shown.stream()
                .filter(verdict -> verdict.status() == DriftStatus.DRIFTED)
                .count();
        String said = drifted == 1 ? "1 said drift" : Words.count(drifted) + " said drift";
        String budget = "The budget is one false alarm in " + Words.rounded(history.falseAlarms())
                + " records on average, over all fields, tests and segments: " + Words.count(HORIZON)
                + " records raise one with a chance of at most " + Told.chance(history.falseAlarmWithin(HORIZON)) + ".";
        if (shown.isEmpty()) {
            return budget;
        }
        return budget + " Without drift, "
                + (shown.size() == 1
                        ? "the one window shown would have said drift with a chance of at most "
                        : "the " + Words.count(shown.size())
                                + " windows shown would have said drift at most this often on average: ")
                + (shown.size() == 1 ? Words.percent(expected, 1) : Told.number(expected)) + ". "
                + (shown.size() == 1 ? "It " + (drifted == 1 ? "did" : "did not") : said) + ".";
    }

    private List<Verdict> verdicts() {
        return segments.stream()
                .flatMap(segment -> segment.history().verdicts().stream())
                .toList();
    }

    void figures() {
        if (reports.isEmpty()) {
            return;
        }
        DriftReport last = reports.stream()
                .max(Comparator.comparing(DriftReport::evaluatedAt))
                .orElseThrow();
        long dropped =
                reports.stream().mapToLong(DriftReport::droppedWindows).max().orElse(0);
        html.tag(
                "dl",
                () -> {
                    Blocks.tile(html, "Drifted fields", Words.count(driftedFields()), "of " + Words.count(fields()));
                    Blocks.tile(
                            html,
                            "Records in the last window",
                            Words.count(last.records()),
                            last.windowSample() < last.records()
                                    ? "a sample of " + Words.count(last.windowSample()) + " compared"
                                    : null);
                    Blocks.tile(html, "Records of the reference", Words.count(last.referenceSample()), null);
                    Blocks.tile(
                            html,
                            "Windows shown",
                            Words.count(verdicts().size()),
                            dropped == 0 ? null : Words.count(dropped) + " dropped, too fast to be judged");
                    since();
                },
                "class",
                "tiles");
    }

    private long driftedFields() {
        return reports.stream()
                .mapToLong(report -> report.driftedFields().size())
                .sum();
    }

    private long fields() {
        return reports.stream().mapToLong(report -> report.fields().size()).sum();
    }

    private void since() {
        segments.stream()
                .map(Watched::change)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(ChangePoint::since))
                .ifPresent(change -> Blocks.tile(
                        html,
                        "First change",
                        Words.count(change.sinceRecord()),
                        (change.sinceRecord() == 1 ? "record" : "records") + " ago"
                                + (settings.timed() ? ", " + Words.time(change.since()) : "")));
    }

    void segments() {
        if (segments.size() < 2) {
            return;
        }
        html.tag("h2", "Segments");
        html.scrolled(
                "Segments",
                () -> html.tag(
                        "table",
                        () -> {
                            html.tag("caption", "Each segment is compared with the reference of its own");
                            html.heads(2, "Segment", "Status", "Drifted fields", "Windows", "Records");
                            html.tag("tbody", () -> segments.forEach(segment -> html.tag("tr", () -> row(segment))));
                        },
                        "class",
                        "overview"));
    }

    private void row(Watched segment) {
        html.tag(
                "th",
                () -> html.tag("a", Segments.title(segment), "href", "#" + segment.id(), "class", "name"),
                "scope",
                "row");
        html.tag("td", () -> Told.badge(html, segment.status()));
        DriftReport report = segment.report();
        Blocks.number(
                html, report == null ? "–" : Words.count(report.driftedFields().size()));
        Blocks.number(html, Words.count(segment.history().verdicts().size()));
        Blocks.number(html, Words.count(segment.end()));
    }
}

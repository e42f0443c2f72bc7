package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.FlaggedRecord;
import io.github.camelaiflow.validation.Reason;
import io.github.camelaiflow.validation.Statistics;
import io.github.camelaiflow.validation.ValidationResult;
import io.github.camelaiflow.validation.ValidationWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verdict, the figures, and why records were rejected. */
final class Overview {

    private static final int MOST_REASONS = 20;

    private final Html html;
    private final ValidationResult result;

    Overview(Html html, ValidationResult result) {
        this.html = html;
        this.result = result;
    }

    void verdict() {
        if (result.valid() == null) {
            verdict("none", "–", "No data", noData());
        } else if (result.valid()) {
            long failed = result.statistics().unsuccessful();
            verdict(
                    "ok",
                    "✓",
                    "Valid",
                    failed == 0
                            ? "All expectations are met."
                            : "All critical expectations are met; "
                                    + Words.count(failed, "other is not.", "others are not."));
        } else {
            verdict("bad", "✗", "Invalid", invalid());
        }
    }

    private void verdict(String look, String mark, String word, String why) {
        Blocks.verdict(html, look, mark, word, why);
    }

    private String noData() {
        if (result.records() == 0) {
            return result.results().isEmpty()
                    ? "Nothing has been judged yet: no window is complete, or nothing is expected."
                    : "There was no record to judge. That is neither valid nor invalid.";
        }
        return result.results().isEmpty()
                ? "Nothing is expected of these records. That is neither valid nor invalid."
                : "Something critical could not be judged for lack of data. That is neither valid nor invalid.";
    }

    private String invalid() {
        long critical = result.results().stream()
                .map(Status::of)
                .filter(status -> status == Status.FAILED || status == Status.NOT_JUDGED)
                .count();
        String failed = critical == 0
                ? ""
                : Words.count(critical, "critical expectation is not met", "critical expectations are not met");
        String rejected = result.rejected().isEmpty()
                ? ""
                : Words.count(result.rejected().size(), "record is rejected", "records are rejected");
        return failed + (failed.isEmpty() || rejected.isEmpty() ? "" : "; ") + rejected + ".";
    }

    void statistics() {
        Statistics statistics = result.statistics();
        html.tag(
                "dl",
                () -> {
                    tile("Records", Words.count(result.records()), null);
                    tile(
                            "Expectations met",
                            Words.count(statistics.successful()) + " of " + Words.count(statistics.evaluated()),
                            Words.percent(statistics.successful(), statistics.evaluated()));
                    tile("Not met", Words.count(statistics.unsuccessful()), bySeverity());
                    if (!result.notEvaluated().isEmpty()) {
                        tile("Not evaluated", Words.count(result.notEvaluated().size()), null);
                    }
                    ValidationWindow window = result.window();
                    if (window == null) {
                        int rejected = result.rejected().size();
                        tile("Records rejected", Words.count(rejected), Words.percent(rejected, result.records()));
                        if (!result.warned().isEmpty()) {
                            tile("With warnings", Words.count(result.warned().size()), null);
                        }
                    } else {
                        tile(
                                "Window",
                                "No. " + Words.count(window.number()),
                                Words.count(window.panes(), "pane", "panes"));
                    }
                },
                "class",
                "tiles");
        if (result.window() != null) {
            html.tag(
                    "p",
                    "From " + Words.time(result.window().from()) + " to "
                            + Words.time(result.window().to())
                            + ". A window keeps counts, not records: which records fail is not known here.",
                    "class",
                    "muted");
        }
    }

    private String bySeverity() {
        Map<Status, Long> counts = new LinkedHashMap<>();
        result.results().forEach(one -> counts.merge(Status.of(one), 1L, Long::sum));
        long critical = counts.getOrDefault(Status.FAILED, 0L) + counts.getOrDefault(Status.NOT_JUDGED, 0L);
        return Words.count(critical) + " critical, " + Words.count(counts.getOrDefault(Status.WARNING, 0L))
                + " warning, " + Words.count(counts.getOrDefault(Status.NOTED, 0L)) + " info";
    }

    private void tile(String name, String value, String more) {
        Blocks.tile(html, name, value, more);
    }

    void rejections() {
        flagged("Rejected records", "rejected", result.rejected());
        flagged("Records with warnings", "warned of", result.warned());
    }

    private void flagged(String title, String what, List<FlaggedRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        Map<Reason, Integer> counts = new LinkedHashMap<>();
        records.forEach(record ->
                record.reasons().stream().distinct().forEach(reason -> counts.merge(reason, 1, Integer::sum)));
        String caption =
                Words.count(records.size()) + " of " + Words.count(result.records(), "record is ", "records are ")
                        + what + "; the most frequent reasons, of which a record may have several";
        html.tag("h2", title);
        html.scrolled(
                title,
                () -> html.tag("table", () -> {
                    html.tag("caption", caption);
                    html.heads(2, "Field", "Reason", "Records");
                    html.tag("tbody", () -> counts.entrySet().stream()
                            .sorted(Map.Entry.<Reason, Integer>comparingByValue()
                                    .reversed())
                            .limit(MOST_REASONS)
                            .forEach(entry -> reason(entry.getKey(), entry.getValue())));
                }));
        if (counts.size() > MOST_REASONS) {
            html.tag("p", Words.count(counts.size() - MOST_REASONS, "more reason", "more reasons") + " left out.");
        }
    }

    private void reason(Reason reason, int records) {
        html.tag("tr", () -> {
            html.tag("th", () -> html.tag("span", Words.shortened(reason.field()), "class", "name"), "scope", "row");
            html.tag("td", Words.shortened(reason.message()), "class", "name");
            html.tag("td", Words.count(records), "class", "number");
        });
    }
}

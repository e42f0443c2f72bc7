package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.compatible.CompatibleReport;
import io.github.camelaiflow.drift.compatible.CompatibleReport.Column;
import io.github.camelaiflow.drift.compatible.CompatibleReport.Distance;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;

/** What another library's definitions say of the last window. */
final class CompatibleSection {

    private static final int MOST_COLUMNS = 300;

    private final Html html;

    CompatibleSection(Html html) {
        this.html = html;
    }

    void write(CompatibleReport report) {
        html.scrolled(
                "As " + report.library() + " has it",
                () -> html.tag("table", () -> {
                    html.tag(
                            "caption",
                            "By the definitions of " + report.library()
                                    + ", whose thresholds know no budget of false alarms: "
                                    + (report.drifted() ? "drift" : "no drift") + ". Has no say in the verdict");
                    html.heads(3, "Field", "Method", "Found", "Statistic", "Score", "Threshold");
                    html.tag(
                            "tbody",
                            () -> report.columns().stream().limit(MOST_COLUMNS).forEach(column -> column.distances()
                                    .forEach(distance -> html.tag("tr", () -> row(column, distance)))));
                }));
    }

    private void row(Column column, Distance distance) {
        Blocks.rowHead(html, column.column());
        html.tag("td", () -> html.tag("code", Words.shortened(distance.method())));
        html.tag("td", distance.drifted() ? "≠ drift" : "no drift");
        Blocks.number(html, Told.number(distance.statistic()));
        Blocks.number(html, Told.number(distance.score()));
        Blocks.number(html, Told.number(distance.threshold()));
    }
}

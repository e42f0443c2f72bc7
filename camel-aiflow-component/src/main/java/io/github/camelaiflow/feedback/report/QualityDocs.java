package io.github.camelaiflow.feedback.report;

import io.github.camelaiflow.feedback.FeedbackCounts;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.feedback.quality.VersionQuality;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Page;
import io.github.camelaiflow.page.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A flow's quality as one HTML page that stands for itself: no scripts, nothing loaded from elsewhere, the same bytes for the same report.
 * Labels and segments have a number in place of their name unless the configuration says it. Stateless, thread-safe.
 */
public final class QualityDocs {

    private QualityDocs() {}

    /**
     * The page.
     *
     * @param report what labels tell
     * @param counts what became of predictions and labels; {@code null} to leave that out
     * @param estimate what the last window's scores tell without labels; {@code null} without one
     * @param flow whose quality it is; {@code null} if there is no name
     * @param time when the page is made; {@code null} to leave that out
     */
    public static String html(
            QualityReport report, FeedbackCounts counts, PerformanceEstimate estimate, String flow, Instant time) {
        return page(flow, time, html -> {
            Verdict verdict = new Verdict(html, report);
            verdict.write();
            verdict.figures(counts);
            VersionSection versions = new VersionSection(html, report);
            latestFirst(report).forEach(versions::write);
            if (estimate != null) {
                new Estimated(html).write(estimate);
            }
            if (counts != null) {
                new Accounts(html).write(counts);
            }
            guide(html, report);
        });
    }

    /** The page of a flow without feedback. */
    public static String nothingYet(String flow, Instant time) {
        return page(
                flow,
                time,
                html -> Blocks.verdict(
                        html,
                        "none",
                        "–",
                        "No data yet",
                        "Nothing is known of the flow's answers. That is neither good nor bad."));
    }

    /** The serving version, then the others, the one that was fed last first. */
    private static List<VersionQuality> latestFirst(QualityReport report) {
        List<VersionQuality> all = new ArrayList<>(report.serving().stream().toList());
        for (int i = report.versions().size() - 1; i >= 0; i--) {
            VersionQuality version = report.versions().get(i);
            if (!version.version().equals(report.version())) {
                all.add(version);
            }
        }
        return all;
    }

    private static String page(String flow, Instant time, Consumer<Html> content) {
        String title = "Quality" + (flow == null || flow.isEmpty() ? "" : " of " + Words.shortened(flow));
        return Page.of(title, Page.under(null, time), content, QualityDocs::foot);
    }

    private static void guide(Html html, QualityReport report) {
        html.tag("h2", "How to read this");
        html.tag(
                "div",
                () -> {
                    html.tag(
                            "p",
                            "Raw numbers are of all labels that have come, matured ones only of predictions old enough to have"
                                    + " had their chance of a label: where some labels come sooner than others, only matured"
                                    + " numbers can be trusted.");
                    html.tag(
                            "p",
                            "Each interval holds with a confidence of " + Words.percent(report.confidence(), 1)
                                    + " at whatever time and however often one looks, but those that say"
                                    + " asymptotic: these hold about so, for one look.");
                },
                "class",
                "card");
    }

    private static void foot(Html html) {
        html.tag(
                "p",
                "No record is shown. Labels and segments that the configuration does not name appear as numbers.",
                "class",
                "notice");
    }
}

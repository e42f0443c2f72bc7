package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.DriftHistory;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Page;
import io.github.camelaiflow.page.Words;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a monitor has said of drift as one HTML page that stands for itself: no scripts, nothing loaded from elsewhere, the same bytes for
 * the same history. Shows no record: numbers as histograms over rounded edges, categories by name only if the reference has them.
 * Stateless, thread-safe.
 */
public final class DriftDocs {

    private DriftDocs() {}

    /**
     * The page.
     *
     * @param history what was said over time
     * @param reports the last report of each segment that has one; with none, and no verdict of before, the page says that there is no
     *     data yet
     */
    public static String html(DriftHistory history, List<DriftReport> reports, Settings settings) {
        List<Watched> segments = Watched.of(history, reports);
        if (segments.stream().allMatch(Watched::unknown)) {
            return nothingYet(settings);
        }
        return page(settings, html -> {
            Overview overview = new Overview(html, history, segments, settings);
            overview.verdict();
            overview.figures();
            overview.segments();
            Segments all = new Segments(html, segments, settings);
            all.write();
            guide(html);
        });
    }

    /** The page of a flow of which no window has been judged yet. */
    public static String nothingYet(Settings settings) {
        return page(
                settings,
                html -> Blocks.verdict(
                        html,
                        "none",
                        "–",
                        "No data yet",
                        "No window is complete, or drift is not watched. That is neither drifted nor stable."));
    }

    private static String page(Settings settings, Consumer<Html> content) {
        String about = settings.about();
        String title = "Drift" + (about == null || about.isEmpty() ? "" : " of " + Words.shortened(about));
        return Page.of(title, Page.under(null, settings.time()), content, DriftDocs::foot);
    }

    private static void guide(Html html) {
        html.tag("h2", "How to read this");
        html.tag(
                "div",
                () -> {
                    html.tag(
                            "p",
                            "Each window of records is compared with the reference, field by field. A test's p-value is the"
                                    + " chance of such a difference if nothing has changed, its level what the budget of"
                                    + " false alarms leaves to it. Drift is found where p is at most the level, and the"
                                    + " effect as large as it has to be.");
                    html.tag(
                            "p",
                            "Evidence is level divided by p, of the field's loudest test: at 1, the line of the budget, the"
                                    + " difference is just as rare as the budget allows. Without drift it stays far below."
                                    + " The effect of numbers is in standard deviations of the reference (σ), that of categories"
                                    + " the share of records that would have to change theirs.");
                },
                "class",
                "card");
    }

    private static void foot(Html html) {
        html.tag(
                "p",
                "No record is shown: numbers appear as histograms with rounded edges, other values only where the reference"
                        + " has them.",
                "class",
                "notice");
    }
}

package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Page;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.List;
import java.util.function.Consumer;

/**
 * A validation's result as one HTML page that stands for itself: no scripts, nothing loaded from elsewhere, the same bytes for
 * the same result. Without leave in the settings it shows no value of a record: numbers only as histograms with rounded edges,
 * other values only where the suite or the schema names them. Stateless, thread-safe.
 */
public final class DataDocs {

    private DataDocs() {}

    /** The page of a batch, of records, or of a window. */
    public static String html(ValidationResult result, Settings settings) {
        String about = !result.suite().isEmpty() ? result.suite() : settings.flow();
        return page(about, settings, html -> {
            Overview overview = new Overview(html, result);
            List<Subject> all = Subject.of(result);
            Failures failures = new Failures(html, settings.showValues());
            Subjects subjects = new Subjects(html, all, settings.showValues());
            overview.verdict();
            overview.statistics();
            failures.write(all);
            overview.rejections();
            failures.notEvaluated(result.notEvaluated());
            subjects.overview();
            subjects.sections();
        });
    }

    /** The page of a flow of which nothing has been validated yet. */
    public static String nothingYet(Settings settings) {
        return page(
                settings.flow(),
                settings,
                html -> Blocks.verdict(
                        html,
                        "none",
                        "–",
                        "No data yet",
                        "Nothing has been validated yet. That is neither valid nor invalid."));
    }

    private static String page(String about, Settings settings, Consumer<Html> content) {
        String title = "Validation" + (about == null || about.isEmpty() ? "" : " of " + Words.shortened(about));
        return Page.of(title, Page.under(settings.flow(), settings.time()), content, html -> foot(html, settings));
    }

    private static void foot(Html html, Settings settings) {
        if (settings.showValues()) {
            html.tag(
                    "p",
                    "This page shows values of records. Treat it as you treat the records.",
                    "class",
                    "notice warn");
        } else {
            html.tag(
                    "p",
                    "No value of a record is shown: numbers appear as histograms with rounded edges, other values only where"
                            + " the suite or the schema names them.",
                    "class",
                    "notice");
        }
    }
}

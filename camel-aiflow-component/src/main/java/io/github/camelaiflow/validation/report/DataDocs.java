package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.validation.ValidationResult;
import java.util.List;

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
                html -> Overview.verdict(
                        html,
                        "none",
                        "–",
                        "No data yet",
                        "Nothing has been validated yet. That is neither valid nor invalid."));
    }

    /** Writes what is between head and foot. */
    private interface Content {
        void write(Html html);
    }

    private static String page(String about, Settings settings, Content content) {
        Html html = new Html();
        String title = "Validation" + (about == null || about.isEmpty() ? "" : " of " + Words.shortened(about));
        html.tag(
                "html",
                () -> {
                    html.tag("head", () -> head(html, title));
                    html.tag("body", () -> {
                        html.tag("a", "Skip to the verdict", "class", "skip", "href", "#main");
                        html.tag("header", () -> top(html, title, settings), "class", "top");
                        html.tag("main", () -> content.write(html), "id", "main");
                        html.tag("footer", () -> foot(html, settings));
                    });
                },
                "lang",
                "en");
        return html.page();
    }

    private static void head(Html html, String title) {
        html.empty("meta", "charset", "utf-8");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src " + Style.source() + "; base-uri 'none'; form-action 'none'");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "referrer", "content", "no-referrer");
        html.tag("title", title);
        html.style();
    }

    private static void top(Html html, String title, Settings settings) {
        html.tag("h1", title, "class", "name");
        String flow = settings.flow() == null ? "" : "Flow " + Words.shortened(settings.flow());
        String made = settings.time() == null ? "" : "page made " + Words.time(settings.time());
        html.tag("p", flow + (flow.isEmpty() || made.isEmpty() ? "" : ", ") + made, "class", "muted name");
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

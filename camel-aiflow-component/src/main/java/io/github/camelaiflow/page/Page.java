package io.github.camelaiflow.page;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * One HTML page that stands for itself: no scripts, nothing loaded from elsewhere, which its content security policy forbids besides.
 * Stateless, thread-safe.
 */
public final class Page {

    private Page() {}

    /**
     * A page.
     *
     * @param title what it is called
     * @param under a line below the title; may be empty
     * @param main what it tells
     * @param foot what stands below it
     */
    public static String of(String title, String under, Consumer<Html> main, Consumer<Html> foot) {
        Html html = new Html();
        html.tag(
                "html",
                () -> {
                    html.tag("head", () -> head(html, title));
                    html.tag("body", () -> {
                        html.tag("a", "Skip to the verdict", "class", "skip", "href", "#main");
                        html.tag(
                                "header",
                                () -> {
                                    html.tag("h1", title, "class", "name");
                                    html.tag("p", under, "class", "muted name");
                                },
                                "class",
                                "top");
                        html.tag("main", () -> main.accept(html), "id", "main");
                        html.tag("footer", () -> foot.accept(html));
                    });
                },
                "lang",
                "en");
        return html.page();
    }

    /** The line below a title: whose page it is, and when it was made; either may be {@code null}. */
    public static String under(String flow, Instant made) {
        String whose = flow == null ? "" : "Flow " + Words.shortened(flow);
        String when = made == null ? "" : "page made " + Words.time(made);
        return whose + (whose.isEmpty() || when.isEmpty() ? "" : ", ") + when;
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
}

package io.github.camelaiflow.page;

/** Parts that all pages have. */
public final class Blocks {

    private Blocks() {}

    /**
     * A verdict.
     *
     * @param look {@code ok}, {@code bad}, {@code warn}, {@code info} or {@code none}
     * @param mark a sign that says the same
     */
    public static void verdict(Html html, String look, String mark, String word, String why) {
        html.tag(
                "div",
                () -> {
                    html.tag("div", mark, "class", "mark", "aria-hidden", "true");
                    html.tag("div", () -> {
                        html.tag("strong", word);
                        html.tag("span", why);
                    });
                },
                "class",
                "verdict " + look);
    }

    /** A figure among others; {@code more} may be {@code null}. */
    public static void tile(Html html, String name, String value, String more) {
        html.tag("div", () -> {
            html.tag("dt", name);
            html.tag("dd", () -> {
                html.text(value);
                if (more != null) {
                    html.tag("small", more);
                }
            });
        });
    }

    /** A fact in a list of them. */
    public static void fact(Html html, String name, String value) {
        html.tag("dt", name);
        html.tag("dd", value);
    }

    /** A word on a coloured ground; looks as for a verdict. */
    public static void badge(Html html, String look, String word) {
        html.tag("span", word, "class", "badge " + look);
    }

    /** A cell with a number. */
    public static void number(Html html, String text) {
        html.tag("td", text, "class", "number");
    }

    /** The first cell of a row, with a name that may come from outside. */
    public static void rowHead(Html html, String name) {
        html.tag("th", () -> html.tag("span", Words.shortened(name), "class", "name"), "scope", "row");
    }
}

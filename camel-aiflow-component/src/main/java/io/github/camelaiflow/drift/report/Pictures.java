package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.DriftHistory.FieldPicture;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reference against window: numbers as bars under an outline, categories as two bars each. */
final class Pictures {

    /** Missing, of the wrong type, infinite. */
    private static final int ABSENT = 3;

    private static final double WIDTH = 360;
    private static final double HEIGHT = 150;
    private static final double BASE = 128;
    private static final double TOP = 6;

    /** Edges are told to such a part of their range at least. */
    private static final double ROUNDED = 50;

    private final Html html;

    Pictures(Html html) {
        this.html = html;
    }

    /** What the values of one side are like: of each bin its share. */
    private record Side(List<Double> shares, double total) {

        static Side of(List<? extends Number> counts) {
            List<? extends Number> values = counts.subList(0, Math.max(0, counts.size() - ABSENT));
            double total = values.stream().mapToDouble(Number::doubleValue).sum();
            return new Side(
                    values.stream()
                            .map(count -> total == 0 ? 0 : count.doubleValue() / total)
                            .toList(),
                    total);
        }

        double most() {
            return shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    static boolean numeric(FieldPicture picture) {
        return picture != null && !picture.edges().isEmpty();
    }

    /** The picture and its key. */
    void write(FieldPicture picture) {
        if (picture == null) {
            return;
        }
        Side reference = Side.of(picture.reference());
        Side window = Side.of(picture.window());
        if (reference.total() == 0 && window.total() == 0) {
            html.tag("p", "Neither reference nor window has values.", "class", "muted");
        } else if (numeric(picture)) {
            numbers(picture, reference, window);
        } else {
            categories(picture, reference, window);
        }
    }

    private void key(String element) {
        html.tag(element, () -> {
            html.tag("span", "", "class", "key", "aria-hidden", "true");
            html.text("window");
            html.tag("span", "", "class", "key before", "aria-hidden", "true");
            html.text("reference, by share of values");
        });
    }

    private void numbers(FieldPicture picture, Side reference, Side window) {
        html.tag("figure", () -> {
            html.tag(
                    "svg",
                    () -> {
                        bars(picture, reference, window);
                        html.empty("line", "class", "axis", "x1", "0", "x2", n(WIDTH), "y1", n(BASE), "y2", n(BASE));
                        edges(picture.edges());
                    },
                    "class",
                    "chart",
                    "viewBox",
                    "0 0 " + n(WIDTH) + " " + n(HEIGHT),
                    "role",
                    "img",
                    "aria-label",
                    "Values of the window against the reference; the table below has the numbers");
            key("figcaption");
        });
        html.tag(
                "details",
                () -> {
                    html.tag("summary", "In numbers");
                    table(names(picture), reference, window);
                },
                "class",
                "more");
    }

    private void bars(FieldPicture picture, Side reference, Side window) {
        int bins = window.shares().size();
        double most = Math.max(1e-9, Math.max(reference.most(), window.most()));
        double width = WIDTH / bins;
        List<String> names = names(picture);
        StringBuilder outline = new StringBuilder("M0 " + n(BASE));
        for (int i = 0; i < bins; i++) {
            double share = window.shares().get(i);
            double height = share == 0 ? 0 : Math.max(1.5, share / most * (BASE - TOP));
            String told = names.get(i) + ": " + Words.percent(share, 1) + ", in the reference "
                    + Words.percent(reference.shares().get(i), 1);
            double x = i * width;
            html.tag(
                    "rect",
                    () -> html.tag("title", told),
                    "class",
                    i == 0 || i == bins - 1 ? "out" : "bin",
                    "x",
                    n(x),
                    "y",
                    n(BASE - height),
                    "width",
                    n(Math.max(1, width - 1.5)),
                    "height",
                    n(height));
            double top = BASE - reference.shares().get(i) / most * (BASE - TOP);
            outline.append('V').append(n(top)).append('H').append(n(x + width));
        }
        html.empty(
                "path",
                "class",
                "before",
                "d",
                outline.append('V').append(n(BASE)).toString());
    }

    private void edges(List<Double> edges) {
        double width = WIDTH / (edges.size() + 1);
        List<Integer> shown = new ArrayList<>(List.of(0));
        if (edges.size() >= 4) {
            shown.add(edges.size() / 2);
        }
        if (!rounded(edges, edges.size() - 1).equals(rounded(edges, 0))) {
            shown.add(edges.size() - 1);
        }
        for (int i : shown) {
            html.tag("text", rounded(edges, i), "x", n(width * (i + 1)), "y", n(HEIGHT - 8), "text-anchor", "middle");
        }
    }

    /** An edge, as exact as it takes to tell it from the next, and no more. */
    private static String rounded(List<Double> edges, int edge) {
        double value = edges.get(edge);
        double range = edges.get(edges.size() - 1) - edges.get(0);
        if (!(range > Math.ulp(value) * ROUNDED) || Double.isInfinite(range)) {
            return Told.number(value);
        }
        int digits = (int) Math.ceil(-Math.log10(range / ROUNDED));
        BigDecimal cut = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
        return Words.exact(cut.doubleValue());
    }

    private static List<String> names(FieldPicture picture) {
        List<Double> edges = picture.edges();
        String last = rounded(edges, edges.size() - 1);
        if (edges.size() == 2 && edges.get(1) <= Math.nextUp(edges.get(0))) {
            return List.of("less than " + last, last, "more than " + last);
        }
        List<String> names = new ArrayList<>(List.of("up to " + rounded(edges, 0)));
        for (int i = 1; i < edges.size(); i++) {
            names.add(rounded(edges, i - 1) + " to " + rounded(edges, i));
        }
        names.add("more than " + last);
        return names;
    }

    private void table(List<String> names, Side reference, Side window) {
        html.tag("table", () -> {
            html.tag("caption", "Shares of the values");
            html.heads(1, "Values", "Window", "Reference");
            html.tag("tbody", () -> {
                for (int i = 0; i < names.size(); i++) {
                    int bin = i;
                    html.tag("tr", () -> {
                        Blocks.rowHead(html, names.get(bin));
                        Blocks.number(html, Words.percent(window.shares().get(bin), 1));
                        Blocks.number(html, Words.percent(reference.shares().get(bin), 1));
                    });
                }
            });
        });
    }

    private void categories(FieldPicture picture, Side reference, Side window) {
        double most = Math.max(1e-9, Math.max(reference.most(), window.most()));
        int bins = window.shares().size();
        html.tag(
                "table",
                () -> {
                    key("caption");
                    html.heads(2, "Value", "Share", "Window", "Reference");
                    html.tag("tbody", () -> {
                        for (int i = 0; i < bins; i++) {
                            double now = window.shares().get(i);
                            double before = reference.shares().get(i);
                            String name = category(picture, i, bins);
                            if (i < bins - 2 || now > 0 || before > 0) {
                                html.tag("tr", () -> category(name, now, before, most));
                            }
                        }
                    });
                },
                "class",
                "bars");
    }

    private static String category(FieldPicture picture, int bin, int bins) {
        boolean named = bins < 2 || bin < bins - 2;
        return named ? picture.bins().get(bin) : bin == bins - 2 ? "all rarer ones" : "not in the reference";
    }

    private void category(String name, double now, double before, double most) {
        Blocks.rowHead(html, name);
        html.tag(
                "td",
                () -> html.tag(
                        "svg",
                        () -> {
                            html.empty("rect", "class", "track", "x", "0", "y", "0", "width", "100", "height", "14");
                            html.empty(
                                    "rect",
                                    "class",
                                    "bin",
                                    "x",
                                    "0",
                                    "y",
                                    "0",
                                    "width",
                                    n(100 * now / most),
                                    "height",
                                    "9");
                            html.empty(
                                    "rect",
                                    "class",
                                    "ref",
                                    "x",
                                    "0",
                                    "y",
                                    "10.5",
                                    "width",
                                    n(100 * before / most),
                                    "height",
                                    "3.5");
                        },
                        "class",
                        "share",
                        "viewBox",
                        "0 0 100 14",
                        "preserveAspectRatio",
                        "none",
                        "aria-hidden",
                        "true"),
                "class",
                "draw");
        Blocks.number(html, Words.percent(now, 1));
        Blocks.number(html, Words.percent(before, 1));
    }

    /** Both as small as a word. */
    void spark(FieldPicture picture) {
        if (picture == null) {
            return;
        }
        Side reference = Side.of(picture.reference());
        Side window = Side.of(picture.window());
        int bins = window.shares().size();
        double most = Math.max(1e-9, Math.max(reference.most(), window.most()));
        double width = 96.0 / Math.max(1, bins);
        html.tag(
                "svg",
                () -> {
                    StringBuilder outline = new StringBuilder("M0 22");
                    for (int i = 0; i < bins; i++) {
                        double height = window.shares().get(i) / most * 21;
                        html.empty(
                                "rect",
                                "class",
                                "bin",
                                "x",
                                n(i * width),
                                "y",
                                n(22 - height),
                                "width",
                                n(Math.max(1, width - 1)),
                                "height",
                                n(height));
                        outline.append('V').append(n(22 - reference.shares().get(i) / most * 21));
                        outline.append('H').append(n((i + 1) * width));
                    }
                    html.empty("path", "class", "before", "d", outline + "V22");
                },
                "class",
                "spark",
                "viewBox",
                "0 0 96 22",
                "aria-hidden",
                "true");
    }

    private static String n(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}

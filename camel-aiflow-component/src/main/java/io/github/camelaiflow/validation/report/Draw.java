package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.ColumnProfile.Numbers;
import io.github.camelaiflow.validation.Histogram;
import java.util.Locale;

/** Charts as inline SVG. What they show stands beside them in words or a table. */
final class Draw {

    private static final double WIDTH = 360;
    private static final double HEIGHT = 150;
    private static final double BASE = 128;
    private static final double TOP = 6;
    private static final double GAP = 10;
    private static final double OUT = 16;

    private final Html html;

    Draw(Html html) {
        this.html = html;
    }

    /** The distribution of numbers: a bar per bin, apart from them what lies outside. */
    void histogram(Numbers numbers, String label) {
        Histogram histogram = numbers.histogram();
        html.tag(
                "svg",
                () -> {
                    double left = histogram.below() > 0 ? OUT + GAP : 0;
                    double right = histogram.above() > 0 ? WIDTH - OUT - GAP : WIDTH;
                    bars(numbers, left, right);
                    html.empty("line", "class", "axis", "x1", "0", "x2", n(WIDTH), "y1", n(BASE), "y2", n(BASE));
                    ticks(histogram, left, right);
                },
                "class",
                "chart",
                "viewBox",
                "0 0 " + n(WIDTH) + " " + n(HEIGHT),
                "role",
                "img",
                "aria-label",
                label);
    }

    private void bars(Numbers numbers, double left, double right) {
        Histogram histogram = numbers.histogram();
        int bins = histogram.counts().size();
        double most = Math.max(1, Math.max(histogram.largest(), Math.max(histogram.below(), histogram.above())));
        double width = (right - left) / bins;
        double between = Math.min(2, width / 6);
        if (histogram.below() > 0) {
            bar("out", 0, OUT, histogram.below() / most, "below: " + Words.count(histogram.below()));
        }
        for (int i = 0; i < bins; i++) {
            long count = histogram.counts().get(i);
            String told = Phrases.bin(histogram, i, numbers.whole()) + ": " + Words.count(count);
            bar("bin", left + i * width, width - between, count / most, told);
        }
        if (histogram.above() > 0) {
            bar("out", WIDTH - OUT, OUT, histogram.above() / most, "above: " + Words.count(histogram.above()));
        }
    }

    /** A count above 0 is always to be seen. */
    private void bar(String look, double x, double width, double share, String told) {
        double height = share == 0 ? 0 : Math.max(1.5, share * (BASE - TOP));
        html.tag(
                "rect",
                () -> html.tag("title", told),
                "class",
                look,
                "x",
                n(x),
                "y",
                n(BASE - height),
                "width",
                n(width),
                "height",
                n(height));
    }

    private void ticks(Histogram histogram, double left, double right) {
        int last = histogram.edges().size() - 1;
        int[] shown = last < 4 ? new int[] {0, last} : new int[] {0, last / 2, last};
        for (int edge : shown) {
            String anchor = edge == 0 ? "start" : edge == last ? "end" : "middle";
            double x = left + (right - left) * edge / last;
            html.tag(
                    "text",
                    Words.exact(histogram.edges().get(edge)),
                    "x",
                    n(x),
                    "y",
                    n(HEIGHT - 8),
                    "text-anchor",
                    anchor);
        }
    }

    /** The same without words, as small as a word. */
    void spark(Histogram histogram) {
        double width = 96.0 / histogram.counts().size();
        double most = Math.max(1, histogram.largest());
        html.tag(
                "svg",
                () -> {
                    for (int i = 0; i < histogram.counts().size(); i++) {
                        double share = histogram.counts().get(i) / most;
                        double height = share == 0 ? 0 : Math.max(1, share * 22);
                        rect("bin", i * width, 22 - height, Math.max(1, width - 1), height);
                    }
                },
                "class",
                "spark",
                "viewBox",
                "0 0 96 22",
                "aria-hidden",
                "true");
    }

    /** A part of a whole as a bar. */
    void share(String look, double share) {
        html.tag(
                "svg",
                () -> {
                    rect("track", 0, 0, 100, 8);
                    rect(look, 0, 0, share <= 0 ? 0 : Math.max(0.5, 100 * Math.min(1, share)), 8);
                },
                "class",
                "share",
                "viewBox",
                "0 0 100 8",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
    }

    private void rect(String look, double x, double y, double width, double height) {
        html.empty("rect", "class", look, "x", n(x), "y", n(y), "width", n(width), "height", n(height));
    }

    private static String n(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}

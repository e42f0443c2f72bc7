package io.github.camelaiflow.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A number over time, as inline SVG: a line or intervals, lines it is held against, and marks. What lies outside the scale is drawn at its
 * edge. Whoever draws tells the same in words beside it. Not thread-safe.
 */
public final class TimeChart {

    private static final double WIDTH = 360;
    private static final double HEIGHT = 150;
    private static final double LEFT = 44;
    private static final double RIGHT = WIDTH - 8;
    private static final double TOP = 16;
    private static final double BASE = 126;

    /** Of so many points each is to be seen. */
    private static final int FEW = 40;

    private final double from;
    private final double to;
    private final double low;
    private final double high;
    private final List<Point> points = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();
    private final List<Tick> below = new ArrayList<>();
    private final List<Tick> limits = new ArrayList<>();
    private final List<Tick> changes = new ArrayList<>();

    private record Point(double x, double y, double lower, double upper, boolean loud, String told) {}

    private record Tick(double at, String text) {}

    /**
     * @param from where the axis of time begins, in any unit
     * @param to where it ends
     * @param low where the upright axis begins
     * @param high where it ends, above {@code low}
     */
    public TimeChart(double from, double to, double low, double high) {
        this.from = from;
        this.to = to > from ? to : from + 1;
        this.low = low;
        this.high = high;
    }

    /** Adds the next point; loud ones are always to be seen. NaN is a gap. */
    public void point(double x, double y, boolean loud, String told) {
        points.add(new Point(x, y, Double.NaN, Double.NaN, loud, told));
    }

    /** Adds the next point and its interval. */
    public void interval(double x, double y, double lower, double upper, boolean loud, String told) {
        points.add(new Point(x, y, lower, upper, loud, told));
    }

    /** Writes beside a height what it means. */
    public void tick(double y, String text) {
        ticks.add(new Tick(y, text));
    }

    /** Writes below a time what it is. */
    public void below(double x, String text) {
        below.add(new Tick(x, text));
    }

    /** Draws a line that the points are held against. */
    public void limit(double y, String text) {
        limits.add(new Tick(y, text));
    }

    /** Marks a time at which something changed. */
    public void change(double x, String text) {
        changes.add(new Tick(x, text));
    }

    /** Draws it all. */
    public void draw(Html html, String label) {
        html.tag(
                "svg",
                () -> {
                    axes(html);
                    limits.forEach(limit -> limit(html, limit));
                    changes.forEach(change -> change(html, change));
                    line(html);
                    points.forEach(point -> mark(html, point));
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

    private double x(double x) {
        return LEFT + (RIGHT - LEFT) * clamp((x - from) / (to - from));
    }

    private double y(double y) {
        return BASE - (BASE - TOP) * clamp((y - low) / (high - low));
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }

    private void axes(Html html) {
        for (Tick tick : ticks) {
            straight(html, "axis", LEFT, y(tick.at()), RIGHT, y(tick.at()));
            text(html, LEFT - 6, y(tick.at()) + 4, "end", tick.text());
        }
        straight(html, "axis", LEFT, BASE, RIGHT, BASE);
        for (Tick tick : below) {
            double x = x(tick.at());
            String anchor = x < LEFT + 40 ? "start" : x > RIGHT - 40 ? "end" : "middle";
            text(html, x, HEIGHT - 8, anchor, tick.text());
        }
    }

    private void limit(Html html, Tick limit) {
        straight(html, "limit", LEFT, y(limit.at()), RIGHT, y(limit.at()));
        text(html, LEFT + 4, y(limit.at()) - 4, "start", limit.text());
    }

    private void change(Html html, Tick change) {
        double x = x(change.at());
        straight(html, "since", x, TOP - 4, x, BASE);
        text(html, Math.max(LEFT + 30, Math.min(RIGHT - 30, x)), TOP - 6, "middle", change.text());
    }

    private void line(Html html) {
        StringBuilder path = new StringBuilder();
        boolean drawn = false;
        for (Point point : points) {
            if (Double.isNaN(point.y())) {
                drawn = false;
            } else {
                path.append(drawn ? 'L' : 'M')
                        .append(n(x(point.x())))
                        .append(' ')
                        .append(n(y(point.y())));
                drawn = true;
            }
        }
        if (!path.isEmpty()) {
            html.empty("path", "class", "line", "d", path.toString());
        }
    }

    private void mark(Html html, Point point) {
        if (point.lower() <= point.upper()) {
            straight(html, "reach", x(point.x()), y(point.lower()), x(point.x()), y(point.upper()));
        }
        if (!Double.isNaN(point.y()) && (point.loud() || points.size() <= FEW)) {
            html.tag(
                    "circle",
                    () -> html.tag("title", point.told()),
                    "class",
                    point.loud() ? "poor" : "bin",
                    "cx",
                    n(x(point.x())),
                    "cy",
                    n(y(point.y())),
                    "r",
                    point.loud() ? "3.5" : "2");
        }
    }

    private static void straight(Html html, String look, double x1, double y1, double x2, double y2) {
        html.empty("line", "class", look, "x1", n(x1), "y1", n(y1), "x2", n(x2), "y2", n(y2));
    }

    private static void text(Html html, double x, double y, String anchor, String text) {
        html.tag("text", text, "x", n(x), "y", n(y), "text-anchor", anchor);
    }

    /** A coordinate, to a tenth. */
    static String n(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}

package io.github.camelaiflow.feedback.report;

import io.github.camelaiflow.feedback.quality.Metric;
import io.github.camelaiflow.feedback.quality.WindowQuality;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.TimeChart;
import io.github.camelaiflow.page.Words;
import java.util.List;

/** Metrics window by window with their intervals. */
final class MetricCharts {

    private static final int MOST = 6;

    private final Html html;

    MetricCharts(Html html) {
        this.html = html;
    }

    /** A window's metric. */
    private record At(WindowQuality window, Metric metric) {}

    void write(List<WindowQuality> windows) {
        List<Metric.Kind> kinds = windows.stream()
                .flatMap(window -> VersionSection.whole(window.metrics()).stream())
                .map(Metric::kind)
                .distinct()
                .limit(MOST)
                .toList();
        if (kinds.isEmpty()) {
            return;
        }
        html.tag("h3", "Window by window");
        html.tag(
                "div",
                () -> html.tag(
                        "div",
                        () -> kinds.forEach(kind -> chart(windows.stream()
                                .flatMap(window -> VersionSection.whole(window.metrics()).stream()
                                        .filter(metric -> metric.kind() == kind && Double.isFinite(metric.value()))
                                        .map(metric -> new At(window, metric)))
                                .toList())),
                        "class",
                        "pair"),
                "class",
                "card");
    }

    private void chart(List<At> all) {
        if (all.isEmpty()) {
            return;
        }
        double low = all.stream().mapToDouble(at -> least(at.metric())).min().orElse(0);
        double high = all.stream().mapToDouble(at -> most(at.metric())).max().orElse(1);
        double room = Math.max(1e-3, 0.05 * (high - low));
        At first = all.get(0);
        At last = all.get(all.size() - 1);
        TimeChart chart =
                new TimeChart(first.window().window() - 0.5, last.window().window() + 0.5, low - room, high + room);
        chart.tick(low, Told.number(low));
        chart.tick(high, Told.number(high));
        for (At at : all) {
            Metric metric = at.metric();
            chart.interval(at.window().window(), metric.value(), metric.lower(), metric.upper(), false, told(at));
        }
        chart.below(first.window().window(), Words.time(first.window().from()).substring(0, 10));
        if (all.size() > 1) {
            chart.below(last.window().window(), Words.time(last.window().to()).substring(0, 10));
        }
        String name = Told.metric(last.metric());
        html.tag("figure", () -> {
            chart.draw(html, name + " over " + Words.count(all.size(), "window", "windows"));
            html.tag("figcaption", name + "; last: " + told(last) + ".");
        });
    }

    private static double least(Metric metric) {
        return Double.isFinite(metric.lower()) ? metric.lower() : metric.value();
    }

    private static double most(Metric metric) {
        return Double.isFinite(metric.upper()) ? metric.upper() : metric.value();
    }

    private static String told(At at) {
        Metric metric = at.metric();
        return Told.number(metric.value()) + " (" + Told.interval(metric.lower(), metric.upper()) + ") of "
                + Words.count(metric.count(), "label", "labels")
                + (at.window().matured() ? "" : ", not matured yet");
    }
}

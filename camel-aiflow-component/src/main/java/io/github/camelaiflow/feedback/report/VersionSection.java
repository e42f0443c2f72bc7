package io.github.camelaiflow.feedback.report;

import io.github.camelaiflow.feedback.outcome.Explained;
import io.github.camelaiflow.feedback.quality.Metric;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.feedback.quality.SegmentQuality;
import io.github.camelaiflow.feedback.quality.VersionQuality;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import java.util.List;
import java.util.Objects;

/** What is known of one version: harm, metrics raw and matured, over time, by segment, and which fields explain a change. */
final class VersionSection {

    private static final int MOST_ROWS = 100;

    private final Html html;
    private final QualityReport report;
    private final HarmSection harm;
    private final MetricCharts charts;

    VersionSection(Html html, QualityReport report) {
        this.html = html;
        this.report = report;
        this.harm = new HarmSection(html);
        this.charts = new MetricCharts(html);
    }

    void write(VersionQuality version) {
        boolean serving = version.version().equals(report.version());
        html.tag("h2", "Version " + Words.shortened(version.version()) + (serving ? ", serving" : ""), "class", "name");
        harm.write(version);
        metrics(version.all());
        charts.write(version.all().windows());
        segments(version.segments());
        explained(version.explained());
    }

    private void metrics(SegmentQuality quality) {
        List<Metric> raw = quality.raw().metrics();
        if (raw.isEmpty()) {
            html.tag("p", "No label of this version has come yet.", "class", "muted");
            return;
        }
        html.scrolled(
                "Metrics",
                () -> html.tag("table", () -> {
                    html.tag(
                            "caption",
                            "Metrics of " + Words.count(quality.raw().labels(), "label", "labels") + ", "
                                    + Words.count(quality.matured().labels()) + " of them matured");
                    html.heads(1, "Metric", "Raw", "Interval", "Matured", "Interval", "Bound");
                    html.tag("tbody", () -> raw.stream()
                            .limit(MOST_ROWS)
                            .forEach(metric -> html.tag(
                                    "tr",
                                    () -> row(
                                            metric,
                                            same(metric, quality.matured().metrics())))));
                }));
    }

    private static Metric same(Metric metric, List<Metric> others) {
        return others.stream()
                .filter(other -> other.kind() == metric.kind() && Objects.equals(other.label(), metric.label()))
                .findFirst()
                .orElse(null);
    }

    private void row(Metric raw, Metric matured) {
        Blocks.rowHead(html, Told.metric(raw));
        Blocks.number(html, Told.number(raw.value()));
        Blocks.number(html, Told.interval(raw.lower(), raw.upper()));
        Blocks.number(html, matured == null ? "–" : Told.number(matured.value()));
        Blocks.number(html, matured == null ? "–" : Told.interval(matured.lower(), matured.upper()));
        Blocks.number(html, Told.words(raw.bound()));
    }

    private void segments(List<SegmentQuality> segments) {
        List<SegmentQuality> known = segments.stream()
                .filter(segment -> !segment.raw().metrics().isEmpty())
                .toList();
        if (known.isEmpty()) {
            return;
        }
        List<Metric> heads = whole(known.get(0).raw().metrics());
        html.tag("h3", "By segment");
        html.scrolled(
                "Segments",
                () -> html.tag("table", () -> {
                    html.tag("caption", "Raw metrics of each segment, with their intervals");
                    String[] names = new String[heads.size() + 2];
                    names[0] = "Segment";
                    names[1] = "Labels";
                    for (int i = 0; i < heads.size(); i++) {
                        names[i + 2] = Told.metric(heads.get(i));
                    }
                    html.heads(1, names);
                    html.tag("tbody", () -> known.stream()
                            .limit(MOST_ROWS)
                            .forEach(segment -> html.tag("tr", () -> segment(segment, heads))));
                }));
    }

    private void segment(SegmentQuality segment, List<Metric> heads) {
        Blocks.rowHead(html, String.valueOf(segment.segment()));
        Blocks.number(html, Words.count(segment.raw().labels()));
        for (Metric head : heads) {
            Metric metric = same(head, segment.raw().metrics());
            html.tag(
                    "td",
                    () -> {
                        html.text(metric == null ? "–" : Told.number(metric.value()));
                        if (metric != null) {
                            html.tag("small", Told.interval(metric.lower(), metric.upper()));
                        }
                    },
                    "class",
                    "number");
        }
    }

    /** Those of no single label. */
    static List<Metric> whole(List<Metric> metrics) {
        return metrics.stream().filter(metric -> metric.label() == null).toList();
    }

    private void explained(List<Explained> explained) {
        if (explained.isEmpty()) {
            return;
        }
        html.tag("h3", "What the change goes with");
        html.scrolled(
                "Fields",
                () -> html.tag("table", () -> {
                    html.tag(
                            "caption",
                            "Change of the mean loss that goes with the change of each field's values, the others held");
                    html.heads(1, "Field", "Change of the loss", "Share of the change");
                    html.tag("tbody", () -> explained.stream()
                            .limit(MOST_ROWS)
                            .forEach(field -> html.tag("tr", () -> {
                                Blocks.rowHead(html, field.field());
                                Blocks.number(html, Told.number(field.change()));
                                Blocks.number(
                                        html,
                                        Double.isFinite(field.share())
                                                ? Math.round(100 * field.share()) + "\u00A0%"
                                                : "within its error");
                            })));
                }));
    }
}

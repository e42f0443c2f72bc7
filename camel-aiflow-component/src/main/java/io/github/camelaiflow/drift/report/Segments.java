package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.DriftHistory.Evidence;
import io.github.camelaiflow.drift.DriftHistory.FieldPicture;
import io.github.camelaiflow.drift.DriftHistory.Verdict;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.drift.FieldDrift;
import io.github.camelaiflow.drift.TestResult;
import io.github.camelaiflow.drift.compatible.CompatibleReport;
import io.github.camelaiflow.drift.report.Watched.Said;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Segment by segment: evidence over time, the fields, what all fields together say. */
final class Segments {

    /** No page grows beyond so many sections of fields; the others stand in the overviews. */
    private static final int MOST_SECTIONS = 300;

    private static final int MOST_WINDOWS = 5;
    private static final int FEW_NAMES = 3;
    private static final int MOST_OPEN = 12;

    private final Html html;
    private final List<Watched> segments;
    private final Settings settings;
    private final EvidenceChart evidence;
    private final Pictures pictures;
    private final FieldSection sections;
    private int written;

    Segments(Html html, List<Watched> segments, Settings settings) {
        this.html = html;
        this.segments = segments;
        this.settings = settings;
        this.evidence = new EvidenceChart(html, settings);
        this.pictures = new Pictures(html);
        this.sections = new FieldSection(html, settings, pictures, evidence);
    }

    /** What people call it. */
    static String title(Watched segment) {
        return segment.name() == null ? "All records" : Words.shortened(segment.name());
    }

    void write() {
        segments.stream()
                .sorted(Comparator.comparing(segment -> segment.status() != DriftStatus.DRIFTED))
                .forEach(this::write);
    }

    private void write(Watched segment) {
        if (segments.size() > 1) {
            html.tag("h2", "Segment " + title(segment), "id", segment.id(), "class", "name");
        }
        if (segment.report() == null) {
            String since = segment.unknown() ? "yet" : "since this process began";
            html.tag("p", "No window is complete " + since + ".", "class", "muted");
            return;
        }
        if (segment.report().fields().isEmpty()) {
            html.tag("p", "The reference has no record of this segment, so nothing can be said.", "class", "muted");
            return;
        }
        html.tag(segments.size() > 1 ? "h3" : "h2", "Over time");
        html.tag(
                "div",
                () -> html.tag(
                        "div",
                        () -> {
                            evidence.write(segment, segment.loudest(), segment.change(), true);
                            windows(segment);
                        },
                        "class",
                        "pair"),
                "class",
                "card");
        fields(segment);
        together(segment);
        compatible(segment);
        leftOut(segment);
    }

    private void windows(Watched segment) {
        List<Verdict> all = segment.history().verdicts();
        List<Verdict> last = all.subList(Math.max(0, all.size() - MOST_WINDOWS), all.size());
        html.tag(
                "div",
                () -> html.tag("table", () -> {
                    html.tag("caption", last.size() < all.size() ? "The last windows" : "The windows");
                    html.heads(2, "Window", "Status", "Records", "Chance of a false alarm");
                    html.tag("tbody", () -> {
                        for (int i = last.size() - 1; i >= 0; i--) {
                            Verdict verdict = last.get(i);
                            html.tag("tr", () -> window(verdict));
                        }
                    });
                }),
                "class",
                "scroll",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                "Windows");
    }

    private void window(Verdict verdict) {
        html.tag(
                "th",
                () -> {
                    html.text(Words.count(verdict.window()));
                    if (settings.timed()) {
                        html.tag("small", Words.time(verdict.time()));
                    }
                },
                "scope",
                "row");
        html.tag("td", () -> {
            Told.badge(html, verdict.status());
            long drifted = verdict.fields().stream().filter(Evidence::drifted).count();
            if (drifted > 0) {
                html.tag("small", () -> html.tag("span", drifted(verdict, drifted), "class", "name"));
            }
        });
        Blocks.number(html, Words.count(verdict.records()));
        Blocks.number(html, Words.percent(verdict.alpha(), 1));
    }

    private static String drifted(Verdict verdict, long drifted) {
        String first = verdict.fields().stream()
                .filter(Evidence::drifted)
                .limit(FEW_NAMES)
                .map(one -> Words.shortened(one.field()))
                .collect(Collectors.joining(", "));
        return first + (drifted > FEW_NAMES ? " and " + (drifted - FEW_NAMES) + " more" : "");
    }

    private void fields(Watched segment) {
        List<FieldDrift> fields = segment.fields();
        Map<String, FieldPicture> shapes = segment.pictures();
        Map<String, List<Said>> said = segment.said();
        html.tag(segments.size() > 1 ? "h3" : "h2", "Fields");
        html.scrolled(
                "Fields",
                () -> html.tag(
                        "table",
                        () -> {
                            html.tag("caption", "All fields, those with the most evidence first");
                            html.heads(3, "Field", "Status", "Distribution", "Effect", "p", "Level", "Missing");
                            html.tag("tbody", () -> {
                                for (int i = 0; i < fields.size(); i++) {
                                    FieldDrift field = fields.get(i);
                                    String id = written + i < MOST_SECTIONS ? id(segment, i) : null;
                                    html.tag("tr", () -> row(field, shapes.get(field.field()), id));
                                }
                            });
                        },
                        "class",
                        "overview"));
        for (int i = 0; i < fields.size() && written < MOST_SECTIONS; i++) {
            FieldDrift field = fields.get(i);
            boolean open = field.drifted() || written < MOST_OPEN;
            sections.write(
                    segment,
                    field,
                    shapes.get(field.field()),
                    said.getOrDefault(field.field(), List.of()),
                    id(segment, i),
                    open);
            written++;
        }
    }

    private static String id(Watched segment, int field) {
        return segment.id() + "f" + (field + 1);
    }

    private void row(FieldDrift field, FieldPicture picture, String id) {
        html.tag(
                "th",
                () -> {
                    String name = Words.shortened(field.field());
                    if (id == null) {
                        html.tag("span", name, "class", "name");
                    } else {
                        html.tag("a", name, "href", "#" + id, "class", "name");
                    }
                },
                "scope",
                "row");
        html.tag("td", () -> Told.badge(html, field.status()));
        html.tag("td", () -> pictures.spark(picture));
        TestResult test = field.decisive().orElse(null);
        Blocks.number(html, test == null ? "–" : Told.effect(test, Pictures.numeric(picture), test.effectSize()));
        Blocks.number(html, test == null ? "–" : Told.chance(test.pValue()));
        Blocks.number(html, test == null ? "–" : Told.chance(test.level()));
        Blocks.number(
                html, Words.percent(field.window().missing(), field.window().total()));
    }

    private void together(Watched segment) {
        if (!segment.report().multivariate().isEmpty()) {
            html.tag(segments.size() > 1 ? "h3" : "h2", "All fields together");
            html.scrolled(
                    "All fields together",
                    () -> sections.tests(
                            "Tests of whole records", segment.report().multivariate(), false));
        }
    }

    private void compatible(Watched segment) {
        CompatibleReport report = segment.report().compatible();
        if (report != null) {
            html.tag(segments.size() > 1 ? "h3" : "h2", "As " + report.library() + " has it");
            new CompatibleSection(html).write(report);
        }
    }

    private void leftOut(Watched segment) {
        Map<String, String> leftOut = segment.report().leftOut();
        if (leftOut.isEmpty() || segment.number() > 1) {
            return;
        }
        html.tag(
                "details",
                () -> {
                    html.tag("summary", Words.count(leftOut.size(), "field is", "fields are") + " not watched");
                    html.tag("table", () -> {
                        html.tag("caption", "What is left out, and why");
                        html.heads(2, "Field", "Reason");
                        html.tag("tbody", () -> leftOut.entrySet().stream()
                                .limit(MOST_SECTIONS)
                                .forEach(entry -> html.tag("tr", () -> {
                                    Blocks.rowHead(html, entry.getKey());
                                    html.tag("td", Words.shortened(entry.getValue()));
                                })));
                    });
                },
                "class",
                "more card");
    }
}

package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.DriftHistory.FieldPicture;
import io.github.camelaiflow.drift.FieldDrift;
import io.github.camelaiflow.drift.TestResult;
import io.github.camelaiflow.drift.profile.ValueCounts;
import io.github.camelaiflow.drift.report.Watched.Said;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import java.util.List;

/** One field: reference against window, evidence over time, each test. */
final class FieldSection {

    private final Html html;
    private final Settings settings;
    private final Pictures pictures;
    private final EvidenceChart evidence;

    FieldSection(Html html, Settings settings, Pictures pictures, EvidenceChart evidence) {
        this.html = html;
        this.settings = settings;
        this.pictures = pictures;
        this.evidence = evidence;
    }

    void write(Watched segment, FieldDrift field, FieldPicture picture, List<Said> said, String id, boolean open) {
        String[] attributes = open ? new String[] {"open", "open"} : new String[0];
        html.tag(
                "section",
                () -> html.tag(
                        "details",
                        () -> {
                            html.tag("summary", () -> {
                                html.tag("h3", Words.shortened(field.field()), "class", "name");
                                Told.badge(html, field.status());
                            });
                            html.tag("div", () -> inside(segment, field, picture, said), "class", "inside");
                        },
                        attributes),
                "id",
                id,
                "class",
                "column card");
    }

    private void inside(Watched segment, FieldDrift field, FieldPicture picture, List<Said> said) {
        html.tag("dl", () -> facts(field), "class", "facts");
        html.tag(
                "div",
                () -> {
                    html.tag("div", () -> pictures.write(picture));
                    evidence.write(segment, said, field.change(), false);
                },
                "class",
                "pair");
        if (field.tests().isEmpty()) {
            html.tag("p", "No test can say anything: reference and window hold one single value.", "class", "muted");
            return;
        }
        html.tag(
                "div",
                () -> tests("Tests of the last window", field.tests(), Pictures.numeric(picture)),
                "class",
                "scroll",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                "Tests");
    }

    private void facts(FieldDrift field) {
        if (field.change() != null) {
            Blocks.fact(html, "Changed", Told.since(field.change(), settings.timed()));
        }
        ValueCounts reference = field.reference();
        ValueCounts window = field.window();
        Blocks.fact(
                html,
                "Missing",
                share(window.missing(), window) + ", in the reference " + share(reference.missing(), reference));
        if (window.wrongType() + reference.wrongType() > 0) {
            Blocks.fact(
                    html,
                    "Of the wrong type",
                    share(window.wrongType(), window) + ", in the reference "
                            + share(reference.wrongType(), reference));
        }
        if (window.infinite() + reference.infinite() > 0) {
            Blocks.fact(
                    html,
                    "Infinite",
                    share(window.infinite(), window) + ", in the reference " + share(reference.infinite(), reference));
        }
        if (field.newCategories() > 0) {
            Blocks.fact(
                    html, "New categories", Words.count(field.newCategories()) + " that the reference does not have");
        }
    }

    private static String share(int part, ValueCounts counts) {
        return Words.percent(part, counts.total());
    }

    /** A table of tests. */
    void tests(String caption, List<TestResult> tests, boolean numeric) {
        html.tag(
                "table",
                () -> {
                    html.tag("caption", caption);
                    html.heads(2, "Test", "Found", "Statistic", "Threshold", "p", "Level", "Effect", "Effect needed");
                    html.tag("tbody", () -> tests.forEach(test -> html.tag("tr", () -> row(test, numeric))));
                },
                "class",
                "tests");
    }

    private void row(TestResult test, boolean numeric) {
        html.tag("th", () -> html.tag("code", test.test()), "scope", "row");
        html.tag("td", () -> {
            if (test.drifted()) {
                Blocks.badge(html, "bad", "≠ Drift");
            } else if (test.pValue() <= test.level()) {
                Blocks.badge(html, "info", "Too small to matter");
            } else {
                Blocks.badge(html, "ok", "✓ No drift");
            }
        });
        Blocks.number(html, Told.number(test.statistic()));
        Blocks.number(html, Told.number(test.threshold()));
        Blocks.number(html, Told.chance(test.pValue()));
        Blocks.number(html, Told.chance(test.level()));
        Blocks.number(html, Told.effect(test, numeric, test.effectSize()));
        Blocks.number(html, test.minimumEffect() == 0 ? "any" : Told.effect(test, numeric, test.minimumEffect()));
    }
}

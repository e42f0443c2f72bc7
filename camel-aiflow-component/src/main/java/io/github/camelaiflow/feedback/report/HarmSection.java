package io.github.camelaiflow.feedback.report;

import io.github.camelaiflow.feedback.quality.EvidencePoint;
import io.github.camelaiflow.feedback.quality.HarmSource;
import io.github.camelaiflow.feedback.quality.HarmVerdict;
import io.github.camelaiflow.feedback.quality.LossAlert;
import io.github.camelaiflow.feedback.quality.VersionQuality;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.TimeChart;
import io.github.camelaiflow.page.Words;
import java.util.List;

/** Whether a version does harm: evidence over time against what it must reach, and what that rests on. */
final class HarmSection {

    private static final double LN10 = Math.log(10);

    private final Html html;

    HarmSection(Html html) {
        this.html = html;
    }

    void write(VersionQuality version) {
        HarmVerdict harm = version.harm();
        html.tag(
                "div",
                () -> {
                    html.tag(
                            "p",
                            () -> Blocks.badge(
                                    html,
                                    Verdict.look(harm.status()),
                                    Verdict.mark(harm.status()) + " " + Verdict.word(harm.status())));
                    html.tag(
                            "div",
                            () -> {
                                if (!harm.history().isEmpty()) {
                                    chart(harm);
                                }
                                html.tag("dl", () -> facts(harm, version.alert()), "class", "facts");
                            },
                            "class",
                            "pair");
                },
                "class",
                "card");
    }

    private void chart(HarmVerdict harm) {
        List<EvidencePoint> history = harm.history();
        EvidencePoint last = history.get(history.size() - 1);
        double threshold = harm.logThreshold() / LN10;
        TimeChart chart = new TimeChart(0, Math.max(last.labels(), harm.labels()), -2, Math.max(4, threshold + 1));
        chart.tick(-2, "1/100");
        chart.tick(0, "1");
        chart.limit(threshold, "harm: " + Told.evidence(harm.logThreshold()));
        boolean found = false;
        for (EvidencePoint point : history) {
            boolean reached = !found && point.logEvidence() >= harm.logThreshold();
            found |= reached;
            chart.point(
                    point.labels(),
                    point.logEvidence() / LN10,
                    reached,
                    "After " + Words.count(point.labels(), "label", "labels") + ": "
                            + Told.evidence(point.logEvidence()));
        }
        chart.below(0, "0");
        chart.below(Math.max(last.labels(), harm.labels()), Words.count(harm.labels(), "label", "labels"));
        if (harm.source() == HarmSource.REALISED && harm.sinceLabel() > 0) {
            chart.change(harm.sinceLabel(), "rise");
        }
        String told = "Evidence of harm after " + Words.count(harm.labels(), "matured label", "matured labels") + ": "
                + Told.evidence(harm.logEvidence()) + " of " + Told.evidence(harm.logThreshold()) + " that it takes";
        html.tag("figure", () -> {
            chart.draw(html, told);
            html.tag("figcaption", told + ".");
        });
    }

    private void facts(HarmVerdict harm, LossAlert alert) {
        Blocks.fact(
                html,
                "Mean loss when all was well",
                Told.number(harm.baseline()) + ", at most " + Told.number(harm.baselineLimit()));
        Blocks.fact(html, "Harm above", Told.number(harm.bound()));
        Blocks.fact(
                html,
                "Mean loss now",
                Told.number(harm.current()) + " (" + Told.interval(harm.currentLower(), harm.currentUpper()) + ") of "
                        + Words.count(harm.currentLabels(), "label", "labels"));
        if (Double.isFinite(harm.estimated())) {
            Blocks.fact(
                    html,
                    "Estimated without labels",
                    Told.number(harm.estimated()) + ", at least " + Told.number(harm.estimatedLower()));
        }
        if (harm.foundAt() != null) {
            String by = harm.source() == HarmSource.ESTIMATED ? ", by estimates" : ", by labels";
            Blocks.fact(html, "Found", Words.time(harm.foundAt()) + by);
        }
        if (harm.since() != null) {
            Blocks.fact(
                    html,
                    "Since",
                    Words.time(harm.since()) + ", label " + Words.count(harm.sinceLabel()) + " of "
                            + Words.count(harm.labels()));
        }
        if (alert != null) {
            Blocks.fact(
                    html,
                    "Detector of change",
                    Words.count(alert.alarms(), "alarm", "alarms") + " in " + Words.count(alert.labels())
                            + " labels; it tells, and" + " asks for nothing");
        }
    }
}

package io.github.camelaiflow.feedback.report;

import io.github.camelaiflow.feedback.FeedbackCounts;
import io.github.camelaiflow.feedback.quality.HarmAction;
import io.github.camelaiflow.feedback.quality.HarmVerdict;
import io.github.camelaiflow.feedback.quality.Quality;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.feedback.quality.QualityStatus;
import io.github.camelaiflow.feedback.quality.VersionQuality;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;

/** Whether the serving version does harm, and the figures. */
final class Verdict {

    private final Html html;
    private final QualityReport report;

    Verdict(Html html, QualityReport report) {
        this.html = html;
        this.report = report;
    }

    static String word(QualityStatus status) {
        return switch (status) {
            case HARM -> "Harm";
            case NONE -> "No harm found";
            case INSUFFICIENT_DATA -> "Not enough labels";
        };
    }

    static String look(QualityStatus status) {
        return switch (status) {
            case HARM -> "bad";
            case NONE -> "ok";
            case INSUFFICIENT_DATA -> "none";
        };
    }

    static String mark(QualityStatus status) {
        return switch (status) {
            case HARM -> "✗";
            case NONE -> "✓";
            case INSUFFICIENT_DATA -> "–";
        };
    }

    void write() {
        QualityStatus status = report.status();
        Blocks.verdict(html, look(status), mark(status), word(status), why());
    }

    private String why() {
        HarmVerdict harm = report.serving().map(VersionQuality::harm).orElse(null);
        if (harm == null) {
            return "No label has come yet for what the serving version answered. That is neither good nor bad.";
        }
        return switch (report.status()) {
            case INSUFFICIENT_DATA -> few(harm);
            case NONE -> "The mean loss has not been shown to be above its bound of " + Told.number(harm.bound()) + ".";
            case HARM -> "The mean loss is above its bound of " + Told.number(harm.bound()) + action();
        };
    }

    private static String few(HarmVerdict harm) {
        String needed = Double.isFinite(harm.labelsNeeded())
                ? " of about " + Words.count(Math.round(harm.labelsNeeded())) + " that it takes"
                : "";
        return Words.count(harm.labels(), "matured label", "matured labels") + needed
                + ". That is neither good nor bad.";
    }

    private String action() {
        if (report.action() == HarmAction.NONE) {
            return ".";
        }
        return report.action() == HarmAction.RETRAIN
                ? ": a new version should be trained."
                : ": the version before should serve again.";
    }

    void figures(FeedbackCounts counts) {
        html.tag(
                "dl",
                () -> {
                    Blocks.tile(html, "Serving version", report.version() == null ? "–" : report.version(), null);
                    Blocks.tile(html, "Labels", Words.count(report.outcomes()), "joined with what was answered");
                    report.serving().map(version -> version.all().matured()).ifPresent(this::matured);
                    if (report.waiting() > 0) {
                        Blocks.tile(html, "Not matured yet", Words.count(report.waiting()), "labels");
                    }
                    if (counts != null) {
                        Blocks.tile(html, "Without a label yet", Words.count(counts.waiting()), "answers");
                    }
                    if (report.matured() != null) {
                        Blocks.tile(html, "Matured after", Told.duration(report.matured()), null);
                    }
                },
                "class",
                "tiles");
    }

    private void matured(Quality matured) {
        String share = Double.isNaN(matured.labelledShare())
                ? null
                : Words.percent(matured.labelledShare(), 1) + " of its answers are labelled";
        Blocks.tile(html, "Matured labels", Words.count(matured.labels()), share);
    }
}

package io.github.camelaiflow.feedback.report;

import io.github.camelaiflow.feedback.estimate.EstimatedMetric;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate;
import io.github.camelaiflow.feedback.estimate.Trust;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import java.util.Locale;
import java.util.stream.Collectors;

/** What scores tell without labels, and whether to believe it. */
final class Estimated {

    private final Html html;

    Estimated(Html html) {
        this.html = html;
    }

    void write(PerformanceEstimate estimate) {
        html.tag("h2", "Estimated without labels");
        html.scrolled("Estimated without labels", () -> {
            Trust trust = estimate.trust();
            html.tag("p", () -> {
                switch (trust.verdict()) {
                    case BELIEVED -> Blocks.badge(html, "ok", "✓ Believed");
                    case DOUBTFUL -> Blocks.badge(html, "warn", "⚠ Must not be believed");
                    case INSUFFICIENT_DATA -> Blocks.badge(html, "none", "– Not enough data");
                }
                if (!trust.doubts().isEmpty()) {
                    html.text(" "
                            + Told.capital(
                                    trust.doubts().stream().map(Told::words).collect(Collectors.joining(", "))) + ".");
                }
            });
            html.tag("p", told(estimate), "class", "muted");
            if (!estimate.metrics().isEmpty()) {
                table(estimate);
            }
        });
    }

    private static String told(PerformanceEstimate estimate) {
        String how = estimate.method() == PerformanceEstimate.Method.CBPE
                ? "by the scores, as they came true in the reference"
                : "by the scores, as they came true in the reference weighted towards the window's inputs";
        return Told.capital(how) + ": " + Words.count(estimate.windowRows(), "answer", "answers")
                + " of the last window, "
                + Words.count(estimate.referenceRows(), "row", "rows") + " of the reference"
                + (Double.isFinite(estimate.outside())
                        ? "; the reference has nothing like " + Words.percent(estimate.outside(), 1)
                                + " of the answers."
                        : ".");
    }

    private void table(PerformanceEstimate estimate) {
        html.tag("table", () -> {
            html.tag("caption", "Estimates, and the band that covers the true number");
            html.heads(1, "Metric", "Estimate", "Band");
            html.tag("tbody", () -> {
                for (EstimatedMetric metric : estimate.metrics()) {
                    html.tag("tr", () -> {
                        Blocks.rowHead(html, name(metric));
                        Blocks.number(html, Told.number(metric.value()));
                        Blocks.number(html, Told.interval(metric.lower(), metric.upper()));
                    });
                }
            });
        });
    }

    private static String name(EstimatedMetric metric) {
        return switch (metric.metric()) {
            case ROC_AUC -> "AUC";
            case F1 -> "F1";
            case BRIER -> "Brier score";
            default ->
                Told.capital(metric.metric().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        };
    }
}

package io.github.camelaiflow.feedback.report;

import io.github.camelaiflow.feedback.FeedbackCounts;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;

/** What became of answers and labels. */
final class Accounts {

    private final Html html;

    Accounts(Html html) {
        this.html = html;
    }

    void write(FeedbackCounts counts) {
        html.tag("h2", "What became of answers and labels");
        html.scrolled(
                "Answers and labels",
                () -> html.tag("table", () -> {
                    html.tag(
                            "caption",
                            "Counts of all nodes together" + (counts.durable() ? "" : "; gone when the process ends"));
                    html.heads(1, "What", "How many");
                    html.tag("tbody", () -> rows(counts));
                }));
    }

    private void rows(FeedbackCounts counts) {
        row("Answers", counts.tracked());
        row("joined with their label in time", counts.joined());
        row("waiting for their label", counts.waiting());
        row("given up without a label in time", counts.neverLabelled());
        row("not kept, for want of a store or room", counts.notTracked());
        row("Labels waiting for their answer", counts.labelsWaiting());
        row("Labels that repeat one", counts.duplicates());
        row("Labels that contradict one", counts.contradictions());
        row("Labels that came too late", counts.late());
        row("Labels of nothing that was answered", counts.neverPredicted());
        row("Joined, but of no use", counts.unreadable());
    }

    private void row(String what, long count) {
        html.tag("tr", () -> {
            Blocks.rowHead(html, what);
            Blocks.number(html, Words.count(count));
        });
    }
}

package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.ChangePoint;
import io.github.camelaiflow.drift.report.Watched.Said;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.TimeChart;
import io.github.camelaiflow.page.Words;
import java.util.List;

/** Evidence over time against its budget, with the windows that drifted and since when. */
final class EvidenceChart {

    private static final double LOW = -3;
    private static final double HIGH = 4;

    private final Html html;
    private final Settings settings;

    EvidenceChart(Html html, Settings settings) {
        this.html = html;
        this.settings = settings;
    }

    /**
     * Draws it, with its title.
     *
     * @param change {@code null} if there is none
     * @param named whether to name the field of each window's evidence
     */
    void write(Watched segment, List<Said> said, ChangePoint change, boolean named) {
        TimeChart chart = new TimeChart(0, segment.end(), LOW, HIGH);
        chart.tick(-2, "1/100");
        chart.tick(2, "100");
        chart.tick(HIGH, "≥ 10⁴");
        chart.limit(0, "budget: 1");
        for (Said one : said) {
            double height = Math.log10(Told.evidence(one.evidence()));
            chart.point(one.end(), height, one.evidence().drifted(), told(one, named));
        }
        chart.below(0, "0");
        chart.below(segment.end(), Words.count(segment.end(), "record", "records"));
        if (change != null) {
            chart.change(segment.end() - change.sinceRecord(), "change");
        }
        html.tag("figure", () -> {
            chart.draw(html, label(said));
            html.tag("figcaption", caption(said, change));
        });
    }

    private String told(Said one, boolean named) {
        String field = named ? Words.shortened(one.evidence().field()) + ", " : "";
        String time = settings.timed() ? " at " + Words.time(one.verdict().time()) : "";
        return "Window " + Words.count(one.verdict().window()) + time + ": " + field + "p = "
                + Told.chance(one.evidence().pValue()) + " at level "
                + Told.chance(one.evidence().level())
                + (one.evidence().drifted() ? ", drifted" : "");
    }

    private static long drifted(List<Said> said) {
        return said.stream().filter(one -> one.evidence().drifted()).count();
    }

    private static String label(List<Said> said) {
        return "Evidence over " + Words.count(said.size(), "window", "windows") + "; drift in "
                + Words.count(drifted(said));
    }

    private String caption(List<Said> said, ChangePoint change) {
        if (said.isEmpty()) {
            return "No window could tell.";
        }
        long first = said.get(0).verdict().window();
        long last = said.get(said.size() - 1).verdict().window();
        String windows = first == last
                ? "Evidence of window " + Words.count(last)
                : "Evidence of windows " + Words.count(first) + " to " + Words.count(last);
        return windows + "; drift found in " + Words.count(drifted(said))
                + (change == null ? "." : ". Changed " + Told.since(change, settings.timed()) + ".");
    }
}

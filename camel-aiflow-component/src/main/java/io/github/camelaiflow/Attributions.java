package io.github.camelaiflow;

import io.github.camelaiflow.feedback.estimate.AttributedChange;
import io.github.camelaiflow.feedback.estimate.Attribution;
import io.github.camelaiflow.feedback.estimate.BaselineRow;
import io.github.camelaiflow.feedback.estimate.FieldBins;
import io.github.camelaiflow.feedback.outcome.Explained;
import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.quality.QualityMonitor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says window by window what share of a version's change of quality goes with which field. On one thread. */
final class Attributions {

    private static final int VERSIONS = 20;

    private final FieldBins bins;
    private final List<BaselineRow> baseline;
    private final Loss loss;
    private final int size;
    private final Map<String, Window> windows = new LinkedHashMap<>();
    /** With the baseline and nothing else; {@code null} before the first outcome. */
    private Attribution empty;

    private static final class Window {
        private final Attribution attribution;
        private int outcomes;

        Window(Attribution attribution) {
            this.attribution = attribution;
        }
    }

    /**
     * @param baseline what windows are compared with
     * @param size outcomes of a window, of one version
     */
    Attributions(FieldBins bins, List<BaselineRow> baseline, Loss loss, int size) {
        this.bins = bins;
        this.baseline = baseline;
        this.loss = loss;
        this.size = size;
    }

    /** Takes outcomes, and tells of each window that is full. */
    void accept(List<Outcome> outcomes, QualityMonitor quality) {
        for (Outcome outcome : outcomes) {
            if (!quality.alike(outcome)) {
                // a window has the mix of all records, not of those that are labelled more often
                continue;
            }
            String version = outcome.predicted().version();
            Window window = windows.get(version);
            if (window == null) {
                window = begun(version);
            }
            window.attribution.window(outcome, one -> loss.of(one, Double.NaN));
            if (++window.outcomes >= size) {
                window.attribution.change().ifPresent(change -> quality.explained(version, explained(change)));
                window.attribution.newWindow();
                window.outcomes = 0;
            }
        }
    }

    private Window begun(String version) {
        if (windows.size() >= VERSIONS) {
            windows.remove(windows.keySet().iterator().next());
        }
        if (empty == null) {
            empty = new Attribution(bins);
            for (BaselineRow row : baseline) {
                empty.baseline(bins.bins(row.row()), BaselineReader.loss(row, loss));
            }
        }
        Window window = new Window(empty.sharingBaseline());
        windows.put(version, window);
        return window;
    }

    private static List<Explained> explained(AttributedChange change) {
        return change.fields().stream()
                .map(field -> new Explained(field.field(), field.explained(), field.share()))
                .toList();
    }
}

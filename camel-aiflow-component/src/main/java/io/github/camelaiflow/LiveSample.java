package io.github.camelaiflow;

import io.github.camelaiflow.validation.suggest.Sample;
import io.github.camelaiflow.validation.suggest.SuggestSettings;
import io.github.camelaiflow.validation.suggest.SuggestedSuite;
import io.github.camelaiflow.validation.suggest.SuiteSuggester;
import java.util.Map;

/** Collects single records until a window of them is full, and suggests a suite of each full one. Thread-safe. */
final class LiveSample {

    private final String name;
    private final int window;
    private Sample sample = new Sample(SuggestSettings.DEFAULT);
    private volatile SuggestedSuite suggested;

    /**
     * @param name of the suites
     * @param window records of a sample
     */
    LiveSample(String name, int window) {
        this.name = name;
        this.window = window;
    }

    int window() {
        return window;
    }

    /** The suite of the last full window, the record's own if it fills one; {@code null} if none has been full yet. */
    SuggestedSuite add(Map<String, Object> row) {
        Sample full = keep(row);
        if (full != null) {
            suggested = SuiteSuggester.suggest(name, full);
        }
        return suggested;
    }

    private synchronized Sample keep(Map<String, Object> row) {
        sample.add(row);
        if (sample.rowsRead() < window) {
            return null;
        }
        Sample full = sample;
        sample = new Sample(SuggestSettings.DEFAULT);
        return full;
    }

    /** {@code null} if no window has been full yet. */
    SuggestedSuite suggested() {
        return suggested;
    }

    /** A suite that expects nothing and says why. */
    SuggestedSuite notYet() {
        return SuiteSuggester.notYet(name, window);
    }
}

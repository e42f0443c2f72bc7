package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Suggests a suite from a sample. A quarter of the rows is explored for what could be expected; the others are measured for how
 * far it holds. So the measurement is not biased by the choice, and each expectation gets bounds for a batch to come: {@code
 * mostly} and limits are such that a later batch of the same distribution fails the suite as a whole with a chance of at most
 * {@code alpha}, shared equally by its expectations.
 *
 * <p>Assumed are records that do not depend on each other, and columns whose values stay of the kinds the sample has. A trend or
 * season breaks the first: what fails then tells of it.
 */
public final class SuiteSuggester {

    private SuiteSuggester() {}

    /** The suite for these rows; {@link #suggest(String, Sample)}. */
    public static SuggestedSuite suggest(
            String name, Iterable<? extends Map<String, Object>> rows, SuggestSettings settings) {
        Sample sample = new Sample(settings);
        rows.forEach(sample::add);
        return suggest(name, sample);
    }

    /**
     * The suite for this sample, which stays as it is. Of a sample too small to promise anything it expects nothing; its meta
     * says what was left out and how many rows it would take.
     *
     * @param name the suite's name
     */
    public static SuggestedSuite suggest(String name, Sample sample) {
        SuggestSettings settings = sample.settings();
        int batch = settings.batchSize() > 0 ? settings.batchSize() : Math.max(1, sample.rowsKept());
        List<LeftOut> leftOut = new ArrayList<>();
        List<SampleColumn> columns = sample.columns();
        List<Candidate> candidates = candidates(columns, settings, leftOut);
        Measurement measurement = new Measurement(batch);
        double least = settings.alpha() / Math.max(1, candidates.size());
        long sharing = candidates.stream()
                .filter(candidate -> candidate.promised(measurement, least))
                .count();
        double alpha = settings.alpha() / Math.max(1, sharing);
        List<Suggestion> suggestions = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Suggestion suggestion = candidate.measure(measurement, alpha, leftOut::add);
            if (suggestion != null) {
                suggestions.add(suggestion);
            }
        }
        return new SuiteJson(sample, batch).write(name, suggestions, leftOut);
    }

    /**
     * A suite that expects nothing, because a sample is still being collected.
     *
     * @param name the suite's name
     * @param rows how many the sample will have
     */
    public static SuggestedSuite notYet(String name, long rows) {
        LeftOut all = new LeftOut("", "", "the sample is not complete yet", rows);
        return new SuiteJson(new Sample(SuggestSettings.DEFAULT), (int) rows).write(name, List.of(), List.of(all));
    }

    private static List<Candidate> candidates(
            List<SampleColumn> columns, SuggestSettings settings, List<LeftOut> leftOut) {
        List<Candidate> candidates = new ArrayList<>();
        if (!columns.isEmpty() && ExpectationTypes.knows(ColumnsCandidate.TYPE)) {
            candidates.add(new ColumnsCandidate(columns));
        }
        for (SampleColumn column : columns) {
            candidates.addAll(new ColumnExplorer(column, settings.maxCategories(), leftOut).explore());
        }
        candidates.addAll(new PairExplorer(columns, settings.seed()).explore());
        return candidates;
    }
}

package io.github.camelaiflow.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Section {@code drift}: what a flow's records are compared with, and how.
 *
 * @param reference resource of the reference, or {@value #LEARNED} for the profile its nodes have learned; {@code null} for none
 * @param referenceSample how many raw records of the reference are kept for tests that need rows; {@code null} for none
 * @param window {@code null} for the default
 * @param panes how many parts a window slides by; {@code null} for the default
 * @param falseAlarms records per false alarm on average; {@code null} for the default
 * @param fields the fields watched; empty for all
 * @param segment the field that divides records into segments, whose declared values they are; {@code null} for none
 * @param tests names of tests: by field, and by {@code numbers} and {@code categories} for all other fields
 * @param minimumEffects how large a difference must be besides: by field, and by {@code numbers} and {@code categories}
 * @param correction how the budget is shared among columns: {@code holm}, {@code fdr} or {@code e-values}; {@code null} for the
 *     default
 * @param multivariate names of tests over all fields together, which need {@code referenceSample}
 * @param label the reference's column with the model's label; {@code null} if labels are not watched
 * @param score the reference's column with the model's score; {@code null} if scores are not watched
 * @param detector a sequential detector that runs beside the windows; {@code null} for none
 * @param compatible whose definitions are reported besides, {@code evidently} or {@code nannyml}; {@code null} for none
 */
public record DriftSettings(
        String reference,
        Integer referenceSample,
        WindowSize window,
        Integer panes,
        Long falseAlarms,
        List<String> fields,
        String segment,
        Map<String, String> tests,
        Map<String, Double> minimumEffects,
        String correction,
        List<String> multivariate,
        String label,
        String score,
        String detector,
        String compatible) {

    /** The reference that a flow's nodes have learned from live records. */
    public static final String LEARNED = "learned";

    /** Stands for all fields with numbers that are not named. */
    public static final String NUMBERS = "numbers";

    /** Stands for all fields with categories that are not named. */
    public static final String CATEGORIES = "categories";

    /** Nothing said. */
    static final DriftSettings NONE = new DriftSettings(
            null, null, null, null, null, List.of(), null, Map.of(), Map.of(), null, List.of(), null, null, null, null);

    public DriftSettings {
        fields = List.copyOf(fields);
        tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
        minimumEffects = Collections.unmodifiableMap(new LinkedHashMap<>(minimumEffects));
        multivariate = List.copyOf(multivariate);
    }
}

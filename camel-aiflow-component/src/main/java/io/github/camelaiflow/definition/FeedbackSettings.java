package io.github.camelaiflow.definition;

import java.time.Duration;

/**
 * Section {@code feedback}: how labels that come later are joined to predictions, and what is made of them.
 *
 * @param present whether the definition has the section
 * @param truth the field of a label record that holds the truth; {@code label} if not said
 * @param positive the label whose precision and recall are told; {@code null} for each label's
 * @param timeLimit how long a prediction waits for its label, and a label for its prediction; {@code null} for the default
 * @param matured the age from which a prediction is taken to have had its chance of a label; {@code null} for at once, or
 *     if it is learnt
 * @param maturedShare the share of all labels that have come by that age, if it is learnt, above 0 and below 1; else {@code null}
 * @param minSelection the least probability with which a record is chosen to be labelled; {@code null} if all are
 * @param window how many labels make a window of quality; {@code null} for the default
 * @param segment the field that divides records into segments, whose declared values they are; {@code null} for none
 * @param loss how wrong an answer is: {@code error}, {@code brier}, {@code log} or {@code absolute}; {@code null} for the default
 * @param maxError the absolute error that counts as 1; {@code null} unless loss is absolute
 * @param baseline how good the model was when all was well
 * @param margin how much the mean loss may rise, above 0; {@code null} for the default
 * @param alpha the chance of ever finding harm where there is none; {@code null} for the default
 * @param onHarm what is recommended on harm: {@code report}, {@code retrain} or {@code rollback}; {@code null} for the default
 * @param detector a change detector on the losses; {@code null} for none
 * @param falseAlarms labels per false alarm of the detector on average; {@code null} for the default
 * @param estimate how quality is estimated without labels: {@code cbpe} or {@code weighted}; {@code null} for not
 */
public record FeedbackSettings(
        boolean present,
        String truth,
        String positive,
        Duration timeLimit,
        Duration matured,
        Double maturedShare,
        Double minSelection,
        WindowSize window,
        String segment,
        String loss,
        Double maxError,
        Baseline baseline,
        Double margin,
        Double alpha,
        String onHarm,
        String detector,
        Long falseAlarms,
        String estimate) {

    /** How long predictions and labels wait for each other if it is not said. */
    public static final Duration TIME_LIMIT = Duration.ofDays(30);

    /** Nothing said. */
    static final FeedbackSettings NONE = new FeedbackSettings(
            false,
            "label",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Baseline.NONE,
            null,
            null,
            null,
            null,
            null,
            null);

    /**
     * How good the model was when all was well: a mean loss, records with score and truth, or the first labels that come.
     *
     * @param loss the mean loss; {@code null} if it is not given
     * @param labels how many of the first matured labels say it; {@code null} for the default or another source
     * @param reference resource of records with score and truth; {@code null} if it is not given
     * @param label column with the model's label; {@code null} if it follows from the score
     * @param score column with the probability of the positive label; {@code null} without reference
     * @param truth column with the truth; {@code null} without reference
     */
    public record Baseline(Double loss, Long labels, String reference, String label, String score, String truth) {

        static final Baseline NONE = new Baseline(null, null, null, null, null, null);
    }
}

package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.statistics.change.ChangeDetector;
import io.github.camelaiflow.statistics.change.DetectorSettings;
import io.github.camelaiflow.statistics.change.DetectorType;
import io.github.camelaiflow.statistics.change.ReferenceLosses;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a flow's quality is told and judged. Immutable.
 *
 * @param positive label whose precision, recall and ranking are told; {@code null} for each label's precision and recall
 * @param labels labels that may be shown in logs; others are numbered
 * @param segments values of segments that may be shown in logs; others are numbered
 * @param mostError the greatest error of a value that matters, above 0; NaN for classifications
 * @param confidence of each interval by itself, above 0 and below 1
 * @param window what makes a window
 * @param maturity when a prediction has had its chance of a label
 * @param minSelection the least probability with which a record is chosen to be labelled, above 0; 1 if all are
 * @param harm when a version does harm
 * @param detector of alerts on the stream of losses; {@code null} for none
 */
public record QualityConfig(
        String positive,
        List<String> labels,
        List<String> segments,
        double mostError,
        double confidence,
        Span window,
        Maturity maturity,
        double minSelection,
        HarmRule harm,
        DetectorSettings detector) {

    /** Bets are on a multiple of the rate, so a baseline of 0 is taken to be this. */
    private static final double LEAST_RATE = 1e-6;

    /**
     * A number of labels, or a stretch of time by the time of the predictions.
     *
     * @param labels how many; 0 for a stretch of time
     * @param time how long; {@code null} for a number of labels
     */
    public record Span(long labels, Duration time) {

        /** @throws IllegalArgumentException if it is neither above 0, or both */
        public Span {
            if (labels < 0 || (labels > 0) == (time != null) || (time != null && time.toMillis() <= 0)) {
                throw new IllegalArgumentException(
                        "a window must be a number of labels above 0 or a time of a millisecond or more");
            }
        }
    }

    /**
     * The age from which a prediction has had its chance of a label.
     *
     * @param age {@code null} if it is learnt
     * @param share if it is learnt: the share of all labels that must have come by that age, above 0 and below 1; else of no account
     */
    public record Maturity(Duration age, double share) {

        /** Each label counts at once. */
        public static final Maturity AT_ONCE = new Maturity(Duration.ZERO, 1);

        /** @throws IllegalArgumentException if the age is negative, or there is neither age nor share */
        public Maturity {
            if (age == null) {
                HarmRule.inside("the share of labels", share);
            } else if (age.isNegative()) {
                throw new IllegalArgumentException("the age of maturity must not be negative");
            }
        }
    }

    /**
     * Each label's metrics at confidence 0.95, windows of 1,000 labels, each label counts at once, all records are labelled,
     * {@link HarmRule#DEFAULT}, no detector.
     */
    public static final QualityConfig DEFAULT = new QualityConfig(
            null,
            List.of(),
            List.of(),
            Double.NaN,
            0.95,
            new Span(1000, null),
            Maturity.AT_ONCE,
            1,
            HarmRule.DEFAULT,
            null);

    /** @throws IllegalArgumentException if a number is out of its range, or a loss of values has no greatest error */
    public QualityConfig {
        labels = List.copyOf(labels);
        segments = List.copyOf(segments);
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(maturity, "maturity");
        Objects.requireNonNull(harm, "harm");
        HarmRule.inside("confidence", confidence);
        if (!(minSelection > 0 && minSelection <= 1)) {
            throw new IllegalArgumentException("minSelection must be above 0 and at most 1, was " + minSelection);
        }
        if (!Double.isNaN(mostError) && !(mostError > 0 && mostError < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the greatest error that matters must be a number above 0");
        }
        if (harm.loss().regression() && Double.isNaN(mostError)) {
            throw new IllegalArgumentException("a loss of values needs the greatest error that matters");
        }
    }

    /** This, with the positive label; {@code null} for none. */
    public QualityConfig withPositive(String label) {
        return new QualityConfig(
                label, labels, segments, mostError, confidence, window, maturity, minSelection, harm, detector);
    }

    /** This, with labels and segments that may be shown. */
    public QualityConfig withNames(List<String> labelNames, List<String> segmentNames) {
        return new QualityConfig(
                positive,
                labelNames,
                segmentNames,
                mostError,
                confidence,
                window,
                maturity,
                minSelection,
                harm,
                detector);
    }

    /** This, with the greatest error that matters. */
    public QualityConfig withMostError(double error) {
        return new QualityConfig(
                positive, labels, segments, error, confidence, window, maturity, minSelection, harm, detector);
    }

    /** This, with intervals of such a confidence. */
    public QualityConfig withConfidence(double chance) {
        return new QualityConfig(
                positive, labels, segments, mostError, chance, window, maturity, minSelection, harm, detector);
    }

    /** This, with windows of so many labels. */
    public QualityConfig withWindow(long number) {
        return withWindow(new Span(number, null));
    }

    /** This, with windows of such a length, by the time of the predictions. */
    public QualityConfig withWindow(Duration time) {
        return withWindow(new Span(0, time));
    }

    private QualityConfig withWindow(Span span) {
        return new QualityConfig(
                positive, labels, segments, mostError, confidence, span, maturity, minSelection, harm, detector);
    }

    /** This, with the age from which predictions count as matured. */
    public QualityConfig withMatured(Duration age) {
        return withMaturity(new Maturity(age, 1));
    }

    /** This, with that age learnt: the one by which such a share of the labels has come. */
    public QualityConfig withMaturedShare(double share) {
        return withMaturity(new Maturity(null, share));
    }

    private QualityConfig withMaturity(Maturity when) {
        return new QualityConfig(
                positive, labels, segments, mostError, confidence, window, when, minSelection, harm, detector);
    }

    /** This, with labels for a choice of records, each with at least such a probability. */
    public QualityConfig withMinSelection(double probability) {
        return new QualityConfig(
                positive, labels, segments, mostError, confidence, window, maturity, probability, harm, detector);
    }

    /** This, with another rule of harm. */
    public QualityConfig withHarm(HarmRule rule) {
        return new QualityConfig(
                positive, labels, segments, mostError, confidence, window, maturity, minSelection, rule, detector);
    }

    /** This, with a detector; {@code null} for none. */
    public QualityConfig withDetector(DetectorSettings settings) {
        return new QualityConfig(
                positive, labels, segments, mostError, confidence, window, maturity, minSelection, harm, settings);
    }

    /**
     * A detector of the losses. An e-detector is told the rule's baseline, a number or the losses of reference records; where there is neither, or
     * a rate of its own, it knows or learns what is usual by its settings.
     *
     * @throws IllegalStateException if there is no detector
     */
    public ChangeDetector lossDetector() {
        if (detector == null) {
            throw new IllegalStateException("no detector is configured");
        }
        boolean told = detector.type() == DetectorType.E_SR || detector.type() == DetectorType.E_CUSUM;
        Baseline well = harm.baseline();
        if (!told || detector.rate().isPresent() || well.first() > 0) {
            return detector.forLosses();
        }
        if (!well.losses().isEmpty()) {
            ReferenceLosses reference = new ReferenceLosses();
            well.losses().forEach(reference::add);
            return detector.forLosses(reference);
        }
        return well.count() > 0
                ? detector.forLosses()
                : detector.withRate(Math.max(LEAST_RATE, well.loss())).forLosses();
    }

    /** How many labels are the latest ones: a window's, or 1,000. */
    long currentLabels() {
        return window.time() == null ? window.labels() : 1000;
    }
}

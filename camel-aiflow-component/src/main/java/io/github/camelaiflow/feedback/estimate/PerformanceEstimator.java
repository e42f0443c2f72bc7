package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.feedback.estimate.PerformanceEstimate.Method;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.statistics.Binomial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Estimates the quality of windows whose labels haven't come, from a reference with scores and truths: CBPE (confidence-based performance
 * estimation, NannyML), and where the records are known its variant with a calibrator weighted towards the window's inputs (PAPE, J.
 * Białek, J. Kuberski and N. Perrakis, arXiv 2401.08348). Assumes that the relation of inputs and truth stays; each
 * estimate says whether to believe it. Immutable, thread-safe. An estimate of 5,000 rows takes tens of milliseconds, with weights up to
 * seconds: not for a route's thread.
 */
public final class PerformanceEstimator {

    private static final double CONFIDENCE = 0.99;

    private final EstimateConfig config;
    private final Labels labels;
    private final ScoredRows reference;
    private final Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    private final Set<Doubt> weightedDoubts;
    /** {@code null} where records aren't known. */
    private final Inputs inputs;

    private final double[][] columns;
    private final Calibration calibration;
    /** By class: lowest and highest score. */
    private final double[][] ranges;

    private PerformanceEstimator(List<BaselineRow> baseline, EstimateConfig config, boolean checked) {
        this.config = config;
        labels = Labels.of(config.positive(), baseline);
        reference = ScoredRows.ofBaseline(labels, baseline, config);
        boolean rows = reference.rows != null && reference.size() > 0;
        inputs = rows ? Inputs.of(reference.rows, config.fields()) : null;
        columns = rows && inputs.columns() > 0 ? inputs.columnsOf(reference.rows) : null;
        long kinds = Arrays.stream(reference.truth == null ? new double[0][] : reference.truth)
                .filter(truth -> Arrays.stream(truth).anyMatch(y -> y == 1))
                .count();
        boolean others = labels.binary()
                && kinds == 1
                && Arrays.stream(reference.truth[0]).anyMatch(y -> y == 0);
        if (reference.size() < config.leastReference()) {
            doubts.add(Doubt.REFERENCE_TOO_SMALL);
        } else if (kinds < 2 && !others) {
            doubts.add(Doubt.REFERENCE_ONE_CLASS);
        }
        calibration = doubts.isEmpty() ? Calibration.of(reference, reference.weights, config.seed()) : null;
        ranges = Arrays.stream(reference.scores)
                .map(scores -> new double[] {
                    Arrays.stream(scores).min().orElse(0),
                    Arrays.stream(scores).max().orElse(1)
                })
                .toArray(double[][]::new);
        Set<Doubt> weightedOnes = EnumSet.copyOf(doubts.isEmpty() ? EnumSet.noneOf(Doubt.class) : doubts);
        if (calibration != null && checked) {
            ReferenceCheck check = new ReferenceCheck(reference, columns, config);
            doubts.addAll(check.doubts());
            weightedOnes.addAll(check.weightedDoubts());
        }
        weightedDoubts = weightedOnes;
    }

    /**
     * An estimator from rows whose truth is known and that the model wasn't trained on, in the order of their time. Rows without a probability for each label, a
     * predicted label or a truth are left out. If too few or only one class is left, all its estimates are INSUFFICIENT_DATA.
     *
     * @throws IllegalArgumentException if there are more than 100 labels and no positive one, a named field is in no row, or the fields are too many
     */
    public static PerformanceEstimator of(List<BaselineRow> baseline, EstimateConfig config) {
        return new PerformanceEstimator(baseline, config, true);
    }

    /** Without what the reference says of itself. */
    static PerformanceEstimator unchecked(List<BaselineRow> baseline, EstimateConfig config) {
        return new PerformanceEstimator(baseline, config, false);
    }

    /** What the reference alone says: too little data, or estimates of parts of it that don't come true. */
    public Trust trust(Method method) {
        return Trust.of(method == Method.WEIGHTED ? weightedDoubts : doubts);
    }

    /** The window's quality by CBPE. */
    public PerformanceEstimate estimate(List<Predicted> window) {
        return estimate(window, null);
    }

    /**
     * The window's quality, with weights if the reference's records are known too.
     *
     * @param rows the records, one a prediction in the same order; {@code null} for CBPE
     * @throws IllegalArgumentException if there isn't one record a prediction
     */
    public PerformanceEstimate estimate(List<Predicted> window, List<Map<String, Object>> rows) {
        checkSizes(window.size(), rows);
        ScoredRows scored = ScoredRows.ofWindow(labels, window, rows, config);
        boolean weighted = scored.rows != null && columns != null;
        Method method = weighted ? Method.WEIGHTED : Method.CBPE;
        List<Doubt> found = new ArrayList<>(weighted ? weightedDoubts : doubts);
        if (scored.size() < config.leastWindow()) {
            found.add(Doubt.WINDOW_TOO_SMALL);
        }
        if (found.stream().anyMatch(Doubt::insufficient)) {
            found.removeIf(doubt -> !doubt.insufficient());
            return result(method, found, List.of(), false, Double.NaN, scored, Double.NaN);
        }
        InputWeights weights = weighted ? weights(scored) : null;
        Calibration used = weighted ? weighted(weights) : calibration;
        long outside = IntStream.range(0, scored.size())
                .filter(i -> outside(scored, i))
                .count();
        if (Binomial.lowerLimit(outside, scored.size(), CONFIDENCE) > config.mostOutside()) {
            found.add(Doubt.OUTSIDE_REFERENCE);
        }
        if (weighted && weights.effective() < config.leastEffective()) {
            found.add(Doubt.REFERENCE_UNLIKE_WINDOW);
        }
        return result(
                method,
                found,
                Bands.of(scored, used, config),
                used.used(),
                weighted ? weights.effective() : Double.NaN,
                scored,
                (double) outside / scored.size());
    }

    /** As {@link #check(List, List)}, without records. */
    public LabelCheck check(List<Outcome> labelled) {
        return check(labelled, null);
    }

    /**
     * Whether truths that came fit the probabilities that estimates are made of: a test at level {@code alpha} on (truth -
     * probability) in ten groups of scores and overall. A row that was chosen for labelling counts by one over that chance. Each
     * call is a test of its own.
     *
     * @param labelled rows of production whose truth has come; better all of a period than those that came first
     * @param rows the records, one an outcome in the same order, to check the weighted probabilities; {@code null} to check CBPE's
     * @throws IllegalArgumentException if there isn't one record an outcome
     */
    public LabelCheck check(List<Outcome> labelled, List<Map<String, Object>> rows) {
        checkSizes(labelled.size(), rows);
        ScoredRows scored = ScoredRows.ofOutcomes(labels, labelled, rows, config);
        List<Doubt> found =
                new ArrayList<>(doubts.stream().filter(Doubt::insufficient).toList());
        if (scored.size() < config.leastWindow()) {
            found.add(Doubt.WINDOW_TOO_SMALL);
        }
        if (!found.isEmpty()) {
            return new LabelCheck(Trust.of(found), Double.NaN, scored.size(), scored.unusable);
        }
        boolean weighted = scored.rows != null && columns != null;
        Calibration used = weighted ? weighted(weights(scored)) : calibration;
        double pValue =
                ResidualTest.byScore(scored, used, config.alpha(), config, 1).pValue();
        Set<Doubt> disagree = pValue <= config.alpha() ? Set.of(Doubt.LABELS_DISAGREE) : Set.of();
        return new LabelCheck(Trust.of(disagree), pValue, scored.size(), scored.unusable);
    }

    /**
     * The probability of each answer to be wrong, by CBPE: a loss without labels, as {@link Attribution} takes it.
     *
     * @return one a prediction, in order; NaN where the row or the reference can't be used
     */
    public double[] expectedErrors(List<Predicted> window) {
        double[] errors = new double[window.size()];
        for (int i = 0; i < errors.length; i++) {
            Predicted answer = window.get(i);
            double[] scores = labels.scores(answer.scores());
            if (scores == null || calibration == null || !labels.answers(answer.label())) {
                errors[i] = Double.NaN;
                continue;
            }
            double[][] p = new double[scores.length][1];
            for (int c = 0; c < scores.length; c++) {
                p[c][0] = calibration.calibrators().get(c).value(scores[c]);
            }
            Calibration.normalise(p);
            int predicted = labels.index(answer.label());
            errors[i] = predicted < 0 ? p[0][0] : 1 - p[predicted][0];
        }
        return errors;
    }

    private Calibration weighted(InputWeights weights) {
        return Calibration.of(reference, weights, config.seed());
    }

    private InputWeights weights(ScoredRows window) {
        return InputWeights.of(columns, inputs.columnsOf(window.rows), config.seed());
    }

    private boolean outside(ScoredRows window, int i) {
        for (int c = 0; c < ranges.length; c++) {
            if (window.scores[c][i] < ranges[c][0] || window.scores[c][i] > ranges[c][1]) {
                return true;
            }
        }
        return inputs != null && window.rows != null && inputs.outside(window.rows.get(i));
    }

    private PerformanceEstimate result(
            Method method,
            List<Doubt> found,
            List<EstimatedMetric> metrics,
            boolean calibrated,
            double effective,
            ScoredRows window,
            double outside) {
        return new PerformanceEstimate(
                method,
                Trust.of(found),
                metrics,
                calibrated,
                reference.size(),
                effective,
                window.size(),
                window.unusable,
                outside,
                window.sampled);
    }

    private static void checkSizes(int size, List<?> rows) {
        if (rows != null && rows.size() != size) {
            throw new IllegalArgumentException(
                    "an estimate needs one record a prediction, were " + rows.size() + " and " + size);
        }
    }
}

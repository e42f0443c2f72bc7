package io.github.camelaiflow.feedback.estimate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a reference says of estimates before any window came: parts of it, estimated from the rest. Immutable. */
final class ReferenceCheck {

    private static final int FOLDS = 3;
    private static final int PERIODS = 5;
    /** A mean residual along an input that doesn't matter in practice. */
    private static final double SMALL = 0.02;

    private final ScoredRows reference;
    private final double[][] columns;
    private final EstimateConfig config;
    private final Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    private final Set<Doubt> weightedDoubts = EnumSet.noneOf(Doubt.class);

    /** @param columns of the inputs, row by row; {@code null} where they aren't known */
    ReferenceCheck(ScoredRows reference, double[][] columns, EstimateConfig config) {
        this.reference = reference;
        this.columns = columns;
        this.config = config;
        checkRandomPart();
        if (periodsDisagree(false)) {
            doubts.add(Doubt.PERIODS_DISAGREE);
        }
        if (columns != null && periodsDisagree(true)) {
            weightedDoubts.add(Doubt.PERIODS_DISAGREE);
        }
    }

    /** Of CBPE. */
    Set<Doubt> doubts() {
        return doubts;
    }

    /** Of estimates with weights. */
    Set<Doubt> weightedDoubts() {
        return weightedDoubts;
    }

    /** A third at random, estimated from the others. */
    private void checkRandomPart() {
        int[] folds = Calibrator.folds(reference.truth[0], FOLDS, config.seed());
        int[] held = chosen(i -> folds[i] == 0);
        ScoredRows test = reference.at(held);
        ScoredRows train = reference.at(chosen(i -> folds[i] != 0));
        Calibration trained = Calibration.of(train, train.weights, config.seed());
        if (ResidualTest.byScore(test, trained, config.alpha(), config, 2).pValue() <= config.alpha()) {
            doubts.add(Doubt.REFERENCE_NOT_CALIBRATED);
            weightedDoubts.add(Doubt.REFERENCE_NOT_CALIBRATED);
        }
        if (columns != null) {
            ResidualTest.Result result = ResidualTest.byInputs(test, columns(held), trained, config.alpha(), config, 3);
            if (result.pValue() <= config.alpha() && result.effect() >= SMALL) {
                doubts.add(Doubt.DEPENDS_ON_INPUTS);
            }
        }
    }

    /** Each of five consecutive parts, estimated from the others; the level is shared (Bonferroni). */
    private boolean periodsDisagree(boolean weighted) {
        double level = config.alpha() / PERIODS;
        for (int period = 0; period < PERIODS; period++) {
            int here = period;
            int[] held = chosen(i -> period(i) == here);
            int[] others = chosen(i -> period(i) != here);
            ScoredRows test = reference.at(held);
            ScoredRows train = reference.at(others);
            Calibration trained = weighted
                    ? Calibration.of(
                            train, InputWeights.of(columns(others), columns(held), config.seed()), config.seed())
                    : Calibration.of(train, train.weights, config.seed());
            if (ResidualTest.byScore(test, trained, level, config, 10 + period).pValue() <= level) {
                return true;
            }
        }
        return false;
    }

    private int period(int row) {
        return (int) ((long) row * PERIODS / reference.size());
    }

    private int[] chosen(IntPredicate rows) {
        return IntStream.range(0, reference.size()).filter(rows).toArray();
    }

    private double[][] columns(int[] rows) {
        return Arrays.stream(rows).mapToObj(i -> columns[i]).toArray(double[][]::new);
    }
}

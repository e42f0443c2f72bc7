package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.feedback.outcome.Loss;
import java.util.Objects;

/**
 * When a version does harm: when its mean loss has risen above the baseline by more than a margin. Immutable.
 *
 * @param loss what is watched
 * @param baseline the loss when all was well
 * @param margin by how much it may rise, above 0 and below 1
 * @param alpha the chance to find harm ever where there is none, for each version; above 0 and below 1
 * @param estimateLevel the chance with which the lower bound of a window's estimated loss may be wrong, whatever was before; above 0 and below
 *     1; NaN if estimates give no verdict
 * @param onHarm what is recommended then
 */
public record HarmRule(
        Loss loss, Baseline baseline, double margin, double alpha, double estimateLevel, HarmAction onHarm) {

    /** An error rate 0.05 above that of the first 1,000 labels, alpha 0.01, without estimates, reported only. */
    public static final HarmRule DEFAULT =
            new HarmRule(Loss.ERROR, Baseline.first(1000), 0.05, 0.01, Double.NaN, HarmAction.NONE);

    /** @throws IllegalArgumentException if a number is out of its range, or baseline and margin reach 1 together */
    public HarmRule {
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(onHarm, "onHarm");
        inside("margin", margin);
        inside("alpha", alpha);
        if (!Double.isNaN(estimateLevel)) {
            inside("estimateLevel", estimateLevel);
        }
        if (baseline.loss() + margin >= 1) {
            throw new IllegalArgumentException("baseline and margin must be below 1 together");
        }
    }

    static void inside(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and below 1, was " + value);
        }
    }

    /** Whether estimates may give the verdict. */
    boolean estimates() {
        return !Double.isNaN(estimateLevel);
    }

    /** The part of alpha for a baseline that is itself uncertain: a half. */
    double baselineAlpha() {
        return baseline.uncertain() ? alpha / 2 : 0;
    }

    /** The part of alpha for the test of labels, and for that of estimates: what is left, shared. */
    double testAlpha() {
        return (alpha - baselineAlpha()) / (estimates() ? 2 : 1);
    }

    /** This, for another loss. */
    public HarmRule withLoss(Loss watched) {
        return new HarmRule(watched, baseline, margin, alpha, estimateLevel, onHarm);
    }

    /** This, against another baseline. */
    public HarmRule withBaseline(Baseline well) {
        return new HarmRule(loss, well, margin, alpha, estimateLevel, onHarm);
    }

    /** This, with another margin. */
    public HarmRule withMargin(double most) {
        return new HarmRule(loss, baseline, most, alpha, estimateLevel, onHarm);
    }

    /** This, with another chance of false harm. */
    public HarmRule withAlpha(double chance) {
        return new HarmRule(loss, baseline, margin, chance, estimateLevel, onHarm);
    }

    /** This, with estimates whose lower bounds may be wrong with such a chance; NaN for none. */
    public HarmRule withEstimates(double level) {
        return new HarmRule(loss, baseline, margin, alpha, level, onHarm);
    }

    /** This, with another recommendation. */
    public HarmRule withOnHarm(HarmAction action) {
        return new HarmRule(loss, baseline, margin, alpha, estimateLevel, action);
    }
}

package io.github.camelaiflow.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The area under the ROC curve of probabilities: the chance that a positive has a higher one than a negative, ties by half (J. A. Hanley and B. J.
 * McNeil, Radiology 143, 1982), with a standard error after E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, "Comparing the areas under
 * two or more correlated receiver operating characteristic curves", Biometrics 44, 1988. Values count by a weight, the inverse of the chance
 * with which they were seen.
 *
 * <p>Probabilities are counted in 256 classes, equal in the logit from -14 to 14; those in one class are ties, which changes the area by at
 * most {@link #ties}. 4 to 8 KiB. Not thread-safe.
 */
public final class RankingQuality {

    private static final int CLASSES = 256;
    private static final double SPAN = 14;

    private final double[] positives = new double[CLASSES];
    private final double[] negatives = new double[CLASSES];
    private long positiveCount;
    private long negativeCount;
    private double positiveSquares;
    private double negativeSquares;

    /**
     * Takes a value.
     *
     * @param probability from 0 to 1
     * @param weight above 0
     * @throws IllegalArgumentException if one is out of range
     */
    public void add(double probability, boolean positive, double weight) {
        if (!(probability >= 0 && probability <= 1) || !(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("a probability must be from 0 to 1, a weight above 0");
        }
        int at = classOf(probability);
        if (positive) {
            positives[at] += weight;
            positiveSquares += weight * weight;
            positiveCount++;
        } else {
            negatives[at] += weight;
            negativeSquares += weight * weight;
            negativeCount++;
        }
    }

    private static int classOf(double probability) {
        double logit = Math.log(probability / (1 - probability));
        double place = (logit + SPAN) / (2 * SPAN) * (CLASSES - 2);
        return (int) Math.max(0, Math.min(CLASSES - 1, Math.floor(place) + 1));
    }

    /** How many values came. */
    public long count() {
        return positiveCount + negativeCount;
    }

    /** The area; NaN without a positive or a negative. */
    public double area() {
        double[] below = placements(negatives, false);
        double area = 0;
        for (int i = 0; i < CLASSES; i++) {
            area += positives[i] * below[i];
        }
        return area / sum(positives);
    }

    /** How far at most the area is from that of the probabilities themselves: half the chance of a tie in a class; NaN as the area. */
    public double ties() {
        double ties = 0;
        for (int i = 0; i < CLASSES; i++) {
            ties += positives[i] * negatives[i];
        }
        return ties / sum(positives) / sum(negatives) / 2;
    }

    /**
     * DeLong's standard error, for weights as for a ratio of sums; NaN with fewer than two positives or negatives. It is right for large
     * numbers only.
     */
    public double standardError() {
        if (positiveCount < 2 || negativeCount < 2) {
            return Double.NaN;
        }
        double area = area();
        return Math.sqrt(part(positives, positiveSquares, placements(negatives, false), area, positiveCount)
                + part(negatives, negativeSquares, placements(positives, true), area, negativeCount));
    }

    private static double part(double[] counts, double squares, double[] placements, double area, long n) {
        double total = sum(counts);
        double variance = 0;
        for (int i = 0; i < CLASSES; i++) {
            double distance = placements[i] - area;
            variance += counts[i] * distance * distance;
        }
        return variance / total * squares / (total * total) * n / (n - 1);
    }

    /**
     * Half the width of an interval that holds the area with about such a confidence if all values are independent and many, ties' error
     * included; NaN as the standard error.
     */
    public double margin(double confidence) {
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + confidence) / 2);
        return z * standardError() + ties();
    }

    /** For each class the share of the others that is below (or above) it. */
    private static double[] placements(double[] others, boolean above) {
        double[] shares = new double[CLASSES];
        double total = sum(others);
        double seen = 0;
        for (int k = 0; k < CLASSES; k++) {
            int i = above ? CLASSES - 1 - k : k;
            shares[i] = (seen + others[i] / 2) / total;
            seen += others[i];
        }
        return shares;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}

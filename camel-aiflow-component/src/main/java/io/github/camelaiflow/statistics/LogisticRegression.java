package io.github.camelaiflow.statistics;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Logistic regression with an intercept and a ridge penalty on all other coefficients, by Newton's steps (iteratively reweighted
 * least squares), halved where one would go too far: C. M. Bishop, "Pattern Recognition and Machine Learning", 2006, 4.3.3; S. le
 * Cessie and J. C. van Houwelingen, "Ridge estimators in logistic regression", Applied Statistics 41(1), 1992. With a
 * penalty above 0 there always is one finite solution, whatever the data. Immutable, thread-safe.
 */
public final class LogisticRegression {

    private static final int MOST_STEPS = 60;
    private static final int MOST_HALVINGS = 30;
    private static final double CLOSE_ENOUGH = 1e-10;

    private final double[] coefficients;
    private final double[][] factor;

    private LogisticRegression(double[] coefficients, double[][] factor) {
        this.coefficients = coefficients;
        this.factor = factor;
    }

    /**
     * The fit to the rows.
     *
     * @param rows one array of finite numbers a row, all of one length, which may be 0
     * @param truth whether the row is positive, one a row
     * @param ridge half the penalty on a squared coefficient is this; above 0
     * @throws IllegalArgumentException if there is no row, rows and truths differ in number, or ridge is not above 0
     */
    public static LogisticRegression fit(double[][] rows, boolean[] truth, double ridge) {
        if (rows.length == 0 || rows.length != truth.length) {
            throw new IllegalArgumentException(
                    "a logistic regression needs as many truths as rows and at least one, were " + truth.length
                            + " and " + rows.length);
        }
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge must be above 0, was " + ridge);
        }
        double[] coefficients = new double[rows[0].length + 1];
        double objective = objective(rows, truth, coefficients, ridge);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[coefficients.length];
            double[][] factor = Cholesky.factor(curvature(rows, truth, coefficients, ridge, gradient));
            double[] direction = Cholesky.solve(factor, gradient);
            double length = 1;
            double[] next = moved(coefficients, direction, length);
            double reached = objective(rows, truth, next, ridge);
            for (int i = 0; i < MOST_HALVINGS && !(reached <= objective); i++) {
                length /= 2;
                next = moved(coefficients, direction, length);
                reached = objective(rows, truth, next, ridge);
            }
            if (!(reached <= objective)) {
                break;
            }
            double gain = objective - reached;
            coefficients = next;
            objective = reached;
            // The step is taken all the same: so near, it doubles the digits that are right.
            if (gain <= CLOSE_ENOUGH * (1 + objective)) {
                break;
            }
        }
        double[][] factor =
                Cholesky.factor(curvature(rows, truth, coefficients, ridge, new double[coefficients.length]));
        return new LogisticRegression(coefficients, factor);
    }

    /** The logarithm of the odds that the row is positive. */
    public double logOdds(double[] row) {
        return logOdds(coefficients, row);
    }

    /** The intercept, then one coefficient a column. */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * A regression whose coefficients are drawn from the normal distribution around this one's with the inverse of the curvature
     * as covariance: how much it could be another one by chance (Laplace's approximation, Bishop 4.4).
     */
    public LogisticRegression drawn(UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] drawn = new double[coefficients.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = normal.sample();
        }
        Cholesky.solveUpper(factor, drawn);
        return new LogisticRegression(moved(coefficients, drawn, 1), factor);
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += length * direction[i];
        }
        return to;
    }

    private static double logOdds(double[] coefficients, double[] row) {
        double sum = coefficients[0];
        for (int i = 0; i < row.length; i++) {
            sum += coefficients[i + 1] * row[i];
        }
        return sum;
    }

    private static double objective(double[][] rows, boolean[] truth, double[] coefficients, double ridge) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double odds = logOdds(coefficients, rows[i]);
            double against = truth[i] ? -odds : odds;
            sum += against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against));
        }
        for (int i = 1; i < coefficients.length; i++) {
            sum += ridge / 2 * coefficients[i] * coefficients[i];
        }
        return sum;
    }

    /** The lower half of the curvature; the way down is added to {@code gradient}. */
    private static double[][] curvature(
            double[][] rows, boolean[] truth, double[] coefficients, double ridge, double[] gradient) {
        int n = coefficients.length;
        double[][] curvature = new double[n][n];
        double[] row = new double[n];
        row[0] = 1;
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, row, 1, n - 1);
            double p = 1 / (1 + Math.exp(-logOdds(coefficients, rows[i])));
            double residual = (truth[i] ? 1 : 0) - p;
            // A floor keeps the curvature positive where all probabilities are 0 or 1.
            double weight = Math.max(p * (1 - p), 1e-12);
            for (int j = 0; j < n; j++) {
                gradient[j] += residual * row[j];
                double scaled = weight * row[j];
                if (scaled != 0) {
                    double[] line = curvature[j];
                    for (int k = 0; k <= j; k++) {
                        line[k] += scaled * row[k];
                    }
                }
            }
        }
        for (int j = 1; j < n; j++) {
            gradient[j] -= ridge * coefficients[j];
            curvature[j][j] += ridge;
        }
        return curvature;
    }
}

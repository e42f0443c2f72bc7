package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.statistics.Cholesky;
import io.github.camelaiflow.statistics.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What share of a change of the mean loss the mix of each field's values explains: the loss is regressed on the bins of all fields in the
 * baseline, and each field explains its change of shares times its bins' coefficients (E. M. Kitagawa, "Components of a difference between
 * two rates", JASA 50, 1955; R. Oaxaca and A. S. Blinder, 1973, with the baseline's coefficients). What is left is a change within bins: of
 * the relation itself, or of what isn't watched. With one field it is Kitagawa's composition effect. A bin the baseline has never seen
 * counts as of mean loss.
 *
 * <p>Memory: bounded by the bins of all fields, squared; 8 MB at most. A loss takes a time of the number of fields squared: not for a route's
 * thread. Not thread-safe.
 */
public final class Attribution {

    private final FieldBins bins;
    private final int fields;
    private final int columns;
    /** How many baseline rows have both bins; lower half. */
    private final double[][] together;

    private final Side baseline;
    private Side window;
    private long unusable;

    /** Bins with their counts and losses. */
    private static final class Side {

        final double[] counts;
        final double[] losses;
        final Moments all = new Moments();

        Side(int columns) {
            counts = new double[columns];
            losses = new double[columns];
        }

        void add(int[] at, double loss) {
            all.add(loss);
            for (int column : at) {
                counts[column]++;
                losses[column] += loss;
            }
        }
    }

    /** An empty one. */
    public Attribution(FieldBins bins) {
        this.bins = bins;
        fields = bins.fields().size();
        columns = fields * FieldBins.CHARACTERS;
        together = new double[columns][];
        for (int i = 0; i < columns; i++) {
            together[i] = new double[i + 1];
        }
        baseline = new Side(columns);
        window = new Side(columns);
    }

    private Attribution(Attribution other) {
        bins = other.bins;
        fields = other.fields;
        columns = other.columns;
        together = other.together;
        baseline = other.baseline;
        window = new Side(columns);
    }

    /** Another one, with an empty window and this one's baseline, which is shared: what either takes for it both have. */
    public Attribution sharingBaseline() {
        return new Attribution(this);
    }

    /**
     * Takes a row of the baseline.
     *
     * @param binned as {@link FieldBins#bins} gives it; one of another kind, or {@code null}, is counted as unusable
     * @param loss any number, lower is better; NaN or infinite is counted as unusable
     */
    public void baseline(String binned, double loss) {
        int[] at = columns(binned, loss);
        if (at != null) {
            baseline.add(at, loss);
            for (int i = 0; i < at.length; i++) {
                for (int j = 0; j <= i; j++) {
                    together[at[i]][at[j]]++;
                }
            }
        }
    }

    /** Takes a joined prediction of the baseline with its loss. */
    public void baseline(Outcome outcome, ToDoubleFunction<Outcome> loss) {
        baseline(outcome.predicted().bins(), loss.applyAsDouble(outcome));
    }

    /** Takes a row of the window; see {@link #baseline(String, double)}. */
    public void window(String binned, double loss) {
        int[] at = columns(binned, loss);
        if (at != null) {
            window.add(at, loss);
        }
    }

    /** Takes a joined prediction of the window with its loss. */
    public void window(Outcome outcome, ToDoubleFunction<Outcome> loss) {
        window(outcome.predicted().bins(), loss.applyAsDouble(outcome));
    }

    /** Begins a new window; the baseline stays. */
    public void newWindow() {
        window = new Side(columns);
        unusable = 0;
    }

    private int[] columns(String binned, double loss) {
        if (binned == null || binned.length() != fields || !Double.isFinite(loss)) {
            unusable++;
            return null;
        }
        int[] at = new int[fields];
        for (int f = 0; f < fields; f++) {
            int index = FieldBins.index(binned.charAt(f));
            if (index < 0) {
                unusable++;
                return null;
            }
            at[f] = f * FieldBins.CHARACTERS + index;
        }
        return at;
    }

    /** The change and where it comes from; empty if there are fewer than two rows on a side. */
    public Optional<AttributedChange> change() {
        double n = baseline.all.count();
        double m = window.all.count();
        if (n < 2 || m < 2) {
            return Optional.empty();
        }
        int[] seen = seen();
        double[] rightSide = new double[seen.length];
        double[] moved = new double[seen.length];
        for (int i = 0; i < seen.length; i++) {
            rightSide[i] = baseline.losses[seen[i]] - baseline.counts[seen[i]] * baseline.all.mean();
            moved[i] = window.counts[seen[i]] / m - baseline.counts[seen[i]] / n;
        }
        double[][] factor = Cholesky.factor(crossed(seen));
        double[] coefficients = Cholesky.solve(factor, rightSide);
        double noise = baseline.all.variance(1);
        double change = window.all.mean() - baseline.all.mean();
        double error = Math.sqrt(window.all.variance(1) / m + noise / n);
        List<FieldEffect> effects = new ArrayList<>();
        double left = change;
        for (int f = 0; f < fields; f++) {
            double[] ofField = only(moved, seen, f);
            double explained = product(ofField, coefficients);
            double variance = spread(window, m, seen, coefficients, f) / m
                    + spread(baseline, n, seen, coefficients, f) / n
                    + noise * product(ofField, Cholesky.solve(factor, ofField));
            double share = Math.abs(change) > 2 * error ? explained / change : Double.NaN;
            effects.add(new FieldEffect(bins.fields().get(f), explained, Math.sqrt(variance), share, alone(f)));
            left -= explained;
        }
        effects.sort(Comparator.comparingDouble(effect -> -Math.abs(effect.explained())));
        double leftError = Math.sqrt(error * error + noise * product(moved, Cholesky.solve(factor, moved)));
        return Optional.of(new AttributedChange(
                baseline.all.mean(),
                window.all.mean(),
                error,
                effects,
                left,
                leftError,
                baseline.all.count(),
                window.all.count(),
                unusable));
    }

    /** Kitagawa's composition effect of one field. */
    private double alone(int field) {
        double sum = 0;
        for (int i = field * FieldBins.CHARACTERS; i < (field + 1) * FieldBins.CHARACTERS; i++) {
            if (baseline.counts[i] > 0) {
                double share = window.counts[i] / window.all.count() - baseline.counts[i] / baseline.all.count();
                sum += share * (baseline.losses[i] / baseline.counts[i] - baseline.all.mean());
            }
        }
        return sum;
    }

    /** Columns that some baseline row has. */
    private int[] seen() {
        int[] seen = new int[columns];
        int count = 0;
        for (int i = 0; i < columns; i++) {
            if (baseline.counts[i] > 0) {
                seen[count++] = i;
            }
        }
        return Arrays.copyOf(seen, count);
    }

    /** The normal equations' matrix, with one row's worth of ridge: the bins of each field together are always all rows. */
    private double[][] crossed(int[] seen) {
        double[][] crossed = new double[seen.length][seen.length];
        for (int i = 0; i < seen.length; i++) {
            for (int j = 0; j <= i; j++) {
                crossed[i][j] = together[seen[i]][seen[j]] + (i == j ? 1 : 0);
            }
        }
        return crossed;
    }

    private static double[] only(double[] values, int[] seen, int field) {
        double[] only = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            only[i] = seen[i] / FieldBins.CHARACTERS == field ? values[i] : 0;
        }
        return only;
    }

    /** The variance of the coefficient that a row of the side has by this field. */
    private static double spread(Side side, double rows, int[] seen, double[] coefficients, int field) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < seen.length; i++) {
            if (seen[i] / FieldBins.CHARACTERS == field) {
                double share = side.counts[seen[i]] / rows;
                mean += share * coefficients[i];
                squares += share * coefficients[i] * coefficients[i];
            }
        }
        return Math.max(0, squares - mean * mean);
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

package io.github.camelaiflow.drift;

/**
 * Where a sequence of records in bins splits best into two parts that are each of one distribution: the maximum of the
 * multinomial likelihood over all places, the distributions unknown (D. V. Hinkley and E. A. Hinkley, "Inference about the
 * change-point in a sequence of binomial variables", Biometrika 57(3), 1970, for two bins). The reference belongs to the first
 * part. Records are given from the newest to the oldest. Not thread-safe.
 */
final class Split {

    private final double[] before;
    private final double[] after;
    private double sumBefore;
    private double sumAfter;
    private double logsBefore;
    private double logsAfter;
    private double best = Double.NEGATIVE_INFINITY;

    /**
     * @param reference by bin
     * @param records by bin, all that will be given
     */
    Split(double[] reference, long[] records) {
        before = new double[reference.length];
        after = new double[reference.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = reference[i] + records[i];
            sumBefore += before[i];
            logsBefore += xlogx(before[i]);
        }
    }

    /** Takes the next older record; whether all taken so far is the best second part till now. */
    boolean take(int bin) {
        move(bin, 1);
        return better();
    }

    /** Takes the next older pane, of which it is not known in which order its records came. */
    boolean take(int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            move(i, counts[i]);
        }
        return better();
    }

    private void move(int bin, int count) {
        if (count > 0) {
            logsBefore -= xlogx(before[bin]);
            logsAfter -= xlogx(after[bin]);
            before[bin] -= count;
            after[bin] += count;
            logsBefore += xlogx(before[bin]);
            logsAfter += xlogx(after[bin]);
            sumBefore -= count;
            sumAfter += count;
        }
    }

    private boolean better() {
        double likelihood = logsBefore - xlogx(sumBefore) + logsAfter - xlogx(sumAfter);
        if (likelihood <= best) {
            return false;
        }
        best = likelihood;
        return true;
    }

    private static double xlogx(double x) {
        return x > 0 ? x * Math.log(x) : 0;
    }
}

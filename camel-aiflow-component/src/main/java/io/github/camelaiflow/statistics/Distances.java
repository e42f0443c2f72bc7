package io.github.camelaiflow.statistics;

/** How far two samples are apart, as numbers a person can judge; no test. */
public final class Distances {

    private Distances() {}

    /**
     * The Wasserstein-1 distance between two samples in units of the first one's standard deviation: by how many of them
     * the average value would have to move. Where the first sample is constant, the deviation of both together is taken.
     *
     * @param reference sorted, finite; not empty
     * @param window sorted, finite; not empty
     * @return 0 for equal distributions; NaN where doubles cannot hold the answer
     */
    public static double standardizedWasserstein(double[] reference, double[] window) {
        double scale = Math.max(largest(reference), largest(window));
        if (scale == 0) {
            return 0;
        }
        double distance = wasserstein(reference, window, scale);
        if (distance == 0) {
            return 0;
        }
        double deviation = Math.sqrt(squares(reference, mean(reference, scale), scale) / reference.length);
        if (deviation == 0) {
            int all = reference.length + window.length;
            double mean = (mean(reference, scale) * reference.length + mean(window, scale) * window.length) / all;
            deviation = Math.sqrt((squares(reference, mean, scale) + squares(window, mean, scale)) / all);
        }
        double result = distance / deviation;
        return Double.isInfinite(result) ? Double.NaN : result;
    }

    /**
     * The total variation distance between the relative frequencies of two tables.
     *
     * @return from 0 to 1; 0 if a table is empty
     */
    public static double totalVariation(int[] reference, int[] window) {
        long referenceTotal = sum(reference);
        long windowTotal = sum(window);
        if (referenceTotal == 0 || windowTotal == 0) {
            return 0;
        }
        double distance = 0;
        for (int i = 0; i < reference.length; i++) {
            distance += Math.abs((double) reference[i] / referenceTotal - (double) window[i] / windowTotal);
        }
        return distance / 2;
    }

    /** The area between the two distribution functions, of values divided by the scale so that no sum overflows. */
    private static double wasserstein(double[] reference, double[] window, double scale) {
        double area = 0;
        int i = 0;
        int j = 0;
        double at = Math.min(reference[0], window[0]) / scale;
        while (i < reference.length || j < window.length) {
            double gap = Math.abs((double) i / reference.length - (double) j / window.length);
            boolean fromReference = j == window.length || (i < reference.length && reference[i] <= window[j]);
            double next = (fromReference ? reference[i++] : window[j++]) / scale;
            area += gap * (next - at);
            at = next;
        }
        return area;
    }

    private static double largest(double[] sorted) {
        return Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
    }

    private static double mean(double[] values, double scale) {
        double sum = 0;
        for (double value : values) {
            sum += value / scale;
        }
        return sum / values.length;
    }

    private static double squares(double[] values, double mean, double scale) {
        double sum = 0;
        for (double value : values) {
            double distance = value / scale - mean;
            sum += distance * distance;
        }
        return sum;
    }

    private static long sum(int[] counts) {
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}

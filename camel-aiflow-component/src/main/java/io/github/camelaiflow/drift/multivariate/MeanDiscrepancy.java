package io.github.camelaiflow.drift.multivariate;

import io.github.camelaiflow.statistics.PermutationTest;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Maximum mean discrepancy with a Gaussian kernel, unbiased, by permutation: A. Gretton et al., "A kernel two-sample test", JMLR 13,
 * 2012. The kernel's width is the median distance of the pooled points. The effect is the discrepancy itself, MMD², which is 0
 * on average without drift.
 */
final class MeanDiscrepancy implements MultivariateTest.Method {

    @Override
    public MultivariateResult test(Points points, double level, UniformRandomProvider random) {
        Kernel kernel = new Kernel(points);
        int[] order = new int[points.all().length];
        Arrays.setAll(order, i -> i);
        double observed = kernel.discrepancy(order, points.reference());
        PermutationTest test = PermutationTest.of(observed, level, () -> {
            shuffleStart(order, points.window(), random);
            return kernel.discrepancyOfFirst(order, points.window());
        });
        return new MultivariateResult(observed, test.criticalValue(level), test.pValue(), observed);
    }

    /** Enough of a Fisher–Yates shuffle for the first ones to be a random subset. */
    private static void shuffleStart(int[] order, int size, UniformRandomProvider random) {
        for (int i = 0; i < size; i++) {
            int j = i + random.nextInt(order.length - i);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    /** The kernel of every pair. */
    private static final class Kernel {

        private final float[][] values;
        private final double[] sums;
        private final double total;

        Kernel(Points points) {
            double[][] all = points.all();
            values = new float[all.length][all.length];
            double width = median(all);
            sums = new double[all.length];
            for (int i = 0; i < all.length; i++) {
                for (int j = 0; j < i; j++) {
                    float value = (float) Math.exp(-squaredDistance(all[i], all[j]) / (2 * width));
                    values[i][j] = value;
                    values[j][i] = value;
                    sums[i] += value;
                    sums[j] += value;
                }
            }
            total = Arrays.stream(sums).sum();
        }

        /** Median of the squared distances between different points; 1 if all points are the same. */
        private static double median(double[][] all) {
            double[] distances = new double[all.length * (all.length - 1) / 2];
            int count = 0;
            for (int i = 0; i < all.length; i++) {
                for (int j = 0; j < i; j++) {
                    double distance = squaredDistance(all[i], all[j]);
                    if (distance > 0) {
                        distances[count++] = distance;
                    }
                }
            }
            Arrays.sort(distances, 0, count);
            return count == 0 ? 1 : distances[count / 2];
        }

        private static double squaredDistance(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += (a[i] - b[i]) * (a[i] - b[i]);
            }
            return sum;
        }

        /** Of the points from there on against those before. */
        double discrepancy(int[] order, int from) {
            int[] turned = new int[order.length];
            System.arraycopy(order, from, turned, 0, order.length - from);
            System.arraycopy(order, 0, turned, order.length - from, from);
            return discrepancyOfFirst(turned, order.length - from);
        }

        /** Of the first points against the others. */
        double discrepancyOfFirst(int[] order, int m) {
            int n = order.length - m;
            double within = 0;
            double touching = 0;
            for (int i = 0; i < m; i++) {
                float[] row = values[order[i]];
                touching += sums[order[i]];
                for (int j = 0; j < i; j++) {
                    within += row[order[j]];
                }
            }
            double first = 2 * within;
            double between = touching - first;
            double others = total - first - 2 * between;
            return first / ((double) m * (m - 1)) + others / ((double) n * (n - 1)) - 2 * between / ((double) m * n);
        }
    }
}

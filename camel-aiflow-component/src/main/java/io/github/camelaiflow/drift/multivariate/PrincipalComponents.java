package io.github.camelaiflow.drift.multivariate;

import io.github.camelaiflow.statistics.KolmogorovSmirnov;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.tribuo.math.la.DenseMatrix;

/**
 * Whether rows are reconstructed from the reference's principal components as well as the reference's own: the components that hold
 * 65 % of the variance are found in one half of the reference, and the errors of reconstruction of the other half and of the window
 * are compared by Kolmogorov–Smirnov, which is exact since neither had a part in finding the components. (The share is NannyML's;
 * its threshold of three standard deviations has no such promise.) Finds that columns which went together no longer do; weak
 * where independent ones begin to. The effect is the difference of the mean errors in standard
 * deviations of the reference's.
 */
final class PrincipalComponents implements MultivariateTest.Method {

    private static final double KEPT = 0.65;
    private static final double NONE = 1e-9;

    @Override
    public MultivariateResult test(Points points, double level, UniformRandomProvider random) {
        int[] reference = PermutationSampler.natural(points.reference());
        PermutationSampler.shuffle(random, reference);
        int half = reference.length / 2;
        Components components = new Components(points.all(), Arrays.copyOf(reference, half), points.width());
        double[] expected = Arrays.stream(reference, half, reference.length)
                .mapToDouble(i -> components.error(points.all()[i]))
                .sorted()
                .toArray();
        double[] seen = Arrays.stream(points.all(), points.reference(), points.all().length)
                .mapToDouble(components::error)
                .sorted()
                .toArray();
        KolmogorovSmirnov test = new KolmogorovSmirnov();
        KolmogorovSmirnov.Result result = test.test(expected, seen);
        double threshold = test.criticalValue(expected.length, seen.length, level, result.statistic());
        return new MultivariateResult(result.statistic(), threshold, result.pValue(), effect(expected, seen));
    }

    private static double effect(double[] expected, double[] seen) {
        double mean = Arrays.stream(expected).average().orElseThrow();
        double squares =
                Arrays.stream(expected).map(x -> (x - mean) * (x - mean)).sum();
        double deviation = Math.sqrt(squares / expected.length);
        double difference = Arrays.stream(seen).average().orElseThrow() - mean;
        return deviation < NONE ? difference : difference / deviation;
    }

    /** Standardised principal components. */
    private static final class Components {

        private final double[] means;
        private final double[] deviations;
        private final double[][] vectors;

        Components(double[][] all, int[] rows, int width) {
            means = new double[width];
            deviations = new double[width];
            for (int j = 0; j < width; j++) {
                for (int row : rows) {
                    means[j] += all[row][j] / rows.length;
                }
                for (int row : rows) {
                    deviations[j] += (all[row][j] - means[j]) * (all[row][j] - means[j]) / rows.length;
                }
                deviations[j] = Math.sqrt(deviations[j]);
            }
            double[][] covariance = new double[width][width];
            for (int row : rows) {
                double[] x = standardised(all[row]);
                for (int i = 0; i < width; i++) {
                    for (int j = 0; j < width; j++) {
                        covariance[i][j] += x[i] * x[j] / rows.length;
                    }
                }
            }
            vectors = vectors(covariance);
        }

        private double[] standardised(double[] point) {
            double[] x = new double[point.length];
            for (int j = 0; j < x.length; j++) {
                x[j] = (point[j] - means[j]) / (deviations[j] < NONE ? 1 : deviations[j]);
            }
            return x;
        }

        /** By falling eigenvalue, as many as hold the share of the variance; none if they cannot be found. */
        private static double[][] vectors(double[][] covariance) {
            DenseMatrix.EigenDecomposition found = DenseMatrix.createDenseMatrix(covariance)
                    .eigenDecomposition()
                    .orElse(null);
            if (found == null) {
                return new double[0][];
            }
            double[] values = found.eigenvalues().toArray();
            double all = Arrays.stream(values).map(value -> Math.max(0, value)).sum();
            double[][] kept = new double[values.length][];
            int count = 0;
            double held = 0;
            while (count < values.length && held < KEPT * all) {
                int largest = largest(values);
                held += values[largest];
                values[largest] = Double.NEGATIVE_INFINITY;
                kept[count++] = found.getEigenVector(largest).toArray();
            }
            return Arrays.copyOf(kept, count);
        }

        private static int largest(double[] values) {
            int largest = 0;
            for (int i = 1; i < values.length; i++) {
                largest = values[i] > values[largest] ? i : largest;
            }
            return largest;
        }

        /** The distance between a point and its reconstruction. */
        double error(double[] point) {
            double[] rest = standardised(point);
            for (double[] vector : vectors) {
                double length = 0;
                for (int i = 0; i < vector.length; i++) {
                    length += rest[i] * vector[i];
                }
                for (int i = 0; i < vector.length; i++) {
                    rest[i] -= length * vector[i];
                }
            }
            return Math.sqrt(Arrays.stream(rest).map(x -> x * x).sum());
        }
    }
}

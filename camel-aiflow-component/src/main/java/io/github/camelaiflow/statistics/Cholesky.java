package io.github.camelaiflow.statistics;

/**
 * A symmetric positive definite matrix as the product of a lower triangle and its mirror image: G. H. Golub and C. F. Van Loan,
 * "Matrix Computations", 4.2.
 */
public final class Cholesky {

    private Cholesky() {}

    /** The lower triangle; only the lower half of the matrix, row by row, is read, and it is overwritten. */
    public static double[][] factor(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                // Rounding can leave nothing, or less, on the diagonal of a nearly singular matrix.
                matrix[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j][j];
            }
        }
        return matrix;
    }

    /** The solution of factor · factorᵀ · x = right; {@code right} stays as it is. */
    public static double[] solve(double[][] factor, double[] right) {
        double[] x = right.clone();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        solveUpper(factor, x);
        return x;
    }

    /** Overwrites x by the solution of factorᵀ · solution = x. */
    static void solveUpper(double[][] factor, double[] x) {
        for (int i = x.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < x.length; k++) {
                x[i] -= factor[k][i] * x[k];
            }
            x[i] /= factor[i][i];
        }
    }
}

package io.github.camelaiflow.drift.multivariate;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/** A test whether the rows of a window come from the distribution of the reference's, all columns together. Stateless, thread-safe. */
public enum MultivariateTest {
    /** Maximum mean discrepancy, see {@link MeanDiscrepancy}. */
    MMD("mmd", new MeanDiscrepancy()),
    /** Error of the reconstruction from principal components, see {@link PrincipalComponents}. */
    PCA("pca", new PrincipalComponents()),
    /** A classifier that tells window from reference, see {@link DomainClassifier}. */
    DOMAIN_CLASSIFIER("domain-classifier", new DomainClassifier());

    /** With fewer rows on a side nothing can be found at the levels of windows. */
    public static final int FEWEST_ROWS = 20;

    /** How many rows of a side a test looks at, at most. */
    public static final int MOST_ROWS = 500;

    private final String word;
    private final Method method;

    MultivariateTest(String word, Method method) {
        this.word = word;
        this.method = method;
    }

    /** The test as it is done. */
    interface Method {

        MultivariateResult test(Points points, double level, UniformRandomProvider random);
    }

    /** As definitions and reports write it. */
    public String word() {
        return word;
    }

    /** The test of that word; empty if there is none. */
    public static Optional<MultivariateTest> of(String word) {
        return Arrays.stream(values()).filter(test -> test.word.equals(word)).findFirst();
    }

    /**
     * Tests.
     *
     * @param points at least {@link #FEWEST_ROWS} a side; what is above {@link #MOST_ROWS} makes it slow, by the square
     * @param level the lowest level the result will be held against
     * @param random used by this call alone
     * @throws IllegalArgumentException if there are too few rows
     */
    public MultivariateResult test(Points points, double level, UniformRandomProvider random) {
        if (points.reference() < FEWEST_ROWS || points.window() < FEWEST_ROWS) {
            throw new IllegalArgumentException("a test of rows needs at least " + FEWEST_ROWS + " on each side, had "
                    + points.reference() + " and " + points.window());
        }
        return method.test(points, level, random);
    }
}

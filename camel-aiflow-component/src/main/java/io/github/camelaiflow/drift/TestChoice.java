package io.github.camelaiflow.drift;

/**
 * How a field's values are tested.
 *
 * @param test what is compared
 * @param minimumEffect how large the effect must be besides, so that a difference which is certain but of no importance is no drift:
 *     for numbers standard deviations of the reference, for categories total variation; 0 for any. See {@link TestResult#effectSize}
 */
public record TestChoice(DistanceTest test, double minimumEffect) {

    /** @throws IllegalArgumentException if the least effect is not a finite number of at least 0 */
    public TestChoice {
        if (!(minimumEffect >= 0) || Double.isInfinite(minimumEffect)) {
            throw new IllegalArgumentException("minimumEffect must be a number of at least 0, was " + minimumEffect);
        }
    }

    /** This test for an effect of any size. */
    public TestChoice(DistanceTest test) {
        this(test, 0);
    }
}

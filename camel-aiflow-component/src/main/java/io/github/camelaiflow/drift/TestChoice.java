package io.github.camelaiflow.drift;

/**
 * How a field's values are tested.
 *
 * @param test what is compared
 * @param minimumEffect how large the effect must be besides, so that a difference which is certain but of no importance is no drift:
 *     for numbers standard deviations of the reference, for categories total variation; 0 for any. See {@link TestResult#effectSize}.
 *     NaN for a single field: as for all fields of its kind
 */
public record TestChoice(DistanceTest test, double minimumEffect) {

    /** @throws IllegalArgumentException if the least effect is neither a finite number of at least 0 nor NaN */
    public TestChoice {
        if (minimumEffect < 0 || Double.isInfinite(minimumEffect)) {
            throw new IllegalArgumentException("minimumEffect must be a number of at least 0, was " + minimumEffect);
        }
    }

    /** This test for an effect of any size. */
    public TestChoice(DistanceTest test) {
        this(test, 0);
    }

    /** This, with the effect that is asked of all fields of its kind unless it has one of its own. */
    TestChoice orEffectOf(TestChoice kind) {
        return Double.isNaN(minimumEffect) ? new TestChoice(test, kind.minimumEffect) : this;
    }
}

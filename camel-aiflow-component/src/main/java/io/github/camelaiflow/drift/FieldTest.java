package io.github.camelaiflow.drift;

import org.apache.commons.rng.UniformRandomProvider;

/** One test of one field: a reference against a window, ready to be run. */
interface FieldTest {

    /** As reports name it. */
    String name();

    /** How large the effect must be besides for the field to have drifted. */
    double minimumEffect();

    /**
     * Whether it could find drift, however the pooled records were divided between reference and window. A test that could not takes no
     * share of the budget. The answer must depend on the pooled records alone: then the p-values of the others stay valid.
     */
    boolean informative();

    /** Whether there are values enough on both sides to find drift at that level. */
    boolean canReject(double level);

    /**
     * Runs it.
     *
     * @param level the lowest level the outcome will be held against
     * @param random used by this call alone
     */
    Outcome run(double level, UniformRandomProvider random);

    /** What a test found; its threshold at a level is computed when that level is known. */
    interface Outcome {

        double statistic();

        double pValue();

        double threshold(double level);

        double effectSize();
    }
}

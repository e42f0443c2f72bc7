package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.statistics.SeededRandom;
import org.apache.commons.rng.UniformRandomProvider;

/** Which rows are explored for what could be expected; the others are only measured, so that a measurement is not biased. */
final class Split {

    private static final int EXPLORED_ONE_IN = 4;

    private Split() {}

    /** A quarter of the rows, chosen uniformly. */
    static boolean[] explored(int rows, long seed) {
        boolean[] explored = new boolean[rows];
        UniformRandomProvider random = SeededRandom.stream(seed, 2);
        int wanted = rows / EXPLORED_ONE_IN;
        for (int i = 0; i < rows && wanted > 0; i++) {
            if (random.nextInt(rows - i) < wanted) {
                explored[i] = true;
                wanted--;
            }
        }
        return explored;
    }
}

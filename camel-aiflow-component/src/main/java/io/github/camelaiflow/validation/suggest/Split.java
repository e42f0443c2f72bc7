package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Which rows are explored for what could be expected; the others are only measured, so that a measurement is not biased.
 * Stretches of rows stay together: the lines of one order are all explored or all measured, mostly.
 */
final class Split {

    private static final int STRETCHES = 40;
    private static final int EXPLORED_ONE_IN = 4;

    private Split() {}

    /** About a quarter of the rows, in stretches chosen uniformly. */
    static boolean[] explored(int rows, long seed) {
        boolean[] explored = new boolean[rows];
        int length = Math.max(1, rows / STRETCHES);
        int stretches = rows / length;
        int wanted = stretches / EXPLORED_ONE_IN;
        UniformRandomProvider random = SeededRandom.stream(seed, 2);
        for (int i = 0; i < stretches && wanted > 0; i++) {
            if (random.nextInt(stretches - i) < wanted) {
                Arrays.fill(explored, i * length, (i + 1) * length, true);
                wanted--;
            }
        }
        return explored;
    }
}

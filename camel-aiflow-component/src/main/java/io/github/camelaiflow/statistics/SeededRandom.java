package io.github.camelaiflow.statistics;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Random streams that depend on nothing but their seed and the place they are used at. */
public final class SeededRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private SeededRandom() {}

    /**
     * A stream of its own for one place, XoRoShiRo128++ (Blackman and Vigna). The same seed and place give the same
     * numbers on every machine. The stream itself is not thread-safe.
     *
     * @param seed what the user chose
     * @param place numbers that tell this use from others, such as a window's number and a field's index
     */
    public static UniformRandomProvider stream(long seed, long... place) {
        long state = seed;
        for (long step : place) {
            state = mix(state + GOLDEN_GAMMA) ^ mix(step * GOLDEN_GAMMA + 1);
        }
        return RandomSource.XO_RO_SHI_RO_128_PP.create(state);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

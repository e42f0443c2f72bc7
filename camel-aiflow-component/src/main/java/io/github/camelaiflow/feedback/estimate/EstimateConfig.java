package io.github.camelaiflow.feedback.estimate;

import java.util.List;
import java.util.Objects;

/**
 * How quality is estimated. Immutable.
 *
 * @param positive the positive label; {@code null} for one-vs-rest over all labels that have a score
 * @param fields the fields the inputs are compared by; empty for all that the reference's rows have. Ids and times must not be among them
 * @param level the share of windows whose truth the band covers at least, for one metric; 0 to 1, default .95
 * @param alpha the chance that a check doubts calibrated scores, for one check; 0 to 1, default .01
 * @param leastReference usable reference rows needed; at least 20, default 200
 * @param leastWindow usable rows a window needs; at least 1, default 50
 * @param leastEffective reference rows that must be left, in effect, after weighting; default 200
 * @param mostOutside share of a window's rows that may lie outside of what the reference has seen; 0 to 1, default .05
 * @param mostRows rows of a reference or window that are looked at; more are sampled; at least 1000, default 50000
 * @param draws simulated truths a band is made of; at least 200, default 500
 * @param seed of all that is drawn
 */
public record EstimateConfig(
        String positive,
        List<String> fields,
        double level,
        double alpha,
        int leastReference,
        int leastWindow,
        int leastEffective,
        double mostOutside,
        int mostRows,
        int draws,
        long seed) {

    /** The defaults, without a positive label, with seed 0. */
    public static final EstimateConfig DEFAULT =
            new EstimateConfig(null, List.of(), 0.95, 0.01, 200, 50, 200, 0.05, 50_000, 500, 0);

    /** @throws IllegalArgumentException if a number is out of range, naming it */
    public EstimateConfig {
        fields = List.copyOf(fields);
        inside("level", level);
        inside("alpha", alpha);
        inside("mostOutside", mostOutside);
        atLeast("leastReference", leastReference, 20);
        atLeast("leastWindow", leastWindow, 1);
        atLeast("leastEffective", leastEffective, 1);
        atLeast("mostRows", mostRows, 1000);
        atLeast("draws", draws, 200);
    }

    /** This with a positive label. */
    public EstimateConfig withPositive(String label) {
        Objects.requireNonNull(label, "positive");
        return new EstimateConfig(
                label,
                fields,
                level,
                alpha,
                leastReference,
                leastWindow,
                leastEffective,
                mostOutside,
                mostRows,
                draws,
                seed);
    }

    /** This with the fields the inputs are compared by. */
    public EstimateConfig withFields(List<String> names) {
        return new EstimateConfig(
                positive,
                names,
                level,
                alpha,
                leastReference,
                leastWindow,
                leastEffective,
                mostOutside,
                mostRows,
                draws,
                seed);
    }

    /** This with another level. */
    public EstimateConfig withLevel(double covered) {
        return new EstimateConfig(
                positive,
                fields,
                covered,
                alpha,
                leastReference,
                leastWindow,
                leastEffective,
                mostOutside,
                mostRows,
                draws,
                seed);
    }

    /** This with another alpha. */
    public EstimateConfig withAlpha(double chance) {
        return new EstimateConfig(
                positive,
                fields,
                level,
                chance,
                leastReference,
                leastWindow,
                leastEffective,
                mostOutside,
                mostRows,
                draws,
                seed);
    }

    /** This with another limit of rows looked at. */
    public EstimateConfig withMostRows(int most) {
        return new EstimateConfig(
                positive,
                fields,
                level,
                alpha,
                leastReference,
                leastWindow,
                leastEffective,
                mostOutside,
                most,
                draws,
                seed);
    }

    /** This with another seed. */
    public EstimateConfig withSeed(long drawn) {
        return new EstimateConfig(
                positive,
                fields,
                level,
                alpha,
                leastReference,
                leastWindow,
                leastEffective,
                mostOutside,
                mostRows,
                draws,
                drawn);
    }

    private static void inside(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be more than 0 and less than 1, was " + value);
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
        }
    }
}

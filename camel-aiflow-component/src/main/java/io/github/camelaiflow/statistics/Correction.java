package io.github.camelaiflow.statistics;

import java.util.Arrays;
import java.util.Locale;

/** How one level is shared by many tests. None needs to know how the tests depend on each other. */
public enum Correction {
    /** The chance of any false rejection is at most the level: {@link Holm}. */
    HOLM,
    /** The expected share of false rejections is at most the level: {@link FalseDiscovery}. */
    FDR,
    /** As {@link #FDR}, by e-values; their mean alone may reject that nothing differs: {@link EValues}. */
    E_VALUES;

    /** As definitions write it: {@code holm}, {@code fdr}, {@code e-values}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one a definition names.
     *
     * @throws IllegalArgumentException if there is none of that {@link #label}
     */
    public static Correction named(String label) {
        return Arrays.stream(values())
                .filter(correction -> correction.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("correction must be holm, fdr or e-values"));
    }

    /**
     * The level each test was held against: test {@code i} is rejected exactly if {@code pValues[i] <= levels[i]}.
     *
     * @param pValues one per test, none NaN; empty gives empty
     */
    public double[] levels(double[] pValues, double level) {
        return switch (this) {
            case HOLM -> Holm.levels(pValues, level);
            case FDR -> FalseDiscovery.levels(pValues, level);
            case E_VALUES -> EValues.levels(pValues, level);
        };
    }

    /** The lowest level any of so many tests can be held against. */
    public double lowestLevel(int tests, double level) {
        int atLeastOne = Math.max(1, tests);
        return switch (this) {
            case HOLM -> level / atLeastOne;
            case FDR -> FalseDiscovery.lowestLevel(atLeastOne, level);
            case E_VALUES -> EValues.pValue(atLeastOne / level);
        };
    }

    /**
     * Whether all tests together say that something differs, with a chance of at most the level that nothing does. True whenever
     * {@link #levels} rejects any; more often for {@link #E_VALUES}.
     */
    public boolean differs(double[] pValues, double level) {
        if (this == E_VALUES && pValues.length > 0) {
            return EValues.mean(Arrays.stream(pValues).map(EValues::of).toArray()) >= 1 / level;
        }
        double[] levels = levels(pValues, level);
        for (int i = 0; i < levels.length; i++) {
            if (pValues[i] <= levels[i]) {
                return true;
            }
        }
        return false;
    }
}

package io.github.camelaiflow.statistics.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The detectors there are, by the words a definition uses. */
public enum DetectorType {
    /** e-SR: finds a rise of losses soonest at a guaranteed average run length. */
    E_SR,
    /** e-CUSUM: as e-SR, by the richest bet in place of the sum. */
    E_CUSUM,
    /** A conformal test martingale: finds any change of distribution, with an exact budget. */
    CONFORMAL,
    /** A. Bifet and R. Gavaldà, 2007. */
    ADWIN,
    /** J. Gama et al., 2004. */
    DDM,
    /** E. S. Page, 1954, and D. V. Hinkley, 1970. */
    PAGE_HINKLEY;

    /** How a definition writes it: {@code e-sr}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The type of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DetectorType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word().equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("a detector must be one of " + words()));
    }

    private static String words() {
        return Arrays.stream(values()).map(DetectorType::word).collect(Collectors.joining(", "));
    }
}

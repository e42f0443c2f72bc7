package io.github.camelaiflow.validation;

/** How much a result tells of each expectation: GX's {@code result_format}. Every format holds what the one before holds. */
public enum ResultFormat {
    /** Only whether it was met. */
    BOOLEAN_ONLY,
    /** Counts, percentages and the first 20 unexpected values. */
    BASIC,
    /** Also the places of these values and how often each occurs among them. GX's default. */
    SUMMARY,
    /** Also all unexpected values and their places; memory grows with them. */
    COMPLETE;

    /** How many unexpected values the partial lists hold. */
    static final int PARTIAL = 20;

    int unexpectedKept() {
        return switch (this) {
            case BOOLEAN_ONLY -> 0;
            case BASIC, SUMMARY -> PARTIAL;
            case COMPLETE -> Integer.MAX_VALUE;
        };
    }

    boolean holds(ResultFormat other) {
        return compareTo(other) >= 0;
    }
}

package io.github.camelaiflow.validation.expectations;

/**
 * How much the states of an expectation may keep.
 *
 * @param records how many records one state will see, about; for sizing
 * @param panes how many states there are at a time; 0 for a state that may keep everything and is exact
 */
public record Memory(long records, int panes) {

    /** For one batch, which is in memory anyway: keep what exactness needs. */
    public static final Memory EXACT = new Memory(Long.MAX_VALUE, 0);

    /** Bytes all states of one expectation may hold together, about. */
    public static final int BYTES = 1 << 20;

    /** Whether everything may be kept. */
    public boolean exact() {
        return panes == 0;
    }

    /** Bytes one state may hold, about. */
    public int bytes() {
        return BYTES / Math.max(1, panes);
    }
}

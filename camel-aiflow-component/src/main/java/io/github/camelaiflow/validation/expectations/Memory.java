package io.github.camelaiflow.validation.expectations;

/**
 * How much the state of an expectation may keep.
 *
 * @param records how many records one state will see, about; for sizing
 * @param panes how many states of one expectation there are at a time; 0 for a state that may keep everything and is exact
 * @param part how much of the memory for its operand the expectation may have, above 0 to 1
 */
public record Memory(long records, int panes, double part) {

    /** For one batch, which is in memory anyway: keep what exactness needs. */
    public static final Memory EXACT = new Memory(Long.MAX_VALUE, 0, 1);

    /** Bytes all states about one operand may hold together, about. */
    public static final int BYTES = 7 << 18;

    /** For one expectation that has its operand's memory for itself. */
    public Memory(long records, int panes) {
        this(records, panes, 1);
    }

    /** Whether everything may be kept. */
    public boolean exact() {
        return panes == 0;
    }

    /** Bytes one state may hold, about. */
    public int bytes() {
        return exact() ? Integer.MAX_VALUE : (int) (BYTES * part / panes);
    }
}

package io.github.camelaiflow.validation.expectations;

/** An expectation that only many records together can meet: of a batch or a window. */
public non-sealed interface BatchCheck extends Check {

    /** An empty state for the records of one batch, or of one pane of a window. */
    BatchState newState(Memory memory);

    /**
     * How much of the memory for its operand it takes, beside the other expectations of that operand: 1 for a sketch, more for what
     * is the worse the less memory it has, 0 for a state of a few numbers.
     */
    default int share() {
        return 1;
    }

    /**
     * Why it cannot be judged in bounded memory, as a sentence for the user; {@code null} if it can, which most can.
     * Such an expectation is refused at start-up where {@code scope=window}.
     */
    default String notInWindows() {
        return null;
    }
}

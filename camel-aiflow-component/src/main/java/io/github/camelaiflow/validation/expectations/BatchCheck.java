package io.github.camelaiflow.validation.expectations;

/** An expectation that only many records together can meet: of a batch or a window. */
public non-sealed interface BatchCheck extends Check {

    /** An empty state for the records of one batch, or of one pane of a window. */
    BatchState newState(Memory memory);

    /**
     * Why it cannot be judged in bounded memory, as a sentence for the user; {@code null} if it can, which most can.
     * Such an expectation is refused at start-up where {@code scope=window}.
     */
    default String notInWindows() {
        return null;
    }
}

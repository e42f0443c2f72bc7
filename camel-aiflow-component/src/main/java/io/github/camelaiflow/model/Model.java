package io.github.camelaiflow.model;

import java.util.List;

/**
 * One loaded model behind the contract every backend meets. Implementations are thread-safe; native memory is freed by
 * {@link #close()}, after which no call may be made.
 */
public interface Model extends AutoCloseable {

    /** What goes in and what comes out. */
    Signature signature();

    /**
     * Asks the model once for all rows.
     *
     * @param input rows, or the tensors the signature names
     * @return one outcome per row, in order; a row that cannot be scored has an error and does not disturb the others
     * @throws io.github.camelaiflow.data.DataException if the input as a whole is wrong (a tensor's type or shape)
     * @throws ModelException if the model could not answer
     */
    List<Outcome> predict(ModelInput input);

    /** What asking costs, by which a caller sees whether to gather rows, and whether to wait on another thread. */
    enum Effort {
        /** Microseconds and no waiting: such a model answers though the time is up. */
        AT_ONCE,
        /** Each row costs by itself: nothing is won by asking for several at once. */
        PER_ROW,
        /** A call costs, and little more with more rows. */
        PER_CALL
    }

    /** What asking this model costs; {@code PER_CALL} unless the model knows better. */
    default Effort effort() {
        return Effort.PER_CALL;
    }

    /** Frees what the model holds. Idempotent. */
    @Override
    void close();
}

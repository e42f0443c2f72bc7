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

    /** Frees what the model holds. Idempotent. */
    @Override
    void close();
}

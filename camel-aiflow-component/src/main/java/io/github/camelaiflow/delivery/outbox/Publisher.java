package io.github.camelaiflow.delivery.outbox;

import io.github.camelaiflow.store.Outbox.Draft;
import java.util.List;

/** Sends messages. Used by one thread. */
public interface Publisher extends AutoCloseable {

    /**
     * Connects if it isn't connected. When it returns no publisher that was opened before, of any node, sends any more, and what it sent is
     * there or never will be.
     *
     * @return whether it was not open before
     * @throws Exception if that can't be done now
     */
    boolean open() throws Exception;

    /**
     * Sends all, in order for each destination and key. When it returns they are there, durably.
     *
     * @throws IllegalStateException if it is not open, as after a failure
     * @throws PublishException if some will never be taken; those that are not named are sent again
     * @throws Exception if they could not be sent now; they are sent again, all of them
     */
    void publish(List<Draft> messages) throws Exception;

    /** Lets go of connections until it is opened again. Throws nothing. */
    @Override
    void close();
}

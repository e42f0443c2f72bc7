package io.github.camelaiflow.delivery.outbox;

import io.github.camelaiflow.store.Outbox.Draft;
import java.util.List;

/** Sends messages. Used by one thread. */
public interface Publisher extends AutoCloseable {

    /**
     * Sends all, in order for each destination and key. When it returns they are there, durably.
     *
     * @throws PublishException if some will never be taken; those that are not named are sent again
     * @throws Exception if they could not be sent now; they are sent again, all of them
     */
    void publish(List<Draft> messages) throws Exception;

    /** Lets go of connections until the next publishing. Throws nothing. */
    @Override
    void close();
}

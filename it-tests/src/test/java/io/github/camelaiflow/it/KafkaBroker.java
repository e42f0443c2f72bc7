package io.github.camelaiflow.it;

/**
 * One Kafka node (KRaft) for a test, on a port of its own, where topics come by creation only. Not started by its
 * constructor; not thread-safe.
 */
public interface KafkaBroker extends AutoCloseable {

    /**
     * Starts the broker and returns when it answers clients.
     *
     * @throws IllegalStateException if it cannot be started
     */
    void start();

    /** Where clients connect to, {@code host:port}; the same before and after a {@link #restart()}. */
    String bootstrapServers();

    /**
     * Takes the broker away and brings it back with the same data at the same address; returns when it answers again.
     *
     * @throws IllegalStateException if it does not come back
     */
    void restart();

    /** Stops the broker and deletes its data; does nothing when it never started. */
    @Override
    void close();
}

package io.github.camelaiflow;

import org.apache.camel.Exchange;

/**
 * What an endpoint does to an exchange, in three parts so that a deadline can fall between them: read the exchange on the
 * caller's thread, work without it, write the result.
 */
interface Step {

    /** Reads what the work needs. Throws what is wrong with the data. */
    Work read(Exchange exchange) throws Exception;

    /**
     * What the step does if it cannot do its work and the exchange may go on without.
     *
     * @return whether the exchange goes on; by default it fails
     */
    default boolean standAside(Exchange exchange) {
        return false;
    }

    /** Whether the work keeps to the endpoint's deadline by itself, and may so run on the caller's thread. */
    default boolean keepsDeadline() {
        return false;
    }

    /** The work itself; touches no exchange, so that it may run on another thread and its result be discarded. */
    interface Work {
        Result run();
    }

    /** Writes headers or body, or throws. */
    interface Result {
        void write(Exchange exchange) throws Exception;
    }
}

package io.github.camelaiflow.store;

/** How long a caller waits for each thing a database does. */
final class Timeouts {

    /** For a connection, for a lock, for a statement. */
    static final int SECONDS = 5;

    /** For a server that doesn't even cancel a statement; longer, so that the statement's own comes first. */
    static final int NETWORK_SECONDS = 8;

    /** For a transaction whose client says nothing: it ends, and others get its locks. */
    static final int IDLE_SECONDS = 10;

    private Timeouts() {}
}

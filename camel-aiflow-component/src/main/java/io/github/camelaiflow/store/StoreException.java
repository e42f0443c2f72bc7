package io.github.camelaiflow.store;

/** The store could not do what was asked. Messages and causes hold no password and no content. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean unreachable;

    /**
     * @param unreachable whether the store was away or too slow, so that trying again, unchanged, can help
     * @param message what could not be done, and why
     */
    public StoreException(boolean unreachable, String message, Throwable cause) {
        super(message, cause);
        this.unreachable = unreachable;
    }

    /** A store that is away or too slow. */
    public StoreException(String message, Throwable cause) {
        this(true, message, cause);
    }

    /** What somebody must mend, a configuration or what was asked. */
    static StoreException refused(String message) {
        return new StoreException(false, message, null);
    }

    /**
     * Whether the store was away or too slow: then trying again, unchanged, can help, and what was asked may have been done. If
     * not, nothing was done, and somebody must mend the store's configuration or what was asked.
     */
    public boolean unreachable() {
        return unreachable;
    }
}

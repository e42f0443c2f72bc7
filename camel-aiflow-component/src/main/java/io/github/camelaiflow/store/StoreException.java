package io.github.camelaiflow.store;

/** The store could not do what was asked; what was asked may have been done. Messages hold no password. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.github.camelaiflow.drift;

/**
 * The values of one field, by place in the sample. Taking a value must be cheap, since it happens in a route's thread: what
 * can wait is done in {@link #sample}. Not thread-safe.
 */
abstract class Column {

    /** Stands for a value that could not even be read. */
    static final Object UNREADABLE = new Object();

    private static final int FIRST_CAPACITY = 256;

    /** Puts a value of any kind at a place, over the one that was there. */
    abstract void set(int place, Object value);

    /** The values at places 0 to {@code size - 1}, as they are now. */
    abstract FieldSample sample(int size);

    /** Lets go of what the values refer to. */
    void clear() {}

    static int grown(int length, int place) {
        return Math.max(Math.max(FIRST_CAPACITY, 2 * length), place + 1);
    }
}

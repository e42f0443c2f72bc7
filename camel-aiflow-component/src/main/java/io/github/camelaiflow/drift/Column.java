package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;

/**
 * The values of one field, by place in the sample. Taking a value must be cheap, since it happens in a route's thread: what
 * can wait is done in {@link #sample}. Not thread-safe.
 */
abstract class Column {

    /** Stands for a value that could not even be read. */
    static final Object UNREADABLE = FieldValue.UNREADABLE;

    private static final int FIRST_CAPACITY = 256;

    static Column of(FieldKind kind) {
        return kind.numeric() ? new NumberColumn() : new CategoryColumn(kind == FieldKind.BOOLEAN);
    }

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

package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.FieldSample;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one field in a pane, by place. Taking a value must be cheap, since it happens in a route's thread: what can wait is
 * done in {@link #sample}. Values lie in chunks that are never copied when a column grows; a {@linkplain #copy copy} shares them,
 * and the column clones a shared one before it writes to it. Not thread-safe, but what no longer changes may be read by any thread.
 *
 * @param <C> a chunk: the values at {@link #CHUNK} places
 */
abstract class Column<C> {

    /** Places of a chunk. */
    static final int CHUNK = 64;

    private C[] chunks;
    private int[] epochs;
    private int epoch = 1;

    /** @param chunks of another column, or none */
    Column(C[] chunks) {
        this.chunks = chunks;
        this.epochs = new int[chunks.length];
    }

    static Column<?> of(FieldKind kind) {
        return kind.numeric() ? new NumberColumn() : new CategoryColumn(kind == FieldKind.BOOLEAN);
    }

    /** Puts a value of any kind at a place, over the one that was there. No place is left out. */
    abstract void set(int place, Object value);

    /** What {@link #set} would keep again as it is kept at this place. */
    abstract Object value(int place);

    /** The values at places 0 to {@code size - 1}. */
    final FieldSample sample(int size) {
        return sample(List.of(this), new int[] {size});
    }

    /** The values of such columns, each at places 0 to size - 1. */
    abstract FieldSample sample(List<? extends Column<?>> columns, int[] sizes);

    /** What is in this one now, whatever comes later. */
    abstract Column<C> copy();

    abstract C newChunk();

    abstract C clone(C chunk);

    /** The chunk of a place, to be read. */
    final C chunk(int place) {
        return chunks[place / CHUNK];
    }

    /** The chunk of a place, to be written. */
    final C own(int place) {
        int number = place / CHUNK;
        if (number >= chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunks.length);
            epochs = Arrays.copyOf(epochs, chunks.length);
        }
        C chunk = chunks[number];
        if (chunk == null) {
            chunk = newChunk();
        } else if (epochs[number] == epoch) {
            return chunk;
        } else {
            chunk = clone(chunk);
        }
        chunks[number] = chunk;
        epochs[number] = epoch;
        return chunk;
    }

    /** The chunks as they are; this column writes to none of them any more. */
    final C[] share() {
        epoch++;
        return chunks.clone();
    }
}

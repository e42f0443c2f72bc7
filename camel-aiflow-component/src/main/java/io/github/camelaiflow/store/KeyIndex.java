package io.github.camelaiflow.store;

import java.util.function.IntFunction;

/**
 * Finds slots by a key that lies within each slot's record: a hash table with open addressing, 4 bytes an entry. At most as many
 * entries as an array may have.
 */
final class KeyIndex {

    /** With header a power of two of bytes; a little more would cost a collector's region of some megabytes. */
    static final int FIRST_LENGTH = 12;

    private static final double MOST_FULL = 0.55;

    private final IntFunction<Key> keys;
    private final long seed;
    private int[] entries = new int[FIRST_LENGTH];
    private int size;

    /**
     * @param keys gives the key of a slot that is in the index
     * @param seed makes hashes differ from process to process, so that nobody outside can send keys that collide
     */
    KeyIndex(IntFunction<Key> keys, long seed) {
        this.keys = keys;
        this.seed = seed;
    }

    /** The slot of that key; -1 if there is none. */
    int find(Key key) {
        int entry = entries[place(key)];
        return entry - 1;
    }

    /** Puts a slot under its key, which is not there yet or is another slot's to be replaced. */
    void put(int slot) {
        if (size >= entries.length * MOST_FULL) {
            grow();
        }
        int place = place(keys.apply(slot));
        if (entries[place] == 0) {
            size++;
        }
        entries[place] = slot + 1;
    }

    /** Removes a key that is there, while its slot still has its record. */
    void remove(Key key) {
        int hole = place(key);
        size--;
        // What lies behind the hole moves up if it could not be found over it
        for (int at = next(hole); entries[at] != 0; at = next(at)) {
            int home = home(keys.apply(entries[at] - 1));
            if (distance(home, at) >= distance(hole, at)) {
                entries[hole] = entries[at];
                hole = at;
            }
        }
        entries[hole] = 0;
    }

    private int home(Key key) {
        return (int) (Integer.toUnsignedLong(key.hash(seed)) * entries.length >>> Integer.SIZE);
    }

    private int next(int at) {
        return at + 1 == entries.length ? 0 : at + 1;
    }

    private int distance(int from, int to) {
        return to >= from ? to - from : to - from + entries.length;
    }

    /** The next length of an array that grows from {@link #FIRST_LENGTH}. */
    static int larger(int length) {
        return 2 * length + 4;
    }

    /** Where the key is, or would be. */
    private int place(Key key) {
        int at = home(key);
        while (entries[at] != 0 && !keys.apply(entries[at] - 1).equals(key)) {
            at = next(at);
        }
        return at;
    }

    private void grow() {
        int[] old = entries;
        entries = new int[larger(old.length)];
        for (int entry : old) {
            if (entry != 0) {
                entries[place(keys.apply(entry - 1))] = entry;
            }
        }
    }
}

package io.github.camelaiflow.store;

import java.util.function.IntFunction;

/**
 * Finds slots by a key that lies within each slot's record: a hash table with open addressing, 4 bytes an entry. At most as many
 * entries as an array may have.
 */
final class KeyIndex {

    private static final double MOST_FULL = 0.55;

    private final IntFunction<Key> keys;
    private final long seed;
    private int[] entries = new int[16];
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
        int mask = entries.length - 1;
        size--;
        // What lies behind the hole moves up if it could not be found over it
        for (int at = hole + 1 & mask; entries[at] != 0; at = at + 1 & mask) {
            int home = keys.apply(entries[at] - 1).hash(seed) & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                entries[hole] = entries[at];
                hole = at;
            }
        }
        entries[hole] = 0;
    }

    /** Where the key is, or would be. */
    private int place(Key key) {
        int mask = entries.length - 1;
        int at = key.hash(seed) & mask;
        while (entries[at] != 0 && !keys.apply(entries[at] - 1).equals(key)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        int[] old = entries;
        entries = new int[2 * old.length];
        for (int entry : old) {
            if (entry != 0) {
                entries[place(keys.apply(entry - 1))] = entry;
            }
        }
    }
}

package io.github.camelaiflow.store;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Halves in the order they came, found by id and by alias, each in O(1). Each takes the bytes of its {@link Half} and 40 for links
 * and its places in the indexes. Not thread-safe.
 */
final class Halves {

    private static final int NONE = -1;
    private static final int OVERHEAD = 40;

    private final KeyIndex ids;
    /** Of each alias its first slot; the others follow in a ring. */
    private final KeyIndex aliases;

    private byte[][] halves = new byte[KeyIndex.FIRST_LENGTH][];
    private int[] before = new int[KeyIndex.FIRST_LENGTH];
    private int[] after = new int[KeyIndex.FIRST_LENGTH];
    private int[] aliasBefore = new int[KeyIndex.FIRST_LENGTH];
    private int[] aliasAfter = new int[KeyIndex.FIRST_LENGTH];
    private int oldest = NONE;
    private int newest = NONE;
    private int free = NONE;
    private int used;
    private int size;
    private long bytes;

    Halves(long seed) {
        ids = new KeyIndex(slot -> Half.id(halves[slot]), seed);
        aliases = new KeyIndex(slot -> Half.alias(halves[slot]), seed);
    }

    int size() {
        return size;
    }

    /** What the halves take of the heap. */
    long bytes() {
        return bytes;
    }

    /** Adds a half, whose id is not there, as the newest one; gives its slot. */
    int add(byte[] half) {
        int slot = slot();
        halves[slot] = half;
        linkLast(slot);
        if (Half.id(half) != null) {
            ids.put(slot);
        }
        if (Half.alias(half) != null) {
            linkAlias(slot, Half.alias(half));
        }
        size++;
        bytes += Half.heap(half) + OVERHEAD;
        return slot;
    }

    byte[] remove(int slot) {
        byte[] half = halves[slot];
        if (Half.id(half) != null) {
            ids.remove(Half.id(half));
        }
        if (Half.alias(half) != null) {
            unlinkAlias(slot, Half.alias(half));
        }
        unlink(slot);
        halves[slot] = null;
        after[slot] = free;
        free = slot;
        size--;
        bytes -= Half.heap(half) + OVERHEAD;
        return half;
    }

    byte[] get(int slot) {
        return halves[slot];
    }

    /** -1 if it is empty. */
    int oldest() {
        return oldest;
    }

    /** The slot of that id; -1 if there is none. */
    int byId(Key id) {
        return ids.find(id);
    }

    /** The slot that came first of that alias; -1 if there is none. */
    int byAlias(Key alias) {
        return aliases.find(alias);
    }

    /** Gives the slots of an alias, in the order they came. */
    void eachOf(Key alias, IntConsumer slots) {
        int first = byAlias(alias);
        int slot = first;
        while (slot != NONE) {
            slots.accept(slot);
            slot = aliasAfter[slot] == first ? NONE : aliasAfter[slot];
        }
    }

    /** Those said to have come later came now: the clock was set back. */
    void clampTo(long now) {
        for (int slot = newest; slot != NONE && Half.came(halves[slot]) > now; slot = before[slot]) {
            bytes -= Half.heap(halves[slot]);
            halves[slot] = Half.came(halves[slot], now);
            bytes += Half.heap(halves[slot]);
        }
    }

    private int slot() {
        if (free != NONE) {
            int slot = free;
            free = after[slot];
            return slot;
        }
        if (used == halves.length) {
            int length = KeyIndex.larger(used);
            halves = Arrays.copyOf(halves, length);
            before = Arrays.copyOf(before, length);
            after = Arrays.copyOf(after, length);
            aliasBefore = Arrays.copyOf(aliasBefore, length);
            aliasAfter = Arrays.copyOf(aliasAfter, length);
        }
        return used++;
    }

    private void linkLast(int slot) {
        before[slot] = newest;
        after[slot] = NONE;
        if (newest == NONE) {
            oldest = slot;
        } else {
            after[newest] = slot;
        }
        newest = slot;
    }

    private void unlink(int slot) {
        if (before[slot] == NONE) {
            oldest = after[slot];
        } else {
            after[before[slot]] = after[slot];
        }
        if (after[slot] == NONE) {
            newest = before[slot];
        } else {
            before[after[slot]] = before[slot];
        }
    }

    private void linkAlias(int slot, Key alias) {
        int first = aliases.find(alias);
        if (first == NONE) {
            aliasBefore[slot] = slot;
            aliasAfter[slot] = slot;
            aliases.put(slot);
            return;
        }
        int last = aliasBefore[first];
        aliasBefore[slot] = last;
        aliasAfter[slot] = first;
        aliasAfter[last] = slot;
        aliasBefore[first] = slot;
    }

    private void unlinkAlias(int slot, Key alias) {
        int next = aliasAfter[slot];
        if (next == slot) {
            aliases.remove(alias);
            return;
        }
        aliasAfter[aliasBefore[slot]] = next;
        aliasBefore[next] = aliasBefore[slot];
        if (aliases.find(alias) == slot) {
            aliases.put(next);
        }
    }
}

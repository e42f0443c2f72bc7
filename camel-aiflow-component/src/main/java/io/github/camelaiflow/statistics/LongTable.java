package io.github.camelaiflow.statistics;

import java.util.function.LongConsumer;

/**
 * A set of 64-bit hashes in one array with open addressing, each with one mark. The last bit of a hash is the mark's place, so
 * 63 bits tell values apart: n values have a colliding pair among them with a chance of n²/2^64. Grows up to a
 * limit, then takes no more. Not thread-safe.
 */
final class LongTable {

    private static final int FIRST_SLOTS = 16;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final int maxSlots;
    private long[] slots;
    private int size;

    /** @param bytes the limit of its array; at least 128 */
    LongTable(int bytes) {
        maxSlots = Integer.highestOneBit(bytes / Long.BYTES);
        slots = new long[FIRST_SLOTS];
    }

    private LongTable(LongTable other) {
        maxSlots = other.maxSlots;
        slots = other.slots.clone();
        size = other.size;
    }

    LongTable copy() {
        return new LongTable(this);
    }

    int size() {
        return size;
    }

    /** How many it can hold. */
    int limit() {
        return limit(maxSlots);
    }

    long bytes() {
        return (long) Long.BYTES * slots.length;
    }

    boolean contains(long hash) {
        return slots[slot(key(hash))] != 0;
    }

    boolean marked(long hash) {
        return (slots[slot(key(hash))] & 1) == 1;
    }

    /** Marks a hash that is in the table. */
    void mark(long hash) {
        slots[slot(key(hash))] |= 1;
    }

    /** Takes a hash that is not in the table; false if there is no room. */
    boolean put(long hash, boolean marked) {
        if (size == limit(slots.length) && !grow()) {
            return false;
        }
        long key = key(hash);
        slots[slot(key)] = marked ? key | 1 : key;
        size++;
        return true;
    }

    void forEach(LongConsumer hash) {
        for (long slot : slots) {
            if (slot != 0) {
                hash.accept(slot & ~1L);
            }
        }
    }

    private boolean grow() {
        if (slots.length == maxSlots) {
            return false;
        }
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long entry : old) {
            if (entry != 0) {
                slots[slot(entry & ~1L)] = entry;
            }
        }
        return true;
    }

    private static int limit(int slots) {
        return slots / 4 * 3;
    }

    /** What is kept of a hash: without the mark's bit, and never 0, which means free. */
    static long key(long hash) {
        long key = hash & ~1L;
        return key == 0 ? GOLDEN_GAMMA & ~1L : key;
    }

    /** Where the key stands or would stand. */
    private int slot(long key) {
        int slot = (int) (key * GOLDEN_GAMMA >>> Long.numberOfLeadingZeros(slots.length) + 1);
        while (slots[slot] != 0 && (slots[slot] & ~1L) != key) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}

package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTable.Joined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pairs by position, and by id and alias of the left half. Those before go first. Not thread-safe. */
final class MemoryPairs {

    private static final int OVERHEAD = 16;

    private final Halves lefts;
    private byte[][] rights = new byte[KeyIndex.FIRST_LENGTH][];
    private long[] times = new long[KeyIndex.FIRST_LENGTH];
    /** Slots by position modulo its length. */
    private int[] slots = new int[16];

    private long first = 1;
    private long next = 1;
    private long bytes;

    MemoryPairs(long seed) {
        lefts = new Halves(seed);
    }

    int size() {
        return lefts.size();
    }

    /** What the pairs take of the heap; a right half that is another pair's too is counted with each. */
    long bytes() {
        return lefts.bytes() + bytes;
    }

    /** @param time microseconds since 1970 */
    Joined add(byte[] left, byte[] right, long time) {
        if (size() == slots.length) {
            grow();
        }
        int slot = lefts.add(left);
        if (slot >= rights.length) {
            rights = Arrays.copyOf(rights, KeyIndex.larger(rights.length));
            times = Arrays.copyOf(times, rights.length);
        }
        rights[slot] = right;
        times[slot] = time;
        bytes += Half.heap(right) + OVERHEAD;
        slots[place(next)] = slot;
        return pair(next++);
    }

    private void grow() {
        int[] larger = new int[2 * slots.length];
        for (long position = first; position < next; position++) {
            larger[(int) (position & larger.length - 1)] = slots[place(position)];
        }
        slots = larger;
    }

    private int place(long position) {
        return (int) (position & slots.length - 1);
    }

    private Joined pair(long position) {
        int slot = slots[place(position)];
        return new Joined(position, Half.left(lefts.get(slot)), Half.right(rights[slot]), Half.instant(times[slot]));
    }

    List<Joined> after(long position, int limit) {
        List<Joined> pairs = new ArrayList<>();
        long from = position < first ? first : position + 1;
        for (long next = from; next > position && next < this.next && pairs.size() < limit; next++) {
            pairs.add(pair(next));
        }
        return pairs;
    }

    boolean has(Key id) {
        return lefts.byId(id) >= 0;
    }

    /** The content of the right half of that left one; {@code null} if it is not there. */
    String said(Key id) {
        int slot = lefts.byId(id);
        return slot < 0 ? null : Half.content(rights[slot]);
    }

    /** The contents of the right halves of that alias' left ones: none, the one, or two of several different ones. */
    List<String> saidOf(Key alias) {
        List<String> contents = new ArrayList<>();
        lefts.eachOf(alias, slot -> {
            if (contents.size() < 2) {
                String content = Half.content(rights[slot]);
                if (!contents.contains(content)) {
                    contents.add(content);
                }
            }
        });
        return contents;
    }

    void removeFirst() {
        int slot = slots[place(first++)];
        bytes -= Half.heap(rights[slot]) + OVERHEAD;
        rights[slot] = null;
        lefts.remove(slot);
    }

    /** The position of the last pair that was joined before, or 0: all up to it are older, whatever a clock said that was set back. */
    long lastBefore(long time) {
        long position = next - 1;
        while (position >= first && times[slots[place(position)]] >= time) {
            position--;
        }
        return position < first ? 0 : position;
    }

    long first() {
        return first;
    }
}

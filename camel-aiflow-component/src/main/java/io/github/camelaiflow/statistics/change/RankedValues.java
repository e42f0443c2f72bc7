package io.github.camelaiflow.statistics.change;

import java.util.Arrays;

/**
 * Numbers in order, to which numbers are added one by one and that know how many are below a number: blocks of up to 512 in order,
 * so that a number moves one block's numbers at most and a rank needs two binary searches and the sizes of the blocks.
 */
final class RankedValues {

    private static final int BLOCK = 512;

    private double[][] blocks = new double[8][];
    private int[] sizes = new int[8];
    private int used;
    private int count;

    int count() {
        return count;
    }

    /** Holds just these from now on. */
    void set(double[] sorted) {
        used = 0;
        count = sorted.length;
        for (int from = 0; from < count || used == 0; from += BLOCK / 2) {
            int size = Math.min(BLOCK / 2, count - from);
            double[] block = insertBlock(used);
            System.arraycopy(sorted, from, block, 0, size);
            sizes[used - 1] = size;
        }
    }

    /** How many are below a number. */
    int below(double value) {
        return rank(value, false);
    }

    /** How many are not above it. */
    int notAbove(double value) {
        return rank(value, true);
    }

    private int rank(double value, boolean withEqual) {
        int block = block(value, withEqual);
        int rank = 0;
        for (int i = 0; i < block; i++) {
            rank += sizes[i];
        }
        return rank + place(block, value, withEqual);
    }

    void add(double value) {
        int block = block(value, true);
        if (sizes[block] == BLOCK) {
            split(block);
            block = block(value, true);
        }
        int place = place(block, value, true);
        double[] values = blocks[block];
        System.arraycopy(values, place, values, place + 1, sizes[block] - place);
        values[place] = value;
        sizes[block]++;
        count++;
    }

    /** The first block that isn't wholly below the number (or not above it); the last one if there is none. */
    private int block(double value, boolean withEqual) {
        int low = 0;
        int high = used - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (before(blocks[middle][sizes[middle] - 1], value, withEqual)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int place(int block, double value, boolean withEqual) {
        int low = 0;
        int high = sizes[block];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (before(blocks[block][middle], value, withEqual)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean before(double one, double value, boolean withEqual) {
        return withEqual ? one <= value : one < value;
    }

    private void split(int block) {
        double[] right = insertBlock(block + 1);
        System.arraycopy(blocks[block], BLOCK / 2, right, 0, BLOCK / 2);
        sizes[block] = BLOCK / 2;
        sizes[block + 1] = BLOCK / 2;
    }

    /** Makes room for a block; takes an array that was used before if there is one. */
    private double[] insertBlock(int at) {
        if (used == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * used);
            sizes = Arrays.copyOf(sizes, 2 * used);
        }
        double[] block = blocks[used] == null ? new double[BLOCK] : blocks[used];
        System.arraycopy(blocks, at, blocks, at + 1, used - at);
        System.arraycopy(sizes, at, sizes, at + 1, used - at);
        blocks[at] = block;
        used++;
        return block;
    }
}

package io.github.camelaiflow.store;

/** What rows of a kind may take in memory. Beyond that new ones are refused, since a row that is dropped is lost. Not thread-safe. */
final class MemoryRoom {

    /** What a row takes of the heap beside its bytes, roughly. */
    private static final int OVERHEAD = 300;

    private final String what;
    private final Bounds bounds;
    private int rows;
    private long bytes;

    MemoryRoom(String what, Bounds bounds) {
        this.what = what;
        this.bounds = bounds;
    }

    /** How many rows at most, and how many bytes with 300 for each row. */
    record Bounds(int rows, long bytes) {}

    /** Refuses what has no room. */
    void check(int moreRows, long moreBytes) {
        if (rows + (long) moreRows > bounds.rows() || bytes + moreBytes + (long) moreRows * OVERHEAD > bounds.bytes()) {
            throw StoreException.refused("The store in memory holds at most " + bounds.rows() + " " + what + " with "
                    + bounds.bytes() + " bytes a space; configure a database as store to keep more");
        }
    }

    void take(long size) {
        rows++;
        bytes += size + OVERHEAD;
    }

    void give(long size) {
        rows--;
        bytes -= size + OVERHEAD;
    }

    int limit() {
        return bounds.rows();
    }
}

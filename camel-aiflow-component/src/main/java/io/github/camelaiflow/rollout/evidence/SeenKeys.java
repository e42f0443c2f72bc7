package io.github.camelaiflow.rollout.evidence;

import io.github.camelaiflow.statistics.Hash64;

/**
 * Which keys have given evidence, and by which chance they still may. Sticky assignment draws a key's arm once: its first
 * record is a draw by the share; when the share has risen from v to w, a key of the control is drawn again, by (w - v) / (1 -
 * v); all other records tell of the same draw and must not count as more.
 *
 * <p>Remembers the newest 49,000 keys at least and 98,000 at most, in 2 MB; one that is forgotten, as all are by a restart, is
 * taken for new. Not thread-safe.
 */
final class SeenKeys {

    private static final int SLOTS = 1 << 16;
    private static final int LIMIT = SLOTS / 4 * 3;
    private static final Hash64 HASH = new Hash64(0x6B657973);

    private Generation newer = new Generation();
    private Generation older = new Generation();

    /**
     * The chance by which this record's arm was drawn, given what was seen of its key.
     *
     * @param key {@code null}: none, always a draw of its own
     * @return NaN if nothing was drawn
     */
    double draw(String key, boolean treatment, double share) {
        if (key == null) {
            return share;
        }
        long hash = HASH.of(key);
        double before = newer.share(hash);
        if (Double.isNaN(before)) {
            before = older.share(hash);
        }
        if (!Double.isNaN(before) && before >= share) {
            return Double.NaN;
        }
        // A key of the treatment stays there: nothing will be drawn again.
        put(hash, treatment ? 1 : share);
        return Double.isNaN(before) ? share : (share - before) / (1 - before);
    }

    private void put(long hash, double share) {
        if (newer.size == LIMIT) {
            older = newer;
            newer = new Generation();
        }
        newer.put(hash, share);
    }

    /** A table with open addressing; grows by doubling. */
    private static final class Generation {
        private long[] hashes = new long[64];
        private double[] shares = new double[64];
        private int size;

        double share(long hash) {
            int slot = slot(hash);
            return hashes[slot] == 0 ? Double.NaN : shares[slot];
        }

        void put(long hash, double share) {
            int slot = slot(hash);
            if (hashes[slot] == 0) {
                hashes[slot] = key(hash);
                size++;
            }
            shares[slot] = share;
            if (size > hashes.length / 4 * 3 && hashes.length < SLOTS) {
                grow();
            }
        }

        private void grow() {
            long[] oldHashes = hashes;
            double[] oldShares = shares;
            hashes = new long[oldHashes.length * 2];
            shares = new double[oldHashes.length * 2];
            for (int i = 0; i < oldHashes.length; i++) {
                if (oldHashes[i] != 0) {
                    int slot = slot(oldHashes[i]);
                    hashes[slot] = oldHashes[i];
                    shares[slot] = oldShares[i];
                }
            }
        }

        private int slot(long hash) {
            long key = key(hash);
            int slot = (int) key & hashes.length - 1;
            while (hashes[slot] != 0 && hashes[slot] != key) {
                slot = slot + 1 & hashes.length - 1;
            }
            return slot;
        }

        private static long key(long hash) {
            return hash == 0 ? 1 : hash;
        }
    }
}

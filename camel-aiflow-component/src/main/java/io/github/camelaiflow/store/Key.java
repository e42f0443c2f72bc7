package io.github.camelaiflow.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text in UTF-8 within an array; from is included, to is not. */
record Key(byte[] bytes, int from, int to) {

    static Key of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Key(bytes, 0, bytes.length);
    }

    /** FNV-1a over 64 bits, started from a seed, with the last mixing of MurmurHash3. */
    int hash(long seed) {
        long hash = seed ^ 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001b3L;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (int) (hash ^ hash >>> 33);
    }

    String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, from, to, key.bytes, key.from, key.to);
    }

    @Override
    public int hashCode() {
        return hash(0);
    }

    /** Tells nothing of what it holds. */
    @Override
    public String toString() {
        return "Key[" + (to - from) + " bytes]";
    }
}

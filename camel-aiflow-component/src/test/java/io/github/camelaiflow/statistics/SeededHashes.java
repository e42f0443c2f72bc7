package io.github.camelaiflow.statistics;

/** Hashes of made-up values. */
final class SeededHashes {

    private SeededHashes() {}

    static long at(long seed, long value) {
        return new Hash64(seed).of(value);
    }
}

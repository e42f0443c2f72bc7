package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.statistics.QuantileSketch;
import java.util.HashSet;
import java.util.List;

/**
 * What a profile keeps.
 *
 * @param capacity how many values of a numeric column are kept; default {@value #DEFAULT_CAPACITY}. Up to as many, all is exact
 * @param referenceSample how many raw records are kept, drawn uniformly, for tests that need whole rows; default 0. They are written
 *     into stored profiles
 * @param seed of the draw; nodes that profile one flow must have different ones
 * @param segmentField the field whose values get a profile each; {@code null} for none
 * @param segments these values; others count in the whole alone
 */
public record ProfileOptions(int capacity, int referenceSample, long seed, String segmentField, List<String> segments) {

    /** What learned and stored profiles keep of a numeric column: rank errors are certainly below 0.7 % for a million records. */
    public static final int DEFAULT_CAPACITY = 4096;

    /** Of values, in memory and in a file. */
    public static final int MOST_CAPACITY = 1 << 20;

    /** Of raw records, in memory and in a file. */
    public static final int MOST_ROWS = 100_000;

    /** Of segments. */
    public static final int MOST_SEGMENTS = 256;

    /** No raw records, no segments. */
    public static final ProfileOptions DEFAULT = new ProfileOptions(DEFAULT_CAPACITY, 0, 0, null, List.of());

    /** @throws IllegalArgumentException if a number is out of range, or segments are named without a field or the other way round */
    public ProfileOptions {
        segments = List.copyOf(segments);
        if (capacity < QuantileSketch.MIN_CAPACITY || capacity > MOST_CAPACITY) {
            throw new IllegalArgumentException("capacity must be from " + QuantileSketch.MIN_CAPACITY + " to "
                    + MOST_CAPACITY + ", was " + capacity);
        }
        if (referenceSample < 0 || referenceSample > MOST_ROWS) {
            throw new IllegalArgumentException(
                    "referenceSample must be from 0 to " + MOST_ROWS + ", was " + referenceSample);
        }
        if ((segmentField == null) != segments.isEmpty()) {
            throw new IllegalArgumentException("segments must be a field and the values of it that get a profile each");
        }
        if (segments.size() > MOST_SEGMENTS || new HashSet<>(segments).size() < segments.size()) {
            throw new IllegalArgumentException("segments must be at most " + MOST_SEGMENTS + " different values");
        }
    }

    /** This, with so many values kept of a numeric column. */
    public ProfileOptions withCapacity(int values) {
        return new ProfileOptions(values, referenceSample, seed, segmentField, segments);
    }

    /** This, with so many raw records kept. */
    public ProfileOptions withReferenceSample(int rows) {
        return new ProfileOptions(capacity, rows, seed, segmentField, segments);
    }

    /** This, with another seed. */
    public ProfileOptions withSeed(long value) {
        return new ProfileOptions(capacity, referenceSample, value, segmentField, segments);
    }

    /** This, with a profile for each of these values of a field. */
    public ProfileOptions withSegments(String field, List<String> values) {
        return new ProfileOptions(capacity, referenceSample, seed, field, values);
    }

    ProfileOptions ofASegment() {
        return new ProfileOptions(capacity, 0, seed, null, List.of());
    }
}

package io.github.camelaiflow.statistics;

/**
 * How a quantile is read from n sorted values; the names after numpy's and pandas' {@code quantile}, whose results they
 * give. All but {@link #NEAREST_RANK} look at the position {@code (n - 1) p}, counted from 0.
 */
public enum Interpolation {
    /** The smallest value that at least the share p of the values does not exceed (numpy: {@code inverted_cdf}). */
    NEAREST_RANK,
    /** On the line between the two values next to the position: numpy's default. */
    LINEAR,
    /** The value just below the position. */
    LOWER,
    /** The value just above it. */
    HIGHER,
    /** Half way between the two. */
    MIDPOINT,
    /** The nearer of the two; half way, the one at the even position. */
    NEAREST;

    /** What this reads from the sorted values. */
    double read(double p, long count, SortedValues sorted) {
        if (this == NEAREST_RANK) {
            return sorted.at(Math.max(0, (long) Math.ceil(p * count) - 1));
        }
        double position = (count - 1) * p;
        long below = (long) Math.floor(position);
        long above = Math.min(below + 1, count - 1);
        double part = position - below;
        return switch (this) {
            case LOWER -> sorted.at(below);
            case HIGHER -> sorted.at(part == 0 ? below : above);
            case NEAREST -> sorted.at((long) Math.rint(position));
            case MIDPOINT -> part == 0 ? sorted.at(below) : between(sorted.at(below), sorted.at(above), 0.5);
            default -> between(sorted.at(below), sorted.at(above), part);
        };
    }

    /** Computed from the nearer end, as numpy does; equal ends stay what they are, infinite ones too. */
    private static double between(double low, double high, double part) {
        if (low == high || part == 0) {
            return low;
        }
        double width = high - low;
        return part < 0.5 ? low + width * part : high - width * (1 - part);
    }

    /** Sorted values by their position. */
    @FunctionalInterface
    interface SortedValues {

        /** The value at a position from 0 to the count - 1. */
        double at(long position);
    }
}

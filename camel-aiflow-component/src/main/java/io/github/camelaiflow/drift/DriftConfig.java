package io.github.camelaiflow.drift;

import java.time.Duration;
import java.util.List;

/**
 * How a flow's drift is watched.
 *
 * @param windowRecords how many records make a window; 0 if a window is a stretch of time
 * @param windowTime how long a window lasts; {@code null} if it is a number of records
 * @param falseAlarms how many records go by on average between two false alarms, over all fields together; default 10,000
 * @param fields names of the fields to watch; empty for all the reference has
 * @param seed of every random choice
 */
public record DriftConfig(int windowRecords, Duration windowTime, double falseAlarms, List<String> fields, long seed) {

    /** Windows of 1,000 records, a false alarm every 10,000 records or more seldom, all fields. */
    public static final DriftConfig DEFAULT = new DriftConfig(1000, null, 10_000, List.of(), 0);

    /** Above it a window would say more about chance than about the data. */
    private static final double HIGHEST_LEVEL = 0.1;

    /**
     * @throws IllegalArgumentException if the window is neither a positive number of records nor a positive time, or both;
     *     or falseAlarms isn't a finite number above 0
     */
    public DriftConfig {
        fields = List.copyOf(fields);
        if (windowRecords < 0 || (windowRecords > 0) == (windowTime != null)) {
            throw new IllegalArgumentException("window must be a number of records above 0 or a time, was "
                    + windowRecords + " and " + windowTime);
        }
        if (windowTime != null && (windowTime.isNegative() || windowTime.isZero())) {
            throw new IllegalArgumentException("window must be longer than 0, was " + windowTime);
        }
        if (!(falseAlarms > 0) || Double.isInfinite(falseAlarms)) {
            throw new IllegalArgumentException("falseAlarms must be a number of records above 0, was " + falseAlarms);
        }
    }

    /** This, with windows of so many records; at least 1. */
    public DriftConfig withWindow(int records) {
        return new DriftConfig(records, null, falseAlarms, fields, seed);
    }

    /** This, with windows of such a length; above 0. */
    public DriftConfig withWindow(Duration time) {
        return new DriftConfig(0, time, falseAlarms, fields, seed);
    }

    /** This, with so many records between two false alarms on average; above 0. */
    public DriftConfig withFalseAlarms(double records) {
        return new DriftConfig(windowRecords, windowTime, records, fields, seed);
    }

    /** This, watching these fields only; empty for all. */
    public DriftConfig withFields(List<String> names) {
        return new DriftConfig(windowRecords, windowTime, falseAlarms, names, seed);
    }

    /** This, with another seed. */
    public DriftConfig withSeed(long value) {
        return new DriftConfig(windowRecords, windowTime, falseAlarms, fields, value);
    }

    /**
     * The chance a window of so many records may have of a false alarm: its share {@code records / falseAlarms} of the budget, at
     * most 0.1.
     *
     * <p>Why the budget holds. Whatever the reference that was drawn, a window alarms falsely with some chance p(R), and the
     * windows are independent given R, so the run length is 1/p(R) windows on average. The tests keep the average of p(R) over
     * references at or below the level; 1/p is convex, so by Jensen's inequality the average run length is at least 1/level
     * windows, which is {@code falseAlarms} records. For windows of unequal size (a stretch of time) linearity gives: N records
     * hold at most N / falseAlarms false alarms on average.
     */
    double level(long records) {
        return Math.min(HIGHEST_LEVEL, records / falseAlarms);
    }
}

package io.github.camelaiflow.drift.report;

import java.time.Instant;

/**
 * How a page is made.
 *
 * @param about the flow or the files it is about; {@code null} if there is no name for them
 * @param time when it is made; {@code null} to leave that out
 * @param timed whether the times of windows mean anything; not so for records of a file, which all came at once
 * @param left how many records filled no window and were not compared
 */
public record Settings(String about, Instant time, boolean timed, long left) {

    /** Of a flow, as it runs. */
    public Settings(String about, Instant time) {
        this(about, time, true, 0);
    }
}

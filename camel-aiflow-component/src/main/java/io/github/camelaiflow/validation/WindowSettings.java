package io.github.camelaiflow.validation;

import java.time.Duration;

/**
 * How windows are cut.
 *
 * @param records records in a window; 0 if windows are times
 * @param time length of a window; {@code null} if it is a number of records
 * @param panes how many parts a window consists of, 1 to {@value #MAX_PANES}: a verdict comes with each part, about that and the
 *     ones before. 1 is a tumbling window
 */
public record WindowSettings(int records, Duration time, int panes) {

    /** More panes would cost memory without telling more. */
    public static final int MAX_PANES = 16;

    /** What a window of unknown size is made ready for. */
    private static final long EXPECTED_RECORDS = 1_000_000;

    /** Windows of 1,000 records, one after the other. */
    public static final WindowSettings DEFAULT = new WindowSettings(1000, null, 1);

    /** @throws IllegalArgumentException naming what is wrong */
    public WindowSettings {
        if ((records > 0) == (time != null) || (time != null && (time.isZero() || time.isNegative()))) {
            throw new IllegalArgumentException("window must be a number of records or a time, above 0");
        }
        if (panes < 1 || panes > MAX_PANES) {
            throw new IllegalArgumentException("panes must be from 1 to " + MAX_PANES + ", was " + panes);
        }
        if (time == null && records % panes != 0) {
            throw new IllegalArgumentException(
                    "window must be a multiple of panes, was " + records + " records in " + panes + " panes");
        }
    }

    int paneRecords() {
        return records / panes;
    }

    Duration paneTime() {
        return time.dividedBy(panes);
    }

    long expectedPaneRecords() {
        return time == null ? paneRecords() : EXPECTED_RECORDS / panes;
    }
}

package io.github.camelaiflow.drift;

/**
 * The verdict that holds for a segment and its last report.
 *
 * @param report {@code null} before the first
 */
record Known(DriftStatus status, DriftReport report) {

    static final Known NOTHING = new Known(DriftStatus.INSUFFICIENT_DATA, null);

    Known and(DriftReport next) {
        boolean holds = status == DriftStatus.DRIFTED && next.status() == DriftStatus.INSUFFICIENT_DATA;
        return new Known(holds ? status : next.status(), next);
    }
}

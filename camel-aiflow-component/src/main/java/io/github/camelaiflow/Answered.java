package io.github.camelaiflow;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.Outcome;

/**
 * What came of one record, and who answered.
 *
 * @param version the version that answered, or would have
 * @param sha256 its file's digest; {@code null} for an object
 * @param role as whom it was asked
 */
record Answered(Outcome outcome, String version, String sha256, ServedBy role) {

    /** Who answered. That a stand-in did says more than that it remembered its answer. */
    ServedBy servedBy() {
        ServedBy standIn = outcome.standIn();
        return standIn == null || role == ServedBy.FALLBACK && standIn == ServedBy.CACHE ? role : standIn;
    }
}

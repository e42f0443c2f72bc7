package io.github.camelaiflow;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.Outcome;

/**
 * What came of one record, and who answered.
 *
 * @param version the version that answered, or would have
 * @param sha256 its file's digest; {@code null} for an object
 */
record Answered(Outcome outcome, String version, String sha256, ServedBy servedBy) {}

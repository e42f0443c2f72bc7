package io.github.camelaiflow.validation;

import java.util.Locale;

/** What follows when an expectation fails. */
public enum Severity {
    /** The record or batch is invalid. */
    CRITICAL,
    /** The record stays valid and is marked. */
    WARNING,
    /** The record stays valid; the failure is counted. */
    INFO;

    /** The name as GX writes it: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

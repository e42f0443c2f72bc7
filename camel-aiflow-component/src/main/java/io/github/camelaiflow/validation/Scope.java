package io.github.camelaiflow.validation;

/** What a validation is about. */
public enum Scope {
    /** Each record by itself: row expectations only. */
    RECORD,
    /** All records together, as GX judges a data frame. */
    BATCH,
    /** The records of many calls, in bounded memory. */
    WINDOW
}

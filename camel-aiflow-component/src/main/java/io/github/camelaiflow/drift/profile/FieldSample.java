package io.github.camelaiflow.drift.profile;

/** One column of a sample, ready to be compared. Immutable. */
public sealed interface FieldSample permits NumberSample, CategorySample {

    /** What the values were. */
    ValueCounts counts();
}

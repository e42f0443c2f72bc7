package io.github.camelaiflow.drift;

/** One field of a sample, ready to be compared. Immutable. */
sealed interface FieldSample permits NumberSample, CategorySample {

    ValueCounts counts();
}

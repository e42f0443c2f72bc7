package io.github.camelaiflow.drift;

/** Numbers. {@code sorted} holds the finite ones and is not to be changed. */
record NumberSample(double[] sorted, ValueCounts counts) implements FieldSample {}

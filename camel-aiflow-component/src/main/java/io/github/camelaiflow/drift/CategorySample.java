package io.github.camelaiflow.drift;

import java.util.Map;

/** Categories with how often each occurred. */
record CategorySample(Map<String, Integer> categories, ValueCounts counts) implements FieldSample {}

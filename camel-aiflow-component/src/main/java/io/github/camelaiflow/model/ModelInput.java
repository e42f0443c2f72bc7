package io.github.camelaiflow.model;

import java.util.List;
import java.util.Map;

/** What a model is asked with. */
public sealed interface ModelInput {

    /** Named values per record; see {@link io.github.camelaiflow.data.Records} for the values' types. */
    record Rows(List<Map<String, Object>> rows) implements ModelInput {}

    /**
     * Arrays by input name: Java arrays ({@code float[]}, {@code long[][]}, {@code String[]}, …). The name {@code ""}
     * stands for the sole input of a model that has just one. An array of the input's rank holds one row per element of
     * its first dimension; an array of one rank less is a single row.
     */
    record Tensors(Map<String, Object> arrays) implements ModelInput {}
}

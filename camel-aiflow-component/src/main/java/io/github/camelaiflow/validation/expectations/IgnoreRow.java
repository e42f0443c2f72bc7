package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Values;
import java.util.List;
import java.util.Map;

/** GX's {@code ignore_row_if}: when a record counts as missing for an expectation of several columns. */
enum IgnoreRow {
    ALL_MISSING,
    ANY_MISSING,
    NEVER;

    /** GX's words for pairs of columns. */
    static final Map<String, IgnoreRow> PAIR = Map.of(
            "both_values_are_missing",
            ALL_MISSING,
            "either_value_is_missing",
            ANY_MISSING,
            "neither",
            NEVER,
            "never",
            NEVER);

    /** GX's words for lists of columns. */
    static final Map<String, IgnoreRow> LIST =
            Map.of("all_values_are_missing", ALL_MISSING, "any_value_is_missing", ANY_MISSING, "never", NEVER);

    boolean ignores(List<Object> values) {
        return switch (this) {
            case ALL_MISSING -> values.stream().allMatch(Values::missing);
            case ANY_MISSING -> values.stream().anyMatch(Values::missing);
            case NEVER -> false;
        };
    }
}

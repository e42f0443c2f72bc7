package io.github.camelaiflow.validation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One expectation of a suite, already checked: its type is known and its arguments fit.
 *
 * @param type GX's name of it, such as {@code expect_column_values_to_be_between}
 * @param column the field it judges
 * @param kwargs its arguments as written, {@code column} and {@code mostly} included
 * @param mostly the share of judged values, 0 to 1, that must meet it in a batch; GX's default is 1
 * @param severity what follows when it fails
 * @param meta what its author noted; empty if nothing
 * @param id its identity; {@code null} if it has none
 */
public record Expectation(
        String type,
        String column,
        Map<String, Object> kwargs,
        double mostly,
        Severity severity,
        Map<String, Object> meta,
        String id) {

    public Expectation {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(severity, "severity");
        kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(kwargs));
        meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
    }
}

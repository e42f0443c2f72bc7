package io.github.camelaiflow.records;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the cells of CSV columns are read, so that later files are read as the first ones were. Immutable.
 *
 * @param types by column; a column that is not named is read as text
 */
public record ColumnTypes(Map<String, CellType> types) {

    /** Every cell stays the text it is, as Camel's own CSV formats hand it on. */
    public static final ColumnTypes TEXTS = new ColumnTypes(Map.of());

    public ColumnTypes {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    CellType of(String column) {
        return types.getOrDefault(column, CellType.TEXT);
    }

    /** The types that hold the cells of both. */
    public ColumnTypes with(ColumnTypes other) {
        Map<String, CellType> both = new LinkedHashMap<>(types);
        other.types.forEach((column, type) -> both.merge(column, type, CellType::with));
        return new ColumnTypes(both);
    }
}

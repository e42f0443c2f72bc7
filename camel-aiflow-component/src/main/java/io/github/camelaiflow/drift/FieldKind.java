package io.github.camelaiflow.drift;

import io.github.camelaiflow.data.FieldType;

/** How a field's values are compared. */
enum FieldKind {
    NUMBER,
    CATEGORY,
    BOOLEAN;

    /** {@code null} for a type that is not compared. */
    static FieldKind of(FieldType type) {
        if (type.numeric()) {
            return NUMBER;
        }
        if (type == FieldType.TEXT) {
            return null;
        }
        return type == FieldType.BOOLEAN ? BOOLEAN : CATEGORY;
    }

    Column column() {
        return this == NUMBER ? new NumberColumn() : new CategoryColumn(this == BOOLEAN);
    }
}

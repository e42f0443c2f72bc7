package io.github.camelaiflow.drift.profile;

/**
 * A field that nobody declared: numbers if only numbers come, categories if no number comes, else left out. That depends on which
 * values come alone, not on their order or split. Not thread-safe.
 */
final class OpenColumn {

    static final String MIXED = "some values are numbers and some are not; declare its type";

    private final NumberProfile numbers;
    private final CategoryProfile others = new CategoryProfile(FieldKind.CATEGORY);

    OpenColumn(int capacity) {
        numbers = new NumberProfile(FieldKind.NUMBER, capacity);
    }

    void add(Object value) {
        (value instanceof Number ? numbers : others).add(value);
    }

    /** A copy of what it came to be; {@code null} if it is mixed. */
    ColumnProfile resolved(int capacity) {
        boolean numeric = numbers.values() + numbers.others() > 0;
        if (numeric && others.values() > 0) {
            return null;
        }
        ColumnProfile column = (numeric ? numbers : others).copy(capacity);
        if (numeric) {
            column.addOthers(others.others(), 0);
        }
        return column;
    }
}

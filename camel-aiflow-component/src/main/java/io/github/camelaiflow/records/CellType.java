package io.github.camelaiflow.records;

import java.util.Locale;

/** What the cells of a CSV column are, seen together. */
public enum CellType {
    /** Whole numbers that fit a long: {@code Long}. */
    INTEGER,
    /** Finite decimal numbers: {@code Double}. */
    NUMBER,
    /** {@code true} and {@code false} in any case: {@code Boolean}. */
    BOOLEAN,
    /** Anything else: {@code String}, as it stands there. */
    TEXT;

    private static final int LONG_DIGITS = 18;

    /** The narrowest type of one cell that is not blank. */
    static CellType of(String cell) {
        String text = cell.strip();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return BOOLEAN;
        }
        int digits = text.startsWith("-") ? 1 : 0;
        boolean whole = text.length() > digits && text.length() - digits <= LONG_DIGITS;
        boolean number = text.length() > digits;
        for (int i = digits; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            whole &= digit;
            number &= digit || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
        }
        if (!number || leadingZero(text, digits)) {
            return TEXT;
        }
        return whole ? INTEGER : finite(text) ? NUMBER : TEXT;
    }

    /** A code such as 00123 is no number: as one it would lose its zeros. */
    private static boolean leadingZero(String text, int first) {
        return text.length() > first + 1 && text.charAt(first) == '0' && Character.isDigit(text.charAt(first + 1));
    }

    private static boolean finite(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The narrowest type that holds both. */
    CellType with(CellType other) {
        if (other == null || other == this) {
            return this;
        }
        boolean numbers = this != TEXT && other != TEXT && this != BOOLEAN && other != BOOLEAN;
        return numbers ? NUMBER : TEXT;
    }

    /** The cell as a value of this type; as the text it is if it is not of this type, {@code null} if it is blank. */
    Object value(String cell) {
        if (cell == null || cell.isBlank()) {
            return null;
        }
        CellType own = this == TEXT ? TEXT : of(cell);
        if (own == BOOLEAN && this == BOOLEAN) {
            return Boolean.valueOf(cell.strip().toLowerCase(Locale.ROOT));
        }
        if (this == INTEGER && own == INTEGER) {
            return Long.valueOf(cell.strip());
        }
        boolean number = this == NUMBER || this == INTEGER;
        return number && (own == INTEGER || own == NUMBER) ? (Object) Double.valueOf(cell.strip()) : cell;
    }
}

package io.github.camelaiflow.drift.profile;

import java.math.BigDecimal;
import java.time.temporal.TemporalAccessor;
import java.util.Map;

/** How profiles, references and windows alike read the values of records. */
public final class FieldValue {

    /** Stands for a value that could not even be read, or is of a type the column does not take. */
    public static final Object UNREADABLE = new Object();

    private static final int LONGEST = 128;
    private static final int BEGINNING = 64;
    private static final int PLAIN_DIGITS = 30;
    private static final int SHAPED = 256;
    private static final String CLASSES = "Aax9 .o";

    private FieldValue() {}

    /** What is kept of a free text that was read from a file. */
    record Traits(int length, String shape) {

        /** {@code null} for an empty text. */
        static Traits of(CharSequence text) {
            return text.length() == 0 ? null : new Traits(text.length(), FieldValue.shape(text));
        }
    }

    /**
     * A field's value. A row is a view over whatever came; one that cannot be read is a finding, not a reason to fail the exchange.
     *
     * @return {@code null} if the row or the field is missing, {@link #UNREADABLE} if the row throws
     */
    public static Object of(Map<String, Object> row, String field) {
        if (row == null) {
            return null;
        }
        try {
            return row.get(field);
        } catch (RuntimeException e) {
            return UNREADABLE;
        }
    }

    /**
     * What of a value is kept until it is counted as a category: nothing large, nothing that can change.
     *
     * @return the value, the text that stands for it, {@code null} if it is missing, or {@link #UNREADABLE}
     */
    public static Object kept(Object value) {
        if (value instanceof Boolean || value == null) {
            return value;
        }
        if (value instanceof CharSequence text) {
            return text.length() == 0 ? null : bounded(text);
        }
        boolean taken = value instanceof Number
                || value instanceof Enum<?>
                || value instanceof TemporalAccessor
                || value instanceof Character;
        return taken ? value : UNREADABLE;
    }

    /**
     * The text of a category. A number is the same category as its shortest decimal text, so that 3, 3.0 and "3" from different
     * formats agree.
     *
     * @param value one that {@link #kept} gave; neither {@code null} nor {@link #UNREADABLE}
     */
    public static String category(Object value) {
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
            // Plain digits of 1e1000000000 would fill the memory.
            return Math.abs(number.scale()) <= PLAIN_DIGITS ? number.toPlainString() : number.toString();
        }
        return wellFormed(value.toString());
    }

    /** With U+FFFD for what is no character, an unpaired surrogate, so that every store and file can keep it. */
    private static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++; // both
            } else if (Character.isSurrogate(c)) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return mended == null ? text : mended.toString();
    }

    /** Which counts as missing. */
    public static boolean isNaN(Object value) {
        return value instanceof Double number && number.isNaN() || value instanceof Float single && single.isNaN();
    }

    /** Which cannot be compared. */
    public static boolean isInfinite(Object value) {
        return value instanceof Double number && number.isInfinite()
                || value instanceof Float single && single.isInfinite();
    }

    /** The text itself, or beginning, length and hash of a long one. */
    public static String bounded(CharSequence text) {
        String string = text.toString();
        return string.length() <= LONGEST
                ? string
                : string.substring(0, BEGINNING) + "…" + string.length() + "#" + string.hashCode();
    }

    /**
     * The kinds of characters in a text, each once, in the order they first occur: {@code A} upper case, {@code a} lower case,
     * {@code x} other letters, {@code 9} digits, a blank for white space, {@code .} punctuation of ASCII, {@code o} all else.
     * "Hello World 12" is {@code Aa 9}, "2024-11-22" is {@code 9.}. Of a long text its first 256 characters.
     */
    public static String shape(CharSequence text) {
        char[] shape = new char[CLASSES.length()];
        int seen = 0;
        int size = 0;
        for (int i = 0; i < Math.min(text.length(), SHAPED) && size < shape.length; i++) {
            int kind = kind(text.charAt(i));
            if ((seen & 1 << kind) == 0) {
                seen |= 1 << kind;
                shape[size++] = CLASSES.charAt(kind);
            }
        }
        return new String(shape, 0, size);
    }

    private static int kind(char c) {
        if (Character.isLowerCase(c)) {
            return 1;
        } else if (Character.isUpperCase(c)) {
            return 0;
        } else if (Character.isLetter(c)) {
            return 2;
        } else if (Character.isDigit(c)) {
            return 3;
        } else if (Character.isWhitespace(c)) {
            return 4;
        }
        return c > ' ' && c < 0x7F ? 5 : 6;
    }
}

package io.github.camelaiflow.validation.python;

/** A text that can be read only so often: what stops a regular expression that would backtrack for ever. */
public final class BoundedText implements CharSequence {

    public static final int FREE_READS = 1_000_000;
    public static final int READS_PER_CHARACTER = 16;

    /** More was read than allowed. */
    public static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private static final Exhausted INSTANCE = new Exhausted();

        private Exhausted() {
            super(null, null, false, false);
        }
    }

    private final String text;
    private long readsLeft;

    public BoundedText(String text) {
        this.text = text;
        this.readsLeft = FREE_READS + (long) READS_PER_CHARACTER * text.length();
    }

    /** @throws Exhausted if all reads are used up */
    @Override
    public char charAt(int index) {
        if (--readsLeft < 0) {
            throw Exhausted.INSTANCE;
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.github.camelaiflow.validation;

import java.util.List;

/**
 * What the values of one column look like. Immutable. Categories, minimum, maximum and quantiles are values of records: a
 * profile belongs nowhere where values must not be.
 *
 * @param column its name
 * @param kind what kind of values it has
 * @param records how many records there were
 * @param missing how many of them have no value: absent, {@code null} or NaN
 * @param distinct how many different values there are, lists, maps and bytes left out; {@code null} for windows of more than 8
 *     panes, whose memory does not suffice
 * @param numbers the numbers among the values; {@code null} if there are none
 * @param lengths how long the texts among the values are; {@code null} if there are none
 * @param categories the most frequent values that are no numbers, the most frequent first, {@value #MOST_CATEGORIES} at most
 * @param other how many values are neither numbers nor among the categories, at most
 */
public record ColumnProfile(
        String column,
        Kind kind,
        long records,
        long missing,
        Distinct distinct,
        Numbers numbers,
        Lengths lengths,
        List<Category> categories,
        long other) {

    /** How many categories a profile tells at most. */
    public static final int MOST_CATEGORIES = 20;

    /** A category's text is cut after so many characters, and the cut marked by an ellipsis. */
    public static final int MOST_CHARACTERS = 48;

    public ColumnProfile {
        categories = List.copyOf(categories);
    }

    /** How many values there are. */
    public long present() {
        return records - missing;
    }

    /** A text as {@link Category} holds it: cut if it is long. */
    public static String category(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    /** Without any value. */
    @Override
    public String toString() {
        return "ColumnProfile[column=" + column + ", kind=" + kind + ", records=" + records + ", missing=" + missing
                + "]";
    }

    /** What kind of values a column has. */
    public enum Kind {
        /** No value at all. */
        EMPTY,
        /** Numbers only. */
        NUMBER,
        /** Texts only, categories among them. */
        TEXT,
        /** True and false only. */
        BOOLEAN,
        /** Dates and times of {@code java.time} only. */
        TIME,
        /** Lists, maps or bytes only. */
        NESTED,
        /** Values of more than one kind. */
        MIXED
    }

    /**
     * A number of different values.
     *
     * @param estimate the most likely
     * @param lower at least so many, with {@code confidence}
     * @param upper at most so many, with {@code confidence}
     * @param confidence how surely the bounds hold, from 0 to 1; 1 if the number is exact
     */
    public record Distinct(long estimate, long lower, long upper, double confidence) {}

    /**
     * Numbers of a column.
     *
     * @param count how many finite ones
     * @param infinite how many infinite ones; nothing else counts them
     * @param whole whether all finite ones are without a fraction
     * @param min the smallest, exact
     * @param max the largest, exact
     * @param mean their mean
     * @param standardDeviation of where they come from (ddof 1); {@code null} for a single one
     * @param quantiles the 5 %, 25 %, 50 %, 75 % and 95 % quantiles
     * @param rankError by how much a quantile's true share may differ from its own, and by half of what share of the count a
     *     histogram's bin may be off; 0 if exact
     * @param histogram how they are distributed
     */
    public record Numbers(
            long count,
            long infinite,
            boolean whole,
            double min,
            double max,
            double mean,
            Double standardDeviation,
            List<Quantile> quantiles,
            double rankError,
            Histogram histogram) {

        public Numbers {
            quantiles = List.copyOf(quantiles);
        }
    }

    /** The value below which a share, 0 to 1, lies. */
    public record Quantile(double share, double value) {}

    /** Characters (UTF-16 units) of texts. */
    public record Lengths(int min, int max, double mean) {}

    /** A value as text, how often it came at least, and at most; the same if exact. */
    public record Category(String value, long atLeast, long atMost) {}
}

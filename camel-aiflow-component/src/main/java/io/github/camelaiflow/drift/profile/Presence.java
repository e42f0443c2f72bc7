package io.github.camelaiflow.drift.profile;

/**
 * What the values of a column were, over all records.
 *
 * @param values how many can be compared: finite numbers, or categories
 * @param missing absent, null, NaN or an empty text
 * @param wrongType of a type the column does not take
 * @param infinite infinite numbers
 */
public record Presence(long values, long missing, long wrongType, long infinite) {

    /** All of them: the number of records. */
    public long records() {
        return values + missing + wrongType + infinite;
    }

    /** The same shares, as a sample's counts; exact where all fits. What occurs once stays. */
    ValueCounts counts(double scale) {
        return new ValueCounts(
                scaled(values, scale), scaled(missing, scale), scaled(wrongType, scale), scaled(infinite, scale));
    }

    static int scaled(long count, double scale) {
        return (int) (scale == 1 || count == 0 ? count : Math.max(1, Math.round(count * scale)));
    }
}

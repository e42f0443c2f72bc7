package io.github.camelaiflow.drift.profile;

/**
 * What a field's values in a sample were.
 *
 * @param values how many could be compared: finite numbers, or categories
 * @param missing absent, null, NaN or an empty string
 * @param wrongType of a type the field does not take, such as text where numbers are expected
 * @param infinite infinite numbers
 */
public record ValueCounts(int values, int missing, int wrongType, int infinite) {

    /** All of them: the size of the sample. */
    public int total() {
        return values + missing + wrongType + infinite;
    }

    /** The four, in order. */
    public int[] table() {
        return new int[] {values, missing, wrongType, infinite};
    }
}

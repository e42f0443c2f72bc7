package io.github.camelaiflow.validation;

import java.util.List;

/**
 * A record that fails something, and why.
 *
 * @param index its place in the batch, from 0
 * @param key the value of its key field; {@code null} if it has none or the schema declares none. Kept out of
 *     {@link #toString()} and of every JSON without values
 * @param reasons never empty; expectations in the order of schema and suite, then Jakarta constraints by path
 */
public record FlaggedRecord(int index, Object key, List<Reason> reasons) {

    public FlaggedRecord {
        reasons = List.copyOf(reasons);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "FlaggedRecord[index=" + index + ", reasons=" + reasons + "]";
    }
}

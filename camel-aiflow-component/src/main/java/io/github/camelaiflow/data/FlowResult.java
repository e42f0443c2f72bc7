package io.github.camelaiflow.data;

/**
 * What a step leaves on an exchange. Immutable. {@link Object#toString()} is JSON that shows no value of a record, because
 * logs and message dumps convert headers to text; {@link #toJson()} is the full form.
 */
public interface FlowResult {

    /** The full form, with values of the records where there are any. */
    String toJson();
}

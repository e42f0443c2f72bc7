package io.github.camelaiflow.claims;

/** What was planted into a claim to make it a bad record. */
public enum Defect {
    /** Nothing: the claim is as it should be. */
    NONE,
    /** {@code claim_amount} is null. */
    MISSING_AMOUNT,
    /** {@code claim_amount} is below zero. */
    NEGATIVE_AMOUNT,
    /** {@code claim_amount} is not a number (NaN). JSON has no NaN: there it is the text {@code "NaN"}. */
    NAN_AMOUNT,
    /** {@code claim_type} is none of the known ones. */
    UNKNOWN_TYPE,
    /**
     * {@code claim_amount} is text. Readable as a map and as JSON, and then invalid; Avro bytes are written with a schema
     * of their own that nobody knows, and cannot be decoded.
     */
    WRONG_TYPE,
    /** The bytes are cut short. As a map the claim is as it should be. */
    UNDECODABLE
}

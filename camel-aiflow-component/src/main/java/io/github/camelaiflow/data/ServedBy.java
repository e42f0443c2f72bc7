package io.github.camelaiflow.data;

/** Who answered, as header {@code CamelAiflowServedBy} and the decision's {@code servedBy} write it. */
public enum ServedBy {
    /** The version the flow serves. */
    PRIMARY("primary"),
    /** The version under trial. */
    CANARY("canary"),
    /** Another arm of an A/B split. */
    VARIANT("variant"),
    /** What stands in while the model cannot answer. */
    FALLBACK("fallback"),
    /** The last answer known to be good. */
    LAST_GOOD("last-good"),
    /** A fixed answer. */
    DEFAULT("default"),
    /** A remembered answer. */
    CACHE("cache");

    private final String text;

    ServedBy(String text) {
        this.text = text;
    }

    /** The word as headers and decisions write it. */
    @Override
    public String toString() {
        return text;
    }
}

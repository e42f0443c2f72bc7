package io.github.camelaiflow.validation.expectations;

import java.util.List;
import java.util.Map;

/**
 * What became of a {@link BatchCheck}.
 *
 * @param success whether the expectation is met
 * @param observed GX's {@code observed_value}; {@code null} where GX has none or there was nothing to observe
 * @param details GX's {@code details}; empty where GX has none
 * @param unexpected the records that don't meet it, for expectations GX counts as map expectations; {@code null} for others
 * @param approximation how exact it is; {@code null} if exact
 * @param error why it could not be judged; {@code null} if it could. It then is no success
 */
public record Finding(
        boolean success,
        Object observed,
        Map<String, Object> details,
        Unexpected unexpected,
        Approximation approximation,
        String error) {

    /**
     * Records that don't meet a map expectation.
     *
     * @param count how many
     * @param values their values, the first of them or all
     * @param indexes their places, as many as values
     */
    public record Unexpected(int count, List<Object> values, List<Integer> indexes) {}

    /** An aggregate was observed exactly. */
    public static Finding observed(boolean success, Object observed) {
        return new Finding(success, observed, Map.of(), null, null, null);
    }

    /** An aggregate was observed exactly, with more to tell. */
    public static Finding observed(boolean success, Object observed, Map<String, Object> details) {
        return new Finding(success, observed, details, null, null, null);
    }

    /** A map expectation was judged exactly. */
    public static Finding judged(boolean success, Unexpected unexpected) {
        return new Finding(success, null, Map.of(), unexpected, null, null);
    }

    /** It could not be judged. */
    public static Finding failed(String error) {
        return new Finding(false, null, Map.of(), null, null, error);
    }

    /** The same, known only as exactly as that. */
    public Finding within(Approximation bound) {
        return new Finding(success, observed, details, unexpected, bound, error);
    }
}

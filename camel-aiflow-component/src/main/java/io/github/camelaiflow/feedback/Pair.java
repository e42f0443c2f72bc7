package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import java.time.Duration;
import java.time.Instant;

/**
 * A joined pair as feedback sees it. Immutable.
 *
 * @param version that answered; {@link #UNKNOWN} if that cannot be read
 * @param outcome {@code null} if it cannot be read or its truth is none for such a prediction
 * @param late whether the truth was known later than the time limit allows
 * @param time when it was predicted
 * @param delay from then until it was joined; not negative
 */
record Pair(String version, Outcome outcome, boolean late, Instant time, Duration delay) {

    static final String UNKNOWN = "(unknown)";

    private static final double WHOLE = 1e15;

    static Pair of(Joined joined, Duration limit) {
        Instant time = joined.left().time();
        boolean late = Duration.between(time, joined.right().time()).compareTo(limit) > 0;
        Duration delay = Duration.between(time, joined.joinedAt());
        String version = UNKNOWN;
        Outcome outcome = null;
        try {
            Predicted predicted = Codec.predicted(joined.left());
            version = predicted.version();
            outcome = new Outcome(predicted, fitting(predicted, Codec.truth(joined.right())));
        } catch (IllegalArgumentException unreadable) {
            // counted by who asks: the rest of the feed must go on
        }
        return new Pair(version, outcome, late, time, delay.isNegative() ? Duration.ZERO : delay);
    }

    /** The version of a prediction, {@link #UNKNOWN} if it cannot be read. */
    static String version(Left left) {
        try {
            return Codec.predicted(left).version();
        } catch (IllegalArgumentException unreadable) {
            return UNKNOWN;
        }
    }

    /** The truth as the prediction has it: systems that send labels often take 1 for "1", or a text for a number. */
    private static Truth fitting(Predicted predicted, Truth truth) {
        if ((predicted.label() == null) == (truth.label() == null)) {
            return truth;
        }
        if (predicted.label() != null) {
            return new Truth(text(truth.value()), Double.NaN, truth.selection(), truth.time());
        }
        double value = Double.parseDouble(truth.label());
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the truth of a value must be finite");
        }
        return new Truth(null, value, truth.selection(), truth.time());
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < WHOLE
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}

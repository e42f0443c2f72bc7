package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import java.time.Duration;
import java.util.Objects;

/**
 * How labels are joined.
 *
 * @param limit how long a prediction waits for its label, and a label for its prediction
 * @param buffer how many predictions may wait for the store
 * @param retention how long joined pairs are kept: so far back a node reads them when it starts, and so long a label is known
 * @param loss what is told of a pair that this node joined
 * @param mostError the greatest error of a value that matters; NaN if the loss is none of values
 */
public record FeedbackConfig(Duration limit, int buffer, Duration retention, Loss loss, double mostError) {

    private static final Duration LEAST = Duration.ofSeconds(1);

    /** Labels may take 30 days, 10,000 predictions may wait for the store, pairs are kept for 90 days; the loss is that of labels. */
    public static final FeedbackConfig DEFAULT =
            new FeedbackConfig(Duration.ofDays(30), 10_000, Duration.ofDays(90), Loss.ERROR, Double.NaN);

    /** @throws IllegalArgumentException if a setting cannot be */
    public FeedbackConfig {
        require(limit.compareTo(LEAST) >= 0, "the time limit must be at least a second");
        require(buffer > 0, "the buffer must hold at least one prediction");
        require(retention.compareTo(LEAST) >= 0, "retention must be at least a second");
        Objects.requireNonNull(loss, "loss");
        require(
                !loss.regression() || mostError > 0 && !Double.isInfinite(mostError),
                "a loss of values needs the greatest error that matters, above 0");
    }

    double loss(Outcome outcome) {
        return loss.of(outcome, mostError);
    }

    private static void require(boolean holds, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException(requirement);
        }
    }
}

package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.data.Decision;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Message;

/**
 * The decisions a message's headers stand for. Only headers holding our own result types count: text that came from outside
 * under these names says nothing.
 */
final class Decisions {

    private Decisions() {}

    /** Whether the message's prediction is that of a batch. */
    static boolean batch(Message message) {
        return message.getHeader(AiflowConstants.PREDICTION) instanceof Predictions;
    }

    /** Whether each record of the batch must have a decision of its own. */
    static boolean delivered(Message message) {
        return batch(message)
                && message.getExchange() != null
                && message.getExchange().getProperty(AiflowConstants.DELIVERED) != null;
    }

    /**
     * The decisions, one per prediction, in order.
     *
     * @throws IllegalStateException if no infer step ran before
     */
    static List<Decision> of(Message message) {
        Object predictions = message.getHeader(AiflowConstants.PREDICTION);
        String drift = message.getHeader(AiflowConstants.DRIFT_REPORT) instanceof DriftReport
                ? message.getHeader(AiflowConstants.DRIFT, String.class)
                : null;
        if (predictions instanceof Prediction prediction) {
            return List.of(Decision.of(prediction, valid(message, 0), drift));
        }
        if (predictions instanceof Predictions list) {
            return IntStream.range(0, list.size())
                    .mapToObj(i -> Decision.of(list.get(i), valid(message, i), drift))
                    .toList();
        }
        throw new IllegalStateException("a decision needs an aiflow:infer step before it in the route");
    }

    /** After a split only good records are left, with indexes of their own. */
    private static Boolean valid(Message message, int index) {
        if (!(message.getHeader(AiflowConstants.VALIDATION) instanceof ValidationResult result)
                || result.valid() == null) {
            return null;
        }
        return message.getHeader(AiflowConstants.REJECTED) != null
                || result.rejected().stream().noneMatch(record -> record.index() == index);
    }
}

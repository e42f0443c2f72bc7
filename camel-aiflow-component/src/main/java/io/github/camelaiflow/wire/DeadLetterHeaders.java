package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.Failure;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.SteeringHeaders;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Writes why an exchange became a dead letter into headers that cross transports. Use it as {@code onPrepareFailureRef} of a
 * dead-letter channel with {@code useOriginalMessage}. Never throws, and writes no value of the record.
 *
 * <p>{@code aiflow-error-stage} is {@code decode}, {@code validate}, {@code infer} or {@code route};
 * {@code aiflow-error-reason} a stable word: a reason of the data, {@code MODEL}, {@code MODEL_RETRYABLE},
 * {@code SCHEMA_REGISTRY}, {@code UNKNOWN} or the simple name of another exception; {@code aiflow-error-fields} the fields'
 * names, comma-separated; topic, partition and offset stand there where the message came from Kafka, whose key it keeps;
 * {@code aiflow-error-decision-id} where a prediction had been made.
 */
public final class DeadLetterHeaders implements Processor {

    /** What all these headers begin with. */
    public static final String PREFIX = SteeringHeaders.ERROR;

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        DeadLetterMark.mark(exchange);
        boolean fromKafka = KafkaRecords.isFrom(exchange);
        Optional<Origin> origin = fromKafka ? KafkaRecords.origin(message) : Optional.empty();
        Object key = fromKafka ? message.getHeader(KafkaRecords.KEY) : null;
        // The original message still holds what a sender set: nothing of it may steer where the dead letter goes.
        InboundEdge.strip(message);
        describe(message, Failure.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
        set(message, "route", exchange.getFromRouteId());
        origin.ifPresent(known -> {
            set(message, "topic", known.topic());
            set(message, "partition", known.partition());
            set(message, "offset", known.offset());
        });
        set(message, "decision-id", exchange.getProperty(AiflowConstants.PREDICTION_ID));
        if (key != null) {
            message.setHeader(KafkaRecords.KEY, key);
        }
    }

    private static void describe(Message message, Failure failure) {
        set(message, "stage", failure.stage());
        set(message, "reason", failure.reason());
        if (!failure.fields().isEmpty()) {
            set(message, "fields", String.join(",", failure.fields()));
        }
    }

    private static void set(Message message, String name, Object value) {
        if (value != null) {
            message.setHeader(PREFIX + name, value.toString());
        }
    }
}

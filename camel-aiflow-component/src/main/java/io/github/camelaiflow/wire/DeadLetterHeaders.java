package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.Failure;
import org.apache.camel.Endpoint;
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
    public static final String PREFIX = "aiflow-error-";

    private static final String KAFKA_KEY = "kafka.KEY";
    private static final String KAFKA_TOPIC = "kafka.TOPIC";
    private static final String KAFKA_PARTITION = "kafka.PARTITION";
    private static final String KAFKA_OFFSET = "kafka.OFFSET";

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("(?i)" + PREFIX + ".*");
        DeadLetterMark.mark(exchange);
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        describe(message, Failure.of(caught));
        set(message, "route", exchange.getFromRouteId());
        if (fromKafka(exchange)) {
            set(message, "topic", message.getHeader(KAFKA_TOPIC));
            set(message, "partition", message.getHeader(KAFKA_PARTITION));
            set(message, "offset", message.getHeader(KAFKA_OFFSET));
        }
        set(message, "decision-id", exchange.getProperty(AiflowConstants.PREDICTION_ID));
        Object key = fromKafka(exchange) ? message.getHeader(KAFKA_KEY) : null;
        // The original message still holds what a sender set: nothing of it may steer where the dead letter goes.
        message.removeHeaders("(?i)(camel|kafka\\.).*");
        if (key != null) {
            message.setHeader(KAFKA_KEY, key);
        }
    }

    /** Only Kafka's own consumer is believed about topic and key. */
    private static boolean fromKafka(Exchange exchange) {
        Endpoint from = exchange.getFromEndpoint();
        return from != null && from.getEndpointUri().startsWith("kafka:");
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

package io.github.camelaiflow.wire;

import io.github.camelaiflow.delivery.Origin;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What Camel's Kafka consumer says about the records it hands on. Nobody else is believed: a sender can set any header. */
public final class KafkaRecords {

    /** Header of a record's key. */
    public static final String KEY = "kafka.KEY";

    private static final String TOPIC = "kafka.TOPIC";
    private static final String PARTITION = "kafka.PARTITION";
    private static final String OFFSET = "kafka.OFFSET";
    private static final String COMPONENT = "org.apache.camel.component.kafka.";

    private KafkaRecords() {}

    /** Whether the exchange was made by the Kafka consumer. */
    public static boolean isFrom(Exchange exchange) {
        return comeFrom(exchange.getFromEndpoint());
    }

    /** Whether the endpoint, if there is one, is Kafka's, whatever name the component goes by. */
    static boolean comeFrom(Endpoint from) {
        return from != null && from.getClass().getName().startsWith(COMPONENT);
    }

    /** The origin in the headers the consumer set; empty if they are not all there, each of the type the consumer gives it. */
    public static Optional<Origin> origin(Message message) {
        return message.getHeader(TOPIC) instanceof String topic
                        && message.getHeader(PARTITION) instanceof Integer partition
                        && message.getHeader(OFFSET) instanceof Long offset
                ? Optional.of(new Origin(topic, partition, offset))
                : Optional.empty();
    }
}

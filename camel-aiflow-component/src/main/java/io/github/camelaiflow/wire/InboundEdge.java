package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.SteeringHeaders;
import io.github.camelaiflow.lint.StripsHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The first step of a route whose messages come from outside: takes away every header that steers Camel or names an error of ours, in any
 * case and from any transport: {@code Camel*}, {@code org.apache.camel*}, {@code kafka.*} (camel-http of before 4.18.3 lets
 * {@code kafka.OVERRIDE_TOPIC} in: CVE-2026-49098) and {@code aiflow-error-*}. In a list of messages or exchanges, as Kafka's consumer makes
 * with {@code batching=true}, each one's headers are treated so too.
 *
 * <p>Before that it keeps what Camel's own Kafka consumer says: the records' origins in exchange property
 * {@value AiflowConstants#ORIGINS}, for all or for none of a list, and a single record's key in {@value AiflowConstants#RECORD_KEY}. From
 * any other endpoint these headers are a sender's words and are not believed. Never throws. Thread-safe.
 */
public final class InboundEdge implements Processor, StripsHeaders {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        List<Message> records = records(message.getBody());
        if (KafkaRecords.isFrom(exchange)) {
            keep(exchange, message, records);
        }
        strip(message);
        records.forEach(InboundEdge::strip);
    }

    private static void keep(Exchange exchange, Message message, List<Message> records) {
        List<Message> carriers = records.isEmpty() ? List.of(message) : records;
        List<Origin> origins = carriers.stream()
                .map(KafkaRecords::origin)
                .flatMap(Optional::stream)
                .toList();
        if (origins.size() == carriers.size()) {
            exchange.setProperty(AiflowConstants.ORIGINS, origins);
        }
        Object key = message.getHeader(KafkaRecords.KEY);
        if (records.isEmpty() && key != null) {
            exchange.setProperty(AiflowConstants.RECORD_KEY, key);
        }
    }

    /** The messages in a list of such; empty for any other body. */
    private static List<Message> records(Object body) {
        List<Message> records = new ArrayList<>();
        if (body instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Exchange exchange) {
                    records.add(exchange.getMessage());
                } else if (item instanceof Message message) {
                    records.add(message);
                }
            }
        }
        return records;
    }

    /** Takes away all headers of the message that steer. */
    static void strip(Message message) {
        if (message.hasHeaders()) {
            message.getHeaders().keySet().removeIf(SteeringHeaders::steer);
        }
    }
}

package io.github.camelaiflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/** A route that delivered records are sent to without Kafka, and records for it. */
final class DeliveredRoute implements DeliverExchanges.Deliveries {

    private final CamelContext context;
    private final ProducerTemplate template;
    private final String endpoint;
    private final BooleanSupplier stopping;

    DeliveredRoute(CamelContext context, String endpoint, BooleanSupplier stopping) {
        this.context = context;
        this.template = context.createProducerTemplate();
        this.endpoint = endpoint;
        this.stopping = stopping;
    }

    /** Records as batches, tried again so often. */
    static DeliverExchanges batches(CamelContext context, String endpoint, int redeliveries) {
        return new DeliverExchanges(new DeliveredRoute(context, endpoint, () -> false), null, true, redeliveries);
    }

    /** Each record by itself. */
    static DeliverExchanges singles(CamelContext context, String endpoint, int redeliveries) {
        return new DeliverExchanges(new DeliveredRoute(context, endpoint, () -> false), null, false, redeliveries);
    }

    @Override
    public String flow() {
        return "claims";
    }

    @Override
    public String id() {
        return "route-1";
    }

    @Override
    public Exchange create() {
        return new DefaultExchange(context);
    }

    @Override
    public void run(Exchange exchange) {
        template.send(endpoint, exchange);
    }

    @Override
    public void release(Exchange exchange) {}

    @Override
    public boolean stopping() {
        return stopping.getAsBoolean();
    }

    static Incoming record(long offset, String value) {
        return new Incoming(
                new Origin("claims", 0, offset),
                ("k" + offset).getBytes(UTF_8),
                value.getBytes(UTF_8),
                List.of(),
                Instant.EPOCH);
    }

    static String claim(long offset) {
        return "{\"id\": \"c" + offset + "\", \"amount\": 0.5, \"type\": \"fire\"}";
    }

    static List<Incoming> claims(int count) {
        List<Incoming> records = new ArrayList<>();
        for (int offset = 0; offset < count; offset++) {
            records.add(record(offset, claim(offset)));
        }
        return records;
    }

    static String value(Outcome outcome) {
        return new String(outcome.value(), UTF_8);
    }

    static String reason(Outcome outcome) {
        return outcome.headers().stream()
                .filter(header -> header.name().equals("aiflow-error-reason"))
                .map(header -> new String(header.value(), UTF_8))
                .findFirst()
                .orElse(null);
    }
}

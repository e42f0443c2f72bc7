package io.github.camelaiflow;

import io.github.camelaiflow.DeliverExchanges.Deliveries;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.OutcomesException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.StreamCache;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.util.ObjectHelper;

/** Calls of a route with delivered records: decodes them, and reads what the route made of them. Thread-safe. */
final class DeliverCalls {

    private final Deliveries route;
    private final DataFormat format;
    private final boolean batch;
    private final DeliverOutcomes outcomes;

    /**
     * @param format what records are decoded by; {@code null} to leave them as they are
     * @param batch whether records share an exchange
     */
    DeliverCalls(Deliveries route, DataFormat format, boolean batch) {
        this.route = route;
        this.format = format;
        this.batch = batch;
        this.outcomes = new DeliverOutcomes(route.flow(), route.id());
    }

    /** A record and what was decoded of it. */
    record Item(Incoming record, Object body) {}

    boolean batch() {
        return batch;
    }

    /** Decoded anew each time: steps may change what they are given, and must not meet that a second time. */
    Item decoded(Incoming record) throws Exception {
        return new Item(record, format == null ? record.value() : body(record));
    }

    private Object body(Incoming record) throws Exception {
        Exchange exchange = route.create();
        try {
            exchange.getMessage().setBody(record.value());
            Object decoded = format.unmarshal(exchange, record.value());
            boolean inPlace = decoded == exchange || decoded == exchange.getMessage();
            Object body = inPlace ? exchange.getMessage().getBody() : decoded;
            // A stream could be read once only, and by no step that reads a list
            return body instanceof InputStream || body instanceof StreamCache
                    ? exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, body)
                    : body;
        } finally {
            route.release(exchange);
        }
    }

    /**
     * Has the route decide about the records in one exchange.
     *
     * @return an outcome each; {@code null} if the exchange failed, which {@code failure} is told
     * @throws OutcomesException if it can't be said which outcome is whose: that is not the records' fault
     */
    Answer ask(List<Item> items) {
        Exchange exchange = exchange(items);
        try {
            route.run(exchange);
            Throwable failed = failure(exchange);
            if (failed == null) {
                return new Answer(outcomes.read(exchange, items, batch), null);
            }
            OutcomesException refused = ObjectHelper.getException(OutcomesException.class, failed);
            if (refused != null) {
                throw refused;
            }
            return new Answer(null, failed);
        } finally {
            route.release(exchange);
        }
    }

    /**
     * What came of a call: one of both.
     *
     * @param outcomes one a record, in order
     */
    record Answer(List<Outcome> outcomes, Throwable failure) {}

    Outcome.DeadLetter deadLetter(Incoming record, Throwable failed) {
        return outcomes.deadLetter(record, Failure.of(failed));
    }

    private Exchange exchange(List<Item> items) {
        Exchange exchange = route.create();
        exchange.setProperty(
                AiflowConstants.ORIGINS,
                items.stream().map(item -> item.record().origin()).toList());
        if (batch) {
            exchange.setProperty(AiflowConstants.DELIVERED, true);
            DeliveredBodies.of(items).remember(exchange);
            List<Object> bodies = new ArrayList<>(items.size());
            items.forEach(item -> bodies.add(item.body()));
            exchange.getMessage().setBody(bodies);
        } else {
            exchange.getMessage().setBody(items.get(0).body());
        }
        return exchange;
    }

    /**
     * What an error handler has ended a route for, or a rollback, is a failure none the less: there is no decision. What {@code doCatch} has
     * mended isn't, though a handler further down may have noted it.
     */
    private static Throwable failure(Exchange exchange) {
        if (exchange.getException() != null) {
            return exchange.getException();
        }
        ExchangeExtension state = exchange.getExchangeExtension();
        boolean ended = state.isErrorHandlerHandledSet() && state.isErrorHandlerHandled();
        boolean undone = exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
        return undone || ended
                ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException(), Throwable.class)
                : null;
    }
}

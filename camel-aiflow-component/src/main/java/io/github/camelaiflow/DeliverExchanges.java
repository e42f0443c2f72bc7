package io.github.camelaiflow;

import io.github.camelaiflow.delivery.BatchProcessor;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.ValidationException;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.util.ObjectHelper;

/**
 * Decides about the records of a poll by the steps of a route: as one exchange, whose body is the list of them; what fails as a
 * whole is asked about by halves, so that a record that cannot be decided takes none along. Thread-safe.
 */
final class DeliverExchanges implements BatchProcessor {

    private final Deliveries route;
    private final DataFormat format;
    private final boolean batch;
    private final Redeliveries redeliveries;
    private final DeliverOutcomes outcomes;

    /**
     * @param format what records are decoded by; {@code null} to leave them as they are
     * @param batch whether records share an exchange
     * @param maximumRedeliveries how often what may pass is tried again; -1 for ever
     */
    DeliverExchanges(Deliveries route, DataFormat format, boolean batch, int maximumRedeliveries) {
        this.route = route;
        this.format = format;
        this.batch = batch;
        this.redeliveries = new Redeliveries(maximumRedeliveries);
        this.outcomes = new DeliverOutcomes(route.flow(), route.id());
    }

    /** The route behind. */
    interface Deliveries {

        /** The flow's name. */
        String flow();

        /** The route's id. */
        String id();

        /** An exchange that begins at the endpoint. */
        Exchange create();

        /** Has the route's steps work on it; what they throw is its exception. */
        void run(Exchange exchange);

        void release(Exchange exchange);

        /** Whether what fails now may fail because the route is being stopped. */
        boolean stopping();
    }

    @Override
    public List<Outcome> process(List<Incoming> records) throws Exception {
        boolean mayTryAgain = redeliveries.left(records);
        Map<Origin, Outcome> decided = new HashMap<>();
        List<Item> items = decoded(records, mayTryAgain, decided);
        if (batch) {
            judge(items, mayTryAgain, decided);
        } else {
            for (Item item : items) {
                judge(List.of(item), mayTryAgain, decided);
            }
        }
        redeliveries.passed(records);
        return records.stream().map(record -> decided.get(record.origin())).toList();
    }

    private List<Item> decoded(List<Incoming> records, boolean mayTryAgain, Map<Origin, Outcome> decided)
            throws RedeliverException {
        List<Item> items = new ArrayList<>(records.size());
        for (Incoming record : records) {
            try {
                items.add(new Item(record, decoded(record)));
            } catch (Exception | Error e) {
                // As Camel does with what a step throws: a record that a format breaks down at must not stop the others
                check(e);
                if (mayTryAgain && mayPass(e)) {
                    throw new RedeliverException(e);
                }
                decided.put(record.origin(), outcomes.deadLetter(record, Failure.of(e)));
            }
        }
        return items;
    }

    private Object decoded(Incoming record) throws Exception {
        if (format == null) {
            return record.value();
        }
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

    private void judge(List<Item> items, boolean mayTryAgain, Map<Origin, Outcome> decided) throws Exception {
        if (items.isEmpty()) {
            return;
        }
        Exchange exchange = exchange(items);
        try {
            route.run(exchange);
            Throwable failed = failure(exchange);
            if (failed == null) {
                outcomes.read(exchange, items, batch).forEach(outcome -> decided.put(outcome.origin(), outcome));
                return;
            }
            check(failed);
            if (mayTryAgain && mayPass(failed)) {
                throw new RedeliverException(failed);
            }
            if (items.size() == 1) {
                Incoming record = items.get(0).record();
                decided.put(record.origin(), outcomes.deadLetter(record, Failure.of(failed)));
                return;
            }
        } finally {
            route.release(exchange);
        }
        judge(again(items.subList(0, items.size() / 2), mayTryAgain, decided), mayTryAgain, decided);
        judge(again(items.subList(items.size() / 2, items.size()), mayTryAgain, decided), mayTryAgain, decided);
    }

    /** Decoded anew: steps may have changed what they were given, and must not meet that a second time. */
    private List<Item> again(List<Item> items, boolean mayTryAgain, Map<Origin, Outcome> decided)
            throws RedeliverException {
        return decoded(items.stream().map(Item::record).toList(), mayTryAgain, decided);
    }

    /** What fails while the route is being stopped may be no fault of a record. */
    private void check(Throwable failed) {
        if (route.stopping()) {
            throw new IllegalStateException("the route is being stopped", failed);
        }
    }

    private Exchange exchange(List<Item> items) {
        Exchange exchange = route.create();
        exchange.setProperty(
                AiflowConstants.ORIGINS,
                items.stream().map(item -> item.record().origin()).toList());
        if (batch) {
            exchange.setProperty(AiflowConstants.DELIVERED, true);
            List<Object> bodies = new ArrayList<>(items.size());
            items.forEach(item -> bodies.add(item.body()));
            exchange.getMessage().setBody(bodies);
        } else {
            exchange.getMessage().setBody(items.get(0).body());
        }
        return exchange;
    }

    /** What an error handler has dealt with, or a rollback, is a failure none the less: there is no decision. */
    private static Throwable failure(Exchange exchange) {
        if (exchange.getException() != null) {
            return exchange.getException();
        }
        boolean undone = exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
        return undone || exchange.getExchangeExtension().isFailureHandled()
                ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException(), Throwable.class)
                : null;
    }

    /** Wrong data stays wrong, and so does a model that says so; what else fails may not fail the next time. */
    private static boolean mayPass(Throwable failed) {
        AiflowModelException model = ObjectHelper.getException(AiflowModelException.class, failed);
        return model != null
                ? model.isRetryable()
                : ObjectHelper.getException(ValidationException.class, failed) == null;
    }

    /** A record and what was decoded of it. */
    record Item(Incoming record, Object body) {}

    /** The batch is tried again: nothing of it is decided. */
    static final class RedeliverException extends Exception {

        private static final long serialVersionUID = 1L;

        RedeliverException(Throwable cause) {
            super("the records are tried again, after " + Failure.of(cause).reason(), cause);
        }
    }
}

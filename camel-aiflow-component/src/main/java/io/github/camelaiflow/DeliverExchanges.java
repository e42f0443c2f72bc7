package io.github.camelaiflow;

import io.github.camelaiflow.delivery.BatchProcessor;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Outcome;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;

/**
 * Decides about the records of a poll by the steps of a route: as one exchange, whose body is the list of them; what fails as a
 * whole is asked about by halves, so that a record that cannot be decided takes none along. Thread-safe.
 */
final class DeliverExchanges implements BatchProcessor {

    private final Deliveries route;
    private final DeliverCalls calls;
    private final Redeliveries redeliveries;

    /**
     * @param format what records are decoded by; {@code null} to leave them as they are
     * @param batch whether records share an exchange
     * @param maximumRedeliveries how often what may pass is tried again; -1 for ever
     */
    DeliverExchanges(Deliveries route, DataFormat format, boolean batch, int maximumRedeliveries) {
        this.route = route;
        this.calls = new DeliverCalls(route, format, batch);
        this.redeliveries = new Redeliveries(maximumRedeliveries);
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
        redeliveries.begin(records);
        List<Outcome> outcomes = new DeliverRound(records, calls, redeliveries, route::stopping).outcomes();
        redeliveries.passed(records);
        return outcomes;
    }

    /** The batch is tried again: nothing of it is decided. */
    static final class RedeliverException extends Exception {

        private static final long serialVersionUID = 1L;

        RedeliverException(Throwable cause) {
            super("the records are tried again, after " + Failure.of(cause).reason(), cause);
        }
    }
}

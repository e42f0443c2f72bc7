package io.github.camelaiflow;

import io.github.camelaiflow.DeliverExchanges.Deliveries;
import io.github.camelaiflow.avro.SchemaRegistryException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.OutcomesException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.StreamCache;
import org.apache.camel.ValidationException;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.util.ObjectHelper;

/** Calls of a route with delivered records: decodes them, and reads what the route made of them. Thread-safe. */
final class DeliverCalls {

    /** What formats throw who ask somebody else, and what says of itself whether it may pass. */
    private static final List<Class<? extends Throwable>> OTHERS_DOING = List.of(
            ValidationException.class,
            AiflowModelException.class,
            SchemaRegistryException.class,
            SocketException.class,
            UnknownHostException.class,
            SSLException.class,
            HttpTimeoutException.class,
            InterruptedIOException.class,
            ClosedChannelException.class,
            TimeoutException.class,
            InterruptedException.class);

    /** The same, of libraries that need not be there: who was asked answered with an error. */
    private static final Set<String> ANSWERED = Set.of(
            "org.apache.camel.http.base.HttpOperationFailedException",
            "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException");

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

    /**
     * Decoded anew each time: steps may change what they are given, bytes too, and must not meet that a second time.
     *
     * @throws AiflowDataException if it can't be decoded, whenever that is tried; what else is thrown may be none of the record's doing
     */
    Item decoded(Incoming record) throws Exception {
        byte[] value = record.value() == null ? null : record.value().clone();
        return new Item(record, format == null ? value : body(value));
    }

    private Object body(byte[] value) throws Exception {
        Exchange exchange = route.create();
        try {
            return body(exchange, value);
        } catch (Exception | StackOverflowError e) {
            if (isOthersDoing(e)) {
                throw e;
            }
            // Without the cause, which may quote the record
            String message = "the record must be one that " + format.getClass().getSimpleName()
                    + " can decode, which threw " + e.getClass().getSimpleName();
            throw new AiflowDataException(
                    exchange, "decode", new DataException(Reason.UNDECODABLE, List.of(), message));
        } finally {
            route.release(exchange);
        }
    }

    private static boolean isOthersDoing(Throwable failure) {
        if (OTHERS_DOING.stream().anyMatch(type -> ObjectHelper.getException(type, failure) != null)) {
            return true;
        }
        for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
            if (ANSWERED.contains(cause.getClass().getName())) {
                return true;
            }
        }
        return false;
    }

    private Object body(Exchange exchange, byte[] value) throws Exception {
        exchange.getMessage().setBody(value);
        Object decoded = format.unmarshal(exchange, value);
        boolean inPlace = decoded == exchange || decoded == exchange.getMessage();
        Object body = inPlace ? exchange.getMessage().getBody() : decoded;
        // A stream could be read once only, and by no step that reads a list
        return body instanceof InputStream || body instanceof StreamCache
                ? exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, body)
                : body;
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

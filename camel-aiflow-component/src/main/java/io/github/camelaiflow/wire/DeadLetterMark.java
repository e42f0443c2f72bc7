package io.github.camelaiflow.wire;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandlingEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Remembers for which failure an exchange is made a dead letter. A dead letter that cannot be delivered is another failure, which Camel
 * tells nobody of while {@code deadLetterHandleNewException} is true, as it is by default.
 */
final class DeadLetterMark extends SimpleEventNotifierSupport {

    private static final String FAILURE = "CamelAiflowDeadLetterOf";

    private DeadLetterMark() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeFailedEvents(false);
    }

    /** Has all dead letters of the context marked, whoever makes them. */
    static void watch(CamelContext context) {
        synchronized (context.getManagementStrategy()) {
            for (EventNotifier notifier : context.getManagementStrategy().getEventNotifiers()) {
                if (notifier instanceof DeadLetterMark) {
                    return;
                }
            }
            DeadLetterMark mark = new DeadLetterMark();
            mark.start();
            context.getManagementStrategy().addEventNotifier(mark);
        }
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeFailureHandlingEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        ExchangeFailureHandlingEvent handling = (ExchangeFailureHandlingEvent) event;
        if (handling.isDeadLetterChannel()) {
            mark(handling.getExchange());
        }
    }

    /** From here on the exchange is a dead letter, unless something else fails. */
    static void mark(Exchange exchange) {
        exchange.setProperty(FAILURE, exchange.getProperty(Exchange.EXCEPTION_CAUGHT));
    }

    /** Whether the exchange was made a dead letter and nothing failed after that. */
    static boolean delivered(Exchange exchange) {
        Object failure = exchange.getProperty(FAILURE);
        return failure != null
                && exchange.getException() == null
                && exchange.getProperty(Exchange.EXCEPTION_CAUGHT) == failure;
    }
}

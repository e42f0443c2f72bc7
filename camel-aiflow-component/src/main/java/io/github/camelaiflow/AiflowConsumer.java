package io.github.camelaiflow;

import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.management.FlowEvent;
import io.github.camelaiflow.management.FlowObserver;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an exchange of each event of a flow, in order, on a thread of its own, so that no exchange that causes an event waits for
 * the route that consumes it. The flow may be set up before it, after it, anew or never.
 */
final class AiflowConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(AiflowConsumer.class);

    private final AiflowEndpoint endpoint;
    private final Set<FlowEvent.Type> types;
    private final AtomicBoolean complained = new AtomicBoolean();
    private final FlowObserver observer = new FlowObserver() {
        @Override
        public void published(FlowEvent event) {
            take(event);
        }
    };
    private Flow flow;
    private ExecutorService thread;
    private volatile EventDelivery delivery;

    AiflowConsumer(AiflowEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.types = Options.events(endpoint.getEvents());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (flow != null) {
            delivery.release();
            return;
        }
        thread = endpoint.getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadExecutor(this, endpoint.getEndpointUri());
        flow = endpoint.getComponent().subscribe(endpoint.getName(), observer);
        delivery = new EventDelivery(endpoint.getQueueSize(), thread, this::deliver);
    }

    @Override
    protected void doSuspend() {
        delivery.hold();
    }

    @Override
    protected void doResume() {
        delivery.release();
    }

    @Override
    protected void doStop() throws Exception {
        if (flow != null) {
            drop(delivery.close(), "the route was stopped before it took them");
            endpoint.getComponent().unsubscribe(flow, observer);
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(thread);
            flow = null;
        }
        super.doStop();
    }

    private void take(FlowEvent event) {
        EventDelivery now = delivery;
        if (now != null && types.contains(event.type()) && flow.leads()) {
            drop(now.add(event), "the route takes them too slowly");
        }
    }

    private void drop(int events, String why) {
        if (events > 0) {
            flow.observer().dropped(events);
            if (complained.compareAndSet(false, true)) {
                LOG.warn("{} drops events, because {}; JMX counts them", endpoint, why);
            }
        }
    }

    private void deliver(FlowEvent event) {
        Exchange exchange = createExchange(false);
        try {
            write(event, exchange.getMessage());
            getProcessor().process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
        try {
            if (exchange.getException() != null) {
                getExceptionHandler().handleException("Error processing " + event, exchange, exchange.getException());
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** The same headers as after a step, so that routes read either alike. */
    private static void write(FlowEvent event, Message message) {
        message.setHeader(AiflowConstants.EVENT, event.type().word());
        message.setHeader(AiflowConstants.FLOW, event.flow());
        message.setHeader(AiflowConstants.DEFINITION_DIGEST, event.definitionDigest());
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, event.time().toEpochMilli());
        if (event.result() instanceof DriftReport report) {
            message.setHeader(AiflowConstants.DRIFT, event.verdict());
            message.setHeader(AiflowConstants.DRIFT_REPORT, report);
        } else if (event.result() instanceof ValidationResult result) {
            message.setHeader(AiflowConstants.VALID, result.valid());
            message.setHeader(AiflowConstants.VALIDATION, result);
        } else if (event.result() instanceof RolloutDecision decision) {
            message.setHeader(AiflowConstants.ROLLOUT_DECISION, decision);
        } else if (event.result() instanceof QualityReport quality) {
            message.setHeader(AiflowConstants.QUALITY, event.verdict());
            message.setHeader(AiflowConstants.QUALITY_REPORT, quality);
        }
        message.setBody(event.result());
    }

    /** Goes on while other routes finish what they have, for that may cause events. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        return delivery == null ? 0 : delivery.pending();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // what waits is delivered by then, or dropped and counted on stop
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.ModelException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the endpoint's step on the caller's thread. With a timeout the work, or what may take long of it, runs on another thread
 * and the caller waits for it, so that what follows in the route stays on the caller's thread: a Kafka consumer's commit, for
 * one, must.
 */
final class AiflowProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(AiflowProducer.class);

    private final AiflowEndpoint endpoint;
    private AiflowComponent.Attached attached;

    AiflowProducer(AiflowEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        attached = endpoint.getComponent().attach(endpoint);
    }

    @Override
    protected void doStop() throws Exception {
        if (attached != null) {
            attached.flow().detach(endpoint);
            attached = null;
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        AiflowComponent.Attached now = attached;
        try {
            Step.Work work = now.step().read(exchange);
            // the work touches no exchange, so an answer that comes too late goes nowhere
            Step.Result result = now.step().keepsDeadline()
                    ? work.run()
                    : endpoint.deadline().run(work::run);
            result.write(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
        } catch (Throwable e) {
            fail(now, exchange, e);
        }
        callback.done(true);
        return true;
    }

    private void fail(AiflowComponent.Attached now, Exchange exchange, Throwable error) {
        String operation = endpoint.getOperation();
        if (now.step().standAside(exchange)) {
            LOG.warn(
                    "Flow {} stood aside from an exchange it could not observe: {}",
                    now.flow().name(),
                    describe(error));
        } else if (error instanceof DataException data) {
            now.flow().observer().failed(operation, data.reason().name());
            exchange.setException(new AiflowDataException(exchange, operation, data));
        } else if (error instanceof ModelException model) {
            now.flow().observer().failed(operation, "MODEL");
            exchange.setException(new AiflowModelException(
                    now.flow().name(), endpoint.getModels(), model.retryable(), model.getMessage(), model));
        } else if (error instanceof Error) {
            now.flow().observer().failed(operation, "ERROR");
            exchange.setException(new AiflowModelException(
                    now.flow().name(),
                    endpoint.getModels(),
                    false,
                    endpoint + " failed with " + error.getClass().getName(),
                    error));
        } else {
            now.flow().observer().failed(operation, "OTHER");
            exchange.setException(error);
        }
    }

    /** What others say of their failure may quote the record: only ours is told. */
    private static String describe(Throwable error) {
        return error instanceof DataException || error instanceof ModelException
                ? error.getMessage()
                : error.getClass().getName();
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.ModelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Runs the endpoint's step: on the caller's thread, or with a timeout on the component's. */
final class AiflowProducer extends DefaultAsyncProducer {

    private final AiflowEndpoint endpoint;
    private Flow flow;
    private Step step;

    AiflowProducer(AiflowEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        flow = endpoint.getComponent().flow(endpoint.getName());
        step = flow.attach(endpoint);
    }

    @Override
    protected void doStop() throws Exception {
        if (flow != null) {
            flow.detach(endpoint);
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Step.Work work = step.read(exchange);
            if (endpoint.getTimeout() > 0) {
                return runWithin(endpoint.getTimeout(), work, exchange, callback);
            }
            work.run().write(exchange);
        } catch (Exception e) {
            fail(exchange, e);
        }
        callback.done(true);
        return true;
    }

    private boolean runWithin(long millis, Step.Work work, Exchange exchange, AsyncCallback callback) {
        ExecutorService threads = endpoint.getComponent().steps();
        CompletableFuture<Step.Result> answer;
        try {
            answer = CompletableFuture.supplyAsync(work::run, threads);
        } catch (RejectedExecutionException e) {
            throw new ModelException(true, endpoint + " is saturated: no thread free and the queue is full", e);
        }
        // The exchange is written only by whoever completes the future first; a late answer finds it completed.
        answer.orTimeout(millis, TimeUnit.MILLISECONDS)
                .whenComplete((result, error) -> proceed(threads, () -> finish(result, error, exchange, callback)));
        return false;
    }

    /** The timer's thread must not run the rest of the route. */
    private static void proceed(ExecutorService threads, Runnable rest) {
        try {
            threads.execute(rest);
        } catch (RejectedExecutionException e) {
            rest.run();
        }
    }

    private void finish(Step.Result result, Throwable error, Exchange exchange, AsyncCallback callback) {
        try {
            if (error != null) {
                throw error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            }
            result.write(exchange);
        } catch (TimeoutException e) {
            fail(
                    exchange,
                    new ModelException(true, endpoint + " must answer within " + endpoint.getTimeout() + " ms", e));
        } catch (Throwable e) {
            fail(exchange, e);
        } finally {
            callback.done(false);
        }
    }

    private void fail(Exchange exchange, Throwable error) {
        String stage = endpoint.getOperation();
        if (error instanceof DataException data) {
            flow.observer().failed(stage, data.reason().name());
            exchange.setException(new AiflowDataException(exchange, stage, data));
        } else if (error instanceof ModelException model) {
            flow.observer().failed(stage, "MODEL");
            exchange.setException(new AiflowModelException(
                    flow.name(), endpoint.getModels(), model.retryable(), model.getMessage(), model));
        } else {
            exchange.setException(error);
        }
    }
}

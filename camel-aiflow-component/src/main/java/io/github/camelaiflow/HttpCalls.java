package io.github.camelaiflow;

import java.io.IOException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** The one class that knows camel-http, which need not be there: its requests end when their call does. */
final class HttpCalls {

    private static final String NAME = "org.apache.camel.component.http.HttpEndpoint";
    private static final String FAILURE = "org.apache.camel.http.base.HttpOperationFailedException";

    private HttpCalls() {}

    /** Readies the endpoint before its producer is made, if it is one of camel-http; a second time changes nothing. */
    static void ready(Endpoint endpoint) {
        if (endpoint.getClass().getName().equals(NAME)) {
            Http.ready(endpoint);
        }
    }

    /** A started producer. */
    static Producer producer(Endpoint endpoint) throws Exception {
        Producer producer = endpoint.createProducer();
        ServiceHelper.startService(producer);
        return producer;
    }

    /** Sends the exchange, whose reply's body is open then; what went wrong is its exception. */
    static Exchange send(Producer producer, Exchange exchange) {
        try {
            producer.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        return exchange;
    }

    /** The reply's status if it tells a failure, else 0. */
    static int failure(Exchange reply) {
        Integer status = reply.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return status == null || status >= 200 && status < 300 ? 0 : status;
    }

    /** The status an HTTP server failed with; 0 if that isn't what happened. */
    static int status(Throwable failure) {
        return failure.getClass().getName().equals(FAILURE) ? Http.status(failure) : 0;
    }

    /** Loaded only where camel-http is. */
    private static final class Http {

        static void ready(Endpoint endpoint) {
            HttpEndpoint http = (HttpEndpoint) endpoint;
            if (!(http.getHttpClientConfigurer() instanceof Cancelling)) {
                http.setHttpClientConfigurer(new Cancelling(http.getHttpClientConfigurer()));
            }
        }

        static int status(Throwable failure) {
            return ((HttpOperationFailedException) failure).getStatusCode();
        }
    }

    /**
     * Closes a request's connection when its call is abandoned: a blocked read minds no interrupt, and closing the body's
     * stream would read it to its end. Doesn't repeat requests by itself either: that is the route's to decide.
     */
    private record Cancelling(HttpClientConfigurer before) implements HttpClientConfigurer, ExecChainHandler {

        @Override
        public void configureHttpClient(HttpClientBuilder builder) {
            if (before != null) {
                before.configureHttpClient(builder);
            }
            builder.disableAutomaticRetries();
            builder.addExecInterceptorFirst("aiflow-remote", this);
        }

        @Override
        public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
                throws IOException, HttpException {
            RemoteCall.onAbandon(scope.execRuntime::discardEndpoint);
            return chain.proceed(request, scope);
        }
    }
}

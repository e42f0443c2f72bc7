package io.github.camelaiflow;

import io.github.camelaiflow.model.remote.Transport;
import io.github.camelaiflow.openinference.EncodedMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.support.service.ServiceHelper;

/** Carries the Open Inference Protocol over Camel's HTTP endpoints, whose options (TLS, authentication, proxy) are the URI's. */
final class CamelTransport implements Transport {

    private static final int OK = 200;
    private static final int CHUNK = 1 << 16;

    private final Producer infer;
    private final Producer metadata;
    private final Producer server;
    private final int maxBytes;

    /**
     * A transport to the address; connects to nothing yet.
     *
     * @param maxBytes the longest body taken
     */
    CamelTransport(CamelContext context, RemoteAddress address, int maxBytes) throws Exception {
        this.infer = producer(context, address.infer());
        this.metadata = producer(context, address.metadata());
        this.server = address.server() == null ? null : producer(context, address.server());
        this.maxBytes = maxBytes;
    }

    private static Producer producer(CamelContext context, String uri) throws Exception {
        Endpoint endpoint = context.getEndpoint(uri);
        HttpCalls.ready(endpoint);
        Producer producer = endpoint.createProducer();
        ServiceHelper.startService(producer);
        return producer;
    }

    @Override
    public Reply server() throws IOException {
        return server == null ? new Reply(404, new byte[0], null) : send(server, null);
    }

    @Override
    public Reply metadata() throws IOException {
        return send(metadata, null);
    }

    @Override
    public Reply infer(EncodedMessage request) throws IOException {
        return send(infer, request);
    }

    private Reply send(Producer producer, EncodedMessage request) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        Exchange exchange = producer.getEndpoint().createExchange(ExchangePattern.InOut);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_METHOD, request == null ? "GET" : "POST");
        message.setHeader("Accept", "application/json, application/octet-stream");
        if (request != null) {
            message.setBody(request.body());
            message.setHeader(Exchange.CONTENT_TYPE, request.contentType());
            if (request.jsonLengthHeader() != null) {
                message.setHeader(EncodedMessage.JSON_LENGTH_HEADER, request.jsonLengthHeader());
            }
        }
        try {
            producer.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        return reply(exchange);
    }

    private Reply reply(Exchange exchange) throws IOException {
        Exception failure = exchange.getException();
        if (failure != null) {
            int failed = HttpCalls.status(failure);
            if (failed > 0) {
                return new Reply(failed, new byte[0], null);
            }
            if (failure instanceof IOException io) {
                throw io;
            }
            throw failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
        }
        Message message = exchange.getMessage();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String jsonLength = message.getHeader(EncodedMessage.JSON_LENGTH_HEADER, String.class);
        int code = status == null ? OK : status;
        return new Reply(code, body(message, code == OK ? maxBytes : Math.min(maxBytes, CHUNK), code), jsonLength);
    }

    /** Read chunk by chunk, so that no more room is made than bytes came, whatever length was announced. */
    private byte[] body(Message message, int most, int status) throws IOException {
        InputStream body = message.getBody() instanceof byte[] bytes
                ? new ByteArrayInputStream(bytes)
                : message.getBody(InputStream.class);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        if (body == null) {
            return new byte[0];
        }
        byte[] chunk = new byte[CHUNK];
        for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
            if (count > most - read.size()) {
                RemoteCall.closeConnection();
                if (status == OK) {
                    throw new BodyTooLong(most);
                }
                break;
            }
            read.write(chunk, 0, count);
        }
        return read.toByteArray();
    }

    @Override
    public void close() {
        for (Producer producer : List.of(infer, metadata)) {
            ServiceHelper.stopAndShutdownService(producer);
        }
        ServiceHelper.stopAndShutdownService(server);
    }
}

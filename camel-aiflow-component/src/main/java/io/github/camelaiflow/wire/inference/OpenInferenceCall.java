package io.github.camelaiflow.wire.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.FlowModels;
import io.github.camelaiflow.FlowModels.Version;
import io.github.camelaiflow.openinference.EncodedMessage;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.MetadataCodec;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads a call of the Open Inference Protocol v2 from the headers {@code CamelHttpMethod} and {@code CamelHttpPath} (whole, or
 * what comes after {@code /v2}), {@code Inference-Header-Content-Length} and the body, and removes all headers. Metadata,
 * health and the index of versions are answered here. For an inference the body becomes what the flow's infer step takes (a
 * list of records, or arrays by name), exchange property {@code CamelAiflowInference} tells so, and a version named in the
 * path is the one infer steps ask ({@link AiflowConstants#ASKED_VERSION}). What is wrong is thrown for
 * {@link OpenInferenceError}. Thread-safe once set up.
 */
public final class OpenInferenceCall implements Processor {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MAX_INDEX_BYTES = 1 << 10;
    private static final int UNAVAILABLE = 503;

    private String flow;
    private int maxBytes = 16 << 20;
    private int maxElements = 1 << 22;
    private int maxRows = 10_000;

    /** The flow to be asked; the model is called so too. Required. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    /** The longest body taken, in bytes; default 16 MiB. */
    public void setMaxBytes(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** How many elements the tensors of a request may have together; default 4,194,304. */
    public void setMaxElements(int maxElements) {
        this.maxElements = maxElements;
    }

    /** How many records a request may hold; default 10,000. Arrays that go to the model as they are have no records. */
    public void setMaxRows(int maxRows) {
        this.maxRows = maxRows;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        String method = message.getHeader(Exchange.HTTP_METHOD, String.class);
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        String jsonLength = message.getHeader(EncodedMessage.JSON_LENGTH_HEADER, String.class);
        message.removeHeaders("*");
        exchange.removeProperty(Asked.PROPERTY);
        exchange.removeProperty(AiflowConstants.ASKED_VERSION);
        CallPath call = CallPath.of(path);
        if (!call.kind().method().equals(method)) {
            message.setHeader("Allow", call.kind().method());
            throw new CallException(405, "the method must be " + call.kind().method() + " for this path");
        }
        if (call.model() != null && !call.model().equals(flow)) {
            throw new CallException(404, "the model must be " + flow + ", the call names another");
        }
        if (call.kind() == CallPath.Kind.INFER) {
            infer(exchange, call, jsonLength);
        } else {
            describe(exchange, call);
        }
    }

    private FlowModels models(CamelContext context) {
        return context.getComponent("aiflow", AiflowComponent.class)
                .models(flow)
                .orElse(null);
    }

    private void infer(Exchange exchange, CallPath call, String jsonLength) throws IOException {
        FlowModels models = models(exchange.getContext());
        Version version = version(models, call);
        byte[] body = body(exchange.getMessage(), maxBytes);
        InferRequest request = new MessageCodec(new Limits(maxBytes, maxElements)).readRequest(body, jsonLength);
        exchange.getMessage()
                .setBody(new RequestTensors(request, models.schema(), version.signature(), maxRows).body());
        exchange.setProperty(Asked.PROPERTY, new Asked(flow, request));
        if (call.version() != null) {
            exchange.setProperty(AiflowConstants.ASKED_VERSION, version.name());
        }
    }

    private void describe(Exchange exchange, CallPath call) throws IOException {
        Message message = exchange.getMessage();
        FlowModels models = models(exchange.getContext());
        boolean ready = models != null && models.version(null).isPresent();
        switch (call.kind()) {
            case LIVE -> Replies.json(message, 200, Descriptions.state("live", true));
            case READY -> Replies.json(message, ready ? 200 : UNAVAILABLE, Descriptions.state("ready", ready));
            case SERVER -> Replies.json(message, 200, Descriptions.server());
            case INDEX -> {
                boolean readyOnly = readyOnly(body(message, MAX_INDEX_BYTES));
                Replies.json(message, 200, Descriptions.index(flow, models, readyOnly));
            }
            case MODEL_READY -> {
                boolean modelReady = ready && version(models, call) != null;
                Replies.json(message, modelReady ? 200 : UNAVAILABLE, Descriptions.modelReady(flow, modelReady));
            }
            default ->
                Replies.json(message, 200, MetadataCodec.encode(Descriptions.model(models, version(models, call))));
        }
    }

    /** The version that is to answer, as far as a rollout doesn't decide. */
    private Version version(FlowModels models, CallPath call) {
        if (models == null || models.version(null).isEmpty()) {
            throw new CallException(UNAVAILABLE, "the model must be loaded, it is not yet");
        }
        return models.version(call.version())
                .orElseThrow(() -> new CallException(
                        404,
                        "the version must be one of "
                                + String.join(", ", models.versions().keySet()) + ", the call names another"));
    }

    private static byte[] body(Message message, int most) throws IOException {
        if (message.getBody() == null) {
            return new byte[0];
        }
        try (InputStream in = message.getBody(InputStream.class)) {
            byte[] body = in == null ? new byte[0] : in.readNBytes(most + 1);
            if (body.length > most) {
                throw new CallException(413, "a body must be " + most + " bytes or fewer");
            }
            return body;
        }
    }

    private static boolean readyOnly(byte[] body) {
        if (body.length == 0) {
            return false;
        }
        try {
            JsonNode ready = MAPPER.readTree(body).path("ready");
            return ready.isBoolean() && ready.booleanValue();
        } catch (IOException e) {
            throw new CallException(400, "the body must be a JSON object with, optional, ready: true or false");
        }
    }
}

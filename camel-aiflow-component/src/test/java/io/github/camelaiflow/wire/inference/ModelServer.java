package io.github.camelaiflow.wire.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.TinyModels;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.openinference.EncodedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Flows of a folder as model servers, without HTTP or on loopback. */
final class ModelServer implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    final DefaultCamelContext context = new DefaultCamelContext();
    private final Path folder;
    private HttpServer http;

    ModelServer(Path folder) {
        this.folder = folder;
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + folder);
    }

    ModelServer definition(String flow, String text) {
        try {
            Files.writeString(folder.resolve(flow + ".yaml"), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flow claims, of a trained model v1 and rules. */
    ModelServer claims(String more) {
        TinyModels.write(folder, "models/v1.tribuo", 1);
        return definition("claims", """
                flow: claims
                record:
                  key: id
                  fields:
                    amount: {type: number, min: 0, max: 1}
                    type: {type: category, values: [theft, fire]}
                models:
                  v1: {model: models/v1.tribuo}
                  rules:
                    rules: [{when: {amount: {above: 0.9}}, label: fraud, score: 0.8}]
                    otherwise: {label: legitimate, score: 0.9}
                """ + more);
    }

    ModelServer model(String name, Model model) {
        context.getRegistry().bind(name, model);
        return this;
    }

    /** Each flow behind direct:FLOW; infer is where it is asked. */
    ModelServer serve(String flow, String infer) throws Exception {
        OpenInferenceCall call = new OpenInferenceCall();
        call.setFlow(flow);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Throwable.class).handled(true).process(new OpenInferenceError());
                from("direct:" + flow)
                        .process(call)
                        .choice()
                        .when(simple("${exchangeProperty.CamelAiflowInference} != null"))
                        .to(infer)
                        .process(new OpenInferenceAnswer());
            }
        });
        return this;
    }

    ModelServer start() {
        context.start();
        return this;
    }

    Message send(String flow, String method, String path, Object body, String... headers) {
        Exchange exchange = context.createProducerTemplate().request("direct:" + flow, outgoing -> {
            Message message = outgoing.getMessage();
            message.setBody(body);
            message.setHeader(Exchange.HTTP_METHOD, method);
            message.setHeader(Exchange.HTTP_PATH, path);
            for (int i = 0; i < headers.length; i += 2) {
                message.setHeader(headers[i], headers[i + 1]);
            }
        });
        return exchange.getMessage();
    }

    static int status(Message answer) {
        return answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }

    static JsonNode json(Message answer) {
        try {
            return JSON.readTree(answer.getBody(byte[].class));
        } catch (IOException e) {
            throw new AssertionError("the answer must be JSON", e);
        }
    }

    /** Puts that flow's server on loopback. */
    int listen(String flow) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        http.createContext("/v2", exchange -> handle(flow, exchange));
        http.start();
        return http.getAddress().getPort();
    }

    private void handle(String flow, HttpExchange exchange) throws IOException {
        try (exchange) {
            String length = exchange.getRequestHeaders().getFirst(EncodedMessage.JSON_LENGTH_HEADER);
            Message answer = send(
                    flow,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestBody().readAllBytes(),
                    length == null ? new String[0] : new String[] {EncodedMessage.JSON_LENGTH_HEADER, length});
            for (String header : new String[] {"Content-Type", EncodedMessage.JSON_LENGTH_HEADER, "Retry-After"}) {
                if (answer.getHeader(header) != null) {
                    exchange.getResponseHeaders().set(header, answer.getHeader(header, String.class));
                }
            }
            byte[] body = answer.getBody(byte[].class);
            exchange.sendResponseHeaders(status(answer), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    static byte[] utf8(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** One column as JSON. */
    static String input(String name, String datatype, String shape, String data) {
        return "{'name':'" + name + "','datatype':'" + datatype + "','shape':" + shape + ",'data':" + data + "}";
    }

    static byte[] request(String... inputs) {
        return utf8("{'id':'42','inputs':[" + String.join(",", inputs) + "]}");
    }

    @Override
    public void close() throws IOException {
        if (http != null) {
            http.stop(0);
        }
        context.close();
    }
}

package io.github.camelaiflow;

import static io.github.camelaiflow.LoopbackServer.head;
import static io.github.camelaiflow.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.LoopbackServer.Request;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.openinference.EncodedMessage;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.Tensor;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow whose model is on an Open Inference server, over camel-http; the server does what servers do. */
class OpenInferenceEndpointTest {

    private static final String METADATA = "{'name':'m','platform':'p',"
            + "'inputs':[{'name':'x','datatype':'FP32','shape':[-1,2]}],"
            + "'outputs':[{'name':'p','datatype':'FP32','shape':[-1,2]}]}";
    private static final Map<String, Object> RECORD = Map.of("amount", 0.5, "age", 7);

    private final MessageCodec codec = new MessageCodec(Limits.DEFAULT);
    private LoopbackServer server;
    private CamelContext context;
    private SSLContextParameters bound;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() {
        server = new LoopbackServer(infer(this::good));
    }

    @AfterEach
    void stop() throws Exception {
        if (context != null) {
            context.stop();
        }
        server.close();
    }

    private static LoopbackServer.Answer infer(LoopbackServer.Answer answer) {
        return (request, socket) -> {
            if (request.path().startsWith("/v2/models/m/infer")) {
                answer.write(request, socket);
            } else if (request.path().startsWith("/v2/models/m")) {
                reply(socket, 200, METADATA);
            } else {
                reply(socket, 404, "{}");
            }
        };
    }

    private InferRequest request(Request request) {
        return codec.readRequest(request.body(), request.headers().get(EncodedMessage.JSON_LENGTH_HEADER));
    }

    private void good(Request request, Socket socket) throws Exception {
        InferRequest asked = request(request);
        float[][] rows = (float[][]) asked.inputs().get(0).nested();
        float[][] scores = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            scores[i] = new float[] {1 - rows[i][0], rows[i][0]};
        }
        answer(socket, asked, Tensor.ofArray("p", scores));
    }

    private void answer(Socket socket, InferRequest asked, Tensor output) throws Exception {
        EncodedMessage message =
                codec.encode(new InferResponse("m", "1", asked.id(), Map.of(), List.of(output)), asked);
        String[] headers = message.jsonLengthHeader() == null
                ? new String[] {"Content-Type: " + message.contentType()}
                : new String[] {
                    "Content-Type: " + message.contentType(),
                    EncodedMessage.JSON_LENGTH_HEADER + ": " + message.jsonLengthHeader()
                };
        reply(socket, 200, message.body(), headers);
    }

    private void start(String timeout, String options) throws Exception {
        start("http://localhost:" + server.port() + "/v2/models/m/infer" + options, timeout, "");
    }

    private void start(String uri, String timeout, String more) throws Exception {
        FlowFolder flow = new FlowFolder(folder);
        flow.write("remote.yaml", """
                record: {fields: {amount: {type: number}, age: {type: integer}}}
                models:
                  peer: {endpoint: "%s", protocol: open-inference, timeout: %s, features: [amount, age], labels: [ok, fraud]%s}
                rollout: {serve: peer}
                """.formatted(uri, timeout, more));
        context = flow.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to("aiflow:infer:remote");
                from("direct:mark").errorHandler(noErrorHandler()).to("aiflow:infer:remote?onError=mark");
            }
        });
        if (bound != null) {
            context.getRegistry().bind("tls", bound);
        }
        context.start();
    }

    private Exchange send(String to, Object body) {
        return context.createProducerTemplate().request(to, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("secret", "4711");
            exchange.getMessage().setHeader("CamelHttpUri", "http://localhost:1/elsewhere");
            exchange.getMessage().setHeader("CamelHttpMethod", "DELETE");
        });
    }

    private AiflowModelException failure() {
        Exchange exchange = send("direct:in", RECORD);
        assertThat(exchange.getException()).isInstanceOf(AiflowModelException.class);
        assertThat(exchange.getException().getMessage()).doesNotContain("4711");
        return (AiflowModelException) exchange.getException();
    }

    private List<Request> inferences() {
        return server.requests.stream()
                .filter(request -> request.path().contains("/infer"))
                .toList();
    }

    @Test
    void aRecordBecomesATensorAndTheAnswerALabel() throws Exception {
        start("30s", "?x=y");

        Exchange exchange = send("direct:in", RECORD);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("ok");
        assertThat(exchange.getMessage().getHeader("CamelAiflowScore")).isEqualTo(0.5);
        assertThat(exchange.getMessage().getHeader("CamelAiflowModelVersion")).isEqualTo("peer");
        Request request = inferences().get(0);
        assertThat(request.line()).startsWith("POST /v2/models/m/infer?x=y ");
        assertThat(request.headers()).doesNotContainKey("secret").containsEntry("Content-Type", "application/json");
        assertThat(request(request).inputs().get(0).nested()).isEqualTo(new float[][] {{0.5f, 7}});
        assertThat(exchange.getMessage().getHeader("secret")).isEqualTo("4711");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys("CamelHttpResponseCode", "Content-Type");
    }

    @Test
    void aBatchIsOneRequestAndRawTensorsGoAsTheyAre() throws Exception {
        start("30s", "");

        Exchange batch = send("direct:in", List.of(RECORD, Map.of("amount", 0.75, "age", 1)));
        Exchange raw = send("direct:in", new double[][] {{0.25, 1}, {0.875, 2}, {0, 3}});

        assertThat(batch.getMessage().getHeader("CamelAiflowLabel")).isEqualTo(List.of("ok", "fraud"));
        assertThat(raw.getMessage().getHeader("CamelAiflowLabel")).isEqualTo(List.of("ok", "fraud", "ok"));
        assertThat(inferences()).hasSize(2);
    }

    @Test
    void aServerThatSaysItTakesBinaryGetsAndGivesIt() throws Exception {
        server.answers((request, socket) -> {
            if (request.path().equals("/v2")) {
                reply(socket, 200, "{'name':'triton','version':'2','extensions':['binary_tensor_data']}");
            } else {
                infer(this::good).write(request, socket);
            }
        });
        start("30s", "");
        Awaitility.await().until(() -> server.requests.size() == 2);

        Exchange exchange = send("direct:in", RECORD);
        // the extensions are known a moment after the first request for them was seen
        Awaitility.await().until(() -> {
            send("direct:in", RECORD);
            return inferences().get(inferences().size() - 1).headers().get(EncodedMessage.JSON_LENGTH_HEADER) != null;
        });

        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("ok");
        assertThat(send("direct:in", RECORD).getMessage().getHeader("CamelAiflowScore"))
                .isEqualTo(0.5);
    }

    @Test
    void aServerThatIsDownDoesNotKeepTheFlowFromStarting() throws Exception {
        int port = server.port();
        server.close();
        start("http://localhost:" + port + "/v2/models/m/infer", "30s", "");

        assertThat(failure().isRetryable()).isTrue();
    }

    @Test
    void aModelThatDoesNotFitIsTold() throws Exception {
        start("http://localhost:" + server.port() + "/v2/models/m/infer", "30s", "");
        server.answers((request, socket) -> reply(
                socket,
                200,
                METADATA.replace("[-1,2]}],", "[-1,3]}],")
                        .replace("'p','datatype':'FP32','shape':[-1,2]", "'p','datatype':'FP32','shape':[-1,5]")));
        context.getRouteController().stopAllRoutes();
        context.stop();
        start("http://localhost:" + server.port() + "/v2/models/m/infer", "30s", "");

        AiflowModelException failure = failure();

        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure)
                .hasMessageContaining("its input x takes 3 features, 2 are named")
                .hasMessageContaining("2 labels are given, but its output p has 5 columns");
    }

    @Test
    void statusesSayWhetherTryingAgainCanHelp() throws Exception {
        start("30s", "");
        for (int status : new int[] {408, 429, 500, 502, 503, 504}) {
            server.answers(infer((request, socket) -> reply(socket, status, "{'error':'secret 4711'}")));
            assertThat(failure().isRetryable()).as(status + "").isTrue();
        }
        for (int status : new int[] {301, 400, 401, 403, 404, 422}) {
            server.answers(infer((request, socket) -> reply(socket, status, "{'error':'secret 4711'}")));
            assertThat(failure().isRetryable()).as(status + "").isFalse();
        }
        // no request was repeated behind the route's back
        assertThat(inferences()).hasSize(12);
    }

    @Test
    void garbageAndWrongShapesAreFailuresThatStay() throws Exception {
        start("30s", "");
        String output = "{'model_name':'m','outputs':[{'name':'p','datatype':'FP32','shape':%s,'data':%s}]}";
        for (String garbage : List.of(
                "",
                "<html>",
                "{}",
                "{'error':'x'}",
                "{'outputs':[]}",
                "{'outputs':[",
                output.formatted("[2,2]", "[1,2,3]"),
                output.formatted("[3,2]", "[1,2,3,4,5,6]"),
                output.formatted("[1,5]", "[1,2,3,4,5]"),
                output.formatted("[0,2]", "[]"),
                output.formatted("[1,2]", "[1e99,2]"),
                output.formatted("[4000000000,4000000000]", "[1]"))) {
            server.answers(infer((request, socket) -> reply(socket, 200, garbage)));
            Exchange two = send("direct:in", List.of(RECORD, RECORD));
            assertThat(two.getException()).as(garbage).isInstanceOf(AiflowModelException.class);
            assertThat(((AiflowModelException) two.getException()).isRetryable())
                    .as(garbage)
                    .isFalse();
        }
    }

    @Test
    void anAnswerThatIsNoNumberIsAnErrorOfItsRow() throws Exception {
        start("30s", "");
        server.answers(infer((request, socket) ->
                answer(socket, request(request).withBinaryOutputs(), Tensor.ofArray("p", new float[][] {
                    {0.9f, 0.1f}, {Float.NaN, 0.1f}
                }))));

        Exchange exchange = send("direct:mark", List.of(RECORD, RECORD));

        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo(java.util.Arrays.asList("ok", null));
    }

    @Test
    void aBadRowTheServerRefusesIsFoundAndTheOthersAreAnswered() throws Exception {
        start("30s", "");
        server.answers(infer((request, socket) -> {
            float[][] rows = (float[][]) request(request).inputs().get(0).nested();
            for (float[] row : rows) {
                if (row[1] == 13) {
                    reply(socket, 400, "{'error':'13 brings bad luck'}");
                    return;
                }
            }
            good(request, socket);
        }));

        List<Object> records = new java.util.ArrayList<>();
        for (int age = 10; age < 18; age++) {
            records.add(Map.of("amount", 0.75, "age", age));
        }
        Exchange exchange = send("direct:mark", records);

        assertThat((List<?>) exchange.getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo(
                        java.util.Arrays.asList("fraud", "fraud", "fraud", null, "fraud", "fraud", "fraud", "fraud"));
        assertThat(inferences()).hasSize(7);
    }

    @Test
    void aHangingServerIsLeftAtTheDeadlineAndItsConnectionClosed() throws Exception {
        start("5s", "");
        server.answers(infer((request, socket) -> server.hang(socket)));

        AiflowModelException failure = failure();

        assertThat(failure.isRetryable()).isTrue();
        Awaitility.await().untilAtomic(server.gone, org.hamcrest.Matchers.greaterThan(0));
    }

    @Test
    void aDrippingServerIsLeftAtTheDeadlineAndItsConnectionClosed() throws Exception {
        start("4s", "");
        for (boolean inHead : new boolean[] {true, false}) {
            int before = server.gone.get();
            server.answers(infer((request, socket) -> {
                OutputStream out = socket.getOutputStream();
                if (inHead) {
                    out.write("HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } else {
                    head(out, 200, 1_000_000);
                }
                while (!server.closed.await(20, TimeUnit.MILLISECONDS)) {
                    out.write('{');
                    out.flush();
                }
            }));

            assertThat(failure().isRetryable()).isTrue();
            Awaitility.await().untilAtomic(server.gone, org.hamcrest.Matchers.greaterThan(before));
        }
    }

    @Test
    void aHugeBodyIsLeftWhenItIsTooLong() throws Exception {
        start("60s", "");
        server.answers(infer((request, socket) -> {
            OutputStream out = socket.getOutputStream();
            head(out, 200, Long.MAX_VALUE);
            byte[] chunk = new byte[1 << 20];
            java.util.Arrays.fill(chunk, (byte) ' ');
            while (true) {
                out.write(chunk);
            }
        }));

        AiflowModelException failure = failure();

        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure).hasMessageContaining("67108864 bytes or fewer");
        Awaitility.await().untilAtomic(server.gone, org.hamcrest.Matchers.greaterThan(0));
    }

    @Test
    void aConnectionThatBreaksMayWorkAgain() throws Exception {
        start("30s", "");
        server.answers(infer((request, socket) -> socket.setSoLinger(true, 0)));
        assertThat(failure().isRetryable()).isTrue();
        server.answers(infer((request, socket) -> {
            head(socket.getOutputStream(), 200, 1000);
            socket.getOutputStream().write('{');
        }));
        assertThat(failure().isRetryable()).isTrue();
        server.answers(infer(this::good));
        assertThat(send("direct:in", RECORD).getException()).isNull();
    }

    @Test
    void aMissingValueIsAnErrorOfTheRecordAndNotSent() throws Exception {
        start("30s", "");

        Exchange exchange = send("direct:in", Map.of("amount", 1));

        assertThat(((AiflowDataException) exchange.getException()).getReason())
                .isEqualTo(DataException.Reason.MISSING_FEATURE);
        assertThat(inferences()).isEmpty();
    }

    @Test
    void certificatesAndTheirTrustAreCamels() throws Exception {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + keyStore());
        store.setPassword("changeit");
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword("changeit");
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters tls = new SSLContextParameters();
        tls.setKeyManagers(keys);
        tls.setTrustManagers(trust);
        server.close();
        server = new LoopbackServer(
                tls.createSSLContext(new DefaultCamelContext()).getServerSocketFactory(), infer(this::good));
        String uri = "https://localhost:" + server.port() + "/v2/models/m/infer";

        start(uri, "30s", "");
        assertThat(failure().isRetryable()).as("not trusted").isFalse();
        context.stop();
        bound = tls;
        start(uri + "?sslContextParameters=#tls", "30s", "");
        assertThat(send("direct:in", RECORD).getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo("ok");
    }

    private Path keyStore() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder((Path.of(System.getProperty("java.home"), "bin", "keytool")
                                + " -genkeypair -alias server -keyalg EC -dname CN=localhost -ext san=dns:localhost"
                                + " -storetype PKCS12 -storepass changeit -keystore "
                                + store)
                        .split(" "))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    @Test
    void anotherPathOrComponentIsAProblemAtStartUp() {
        assertThatThrownBy(() -> start("http://localhost:1/v1/models/m:predict", "1s", ""))
                .hasStackTraceContaining("must end with /infer");
        assertThatThrownBy(() -> start("nowhere:secret4711/infer", "1s", ""))
                .hasStackTraceContaining("must be an endpoint Camel can make here")
                .message()
                .doesNotContain("4711");
    }

    @Test
    void aServerThatDripsItsMetadataIsLeftThoughNobodyWaitsForThem() throws Exception {
        server.answers((request, socket) -> {
            OutputStream out = socket.getOutputStream();
            head(out, 200, 1_000_000);
            while (!server.closed.await(20, TimeUnit.MILLISECONDS)) {
                out.write('{');
                out.flush();
            }
        });
        start("5s", "");
        Awaitility.await().untilAtomic(server.gone, org.hamcrest.Matchers.greaterThan(0));
    }
}

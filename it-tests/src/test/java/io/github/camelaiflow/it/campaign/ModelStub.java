package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A model server of the Open Inference Protocol, behind a {@link FaultProxy}, that has good and bad days. */
final class ModelStub implements AutoCloseable {

    /** How it is. */
    enum State {
        WELL,
        /** Answers within the caller's patience, but late. */
        SLOW,
        /** Does not answer. */
        HANGING,
        /** Every other call is answered by 503. */
        FLAPPING,
        /** Answers 500. */
        FAILING
    }

    /** How long callers wait. */
    static final int TIMEOUT_MILLIS = 500;

    /** The features it is asked about. */
    static final List<String> FEATURES = List.of("claim_amount", "past_claims");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SLOW_MILLIS = 200;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "model stub");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger calls = new AtomicInteger();
    private final HttpServer server;
    private final FaultProxy proxy;
    private volatile State state = State.WELL;

    ModelStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
        server.setExecutor(threads);
        server.createContext("/v2/models/claims", this::handle);
        server.start();
        proxy = new FaultProxy(server.getAddress().getPort());
    }

    String endpoint() {
        return "http://127.0.0.1:" + proxy.port() + "/v2/models/claims/infer";
    }

    void become(State now) {
        state = now;
    }

    FaultProxy proxy() {
        return proxy;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            State now = state;
            int call = calls.incrementAndGet();
            if (now == State.HANGING) {
                Child.pause(10L * TIMEOUT_MILLIS);
            } else if (now == State.SLOW) {
                Child.pause(SLOW_MILLIS);
            }
            if (now == State.FAILING) {
                answer(exchange, 500, Map.of("error", "unwell"));
            } else if (now == State.FLAPPING && call % 2 == 0) {
                answer(exchange, 503, Map.of("error", "busy"));
            } else if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, metadata());
            } else {
                answer(exchange, 200, infer(JSON.readTree(asked)));
            }
        }
    }

    private static Map<String, Object> metadata() {
        return Map.of(
                "name",
                "claims",
                "versions",
                List.of("1"),
                "platform",
                "stub",
                "inputs",
                List.of(Map.of("name", "input-0", "datatype", "FP64", "shape", List.of(-1, FEATURES.size()))),
                "outputs",
                List.of(
                        Map.of("name", "label", "datatype", "BYTES", "shape", List.of(-1)),
                        Map.of("name", "score", "datatype", "FP64", "shape", List.of(-1))));
    }

    private static Map<String, Object> infer(JsonNode request) {
        JsonNode input = request.path("inputs").path(0);
        List<Double> values = new ArrayList<>();
        flatten(input.path("data"), values);
        List<String> labels = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (int row = 0; row < values.size(); row += FEATURES.size()) {
            boolean fraud = values.get(row) >= 9_000 || values.get(row + 1) >= 3;
            labels.add(fraud ? "fraud" : "genuine");
            scores.add(fraud ? 0.75 : 0.875);
        }
        return Map.of(
                "model_name",
                "claims",
                "model_version",
                "1",
                "outputs",
                List.of(output("label", "BYTES", labels), output("score", "FP64", scores)));
    }

    private static void flatten(JsonNode data, List<Double> values) {
        if (data.isArray()) {
            data.forEach(element -> flatten(element, values));
        } else {
            values.add(data.asDouble());
        }
    }

    private static Map<String, Object> output(String name, String datatype, List<?> data) {
        return Map.of("name", name, "datatype", datatype, "shape", List.of(data.size()), "data", data);
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        proxy.close();
        server.stop(0);
        threads.shutdownNow();
    }
}

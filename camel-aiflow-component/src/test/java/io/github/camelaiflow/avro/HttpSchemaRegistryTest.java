package io.github.camelaiflow.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.camelaiflow.data.DataException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private ExecutorService workers;
    private HttpServer server;
    private HttpHandler answer;

    @BeforeEach
    void start() throws IOException {
        workers = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/api/schemas/ids/", exchange -> {
            asked.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            try (exchange) {
                answer.handle(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        finished.countDown();
        server.stop(0);
        workers.shutdownNow();
    }

    /** Patient, so that a busy machine is not taken for a registry that is away. */
    private HttpSchemaRegistry registry() {
        return registry(Duration.ofSeconds(30));
    }

    private HttpSchemaRegistry registry(Duration patience) {
        URI base = URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/api");
        return new HttpSchemaRegistry(
                new HttpSchemaRegistry.Config(
                        base, Map.of("Authorization", "Basic abc"), patience, patience, Duration.ofSeconds(5), 100_000),
                nanos::get);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String schemaJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", Samples.V1.toString())
                .toString();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aSchemaIsAskedForOnceAndKept() {
        answer = exchange -> send(exchange, 200, schemaJson());
        HttpSchemaRegistry registry = registry();
        assertThat(registry.byId(3)).contains(Samples.V1);
        pass(Duration.ofDays(400));
        answer = exchange -> send(exchange, 500, "");
        assertThat(registry.byId(3)).contains(Samples.V1);
        assertThat(asked).containsExactly("/api/schemas/ids/3 Basic abc");
    }

    @Test
    void anUnknownIdIsEmptyAndAskedForAgainAfterAWhile() {
        answer = exchange -> send(exchange, 404, "{\"error_code\":40403}");
        HttpSchemaRegistry registry = registry();
        assertThat(registry.byId(3)).isEmpty();
        assertThat(registry.byId(3)).isEmpty();
        assertThat(asked).hasSize(1);
        answer = exchange -> send(exchange, 200, schemaJson());
        pass(Duration.ofSeconds(6));
        assertThat(registry.byId(3)).contains(Samples.V1);
    }

    @Test
    void aNegativeIdIsNotAskedFor() {
        assertThat(registry().byId(-1)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void aRegistryInTroubleIsRetryableAndLeftAloneForAWhile(int status) {
        answer = exchange -> send(exchange, status, "");
        HttpSchemaRegistry registry = registry();
        assertThat(failure(registry, 3).retryable()).isTrue();
        assertThat(failure(registry, 3).retryable()).isTrue();
        assertThat(asked).hasSize(1);
        answer = exchange -> send(exchange, 200, schemaJson());
        assertThat(registry.byId(4)).as("another id is not held back").isPresent();
        pass(Duration.ofSeconds(6));
        assertThat(registry.byId(3)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403})
    void aRegistryThatRefusesUsIsNotRetryable(int status) {
        answer = exchange -> send(exchange, status, "");
        assertThat(failure(registry(), 3).retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "<html>", "{\"schema\": 7}", "{\"schema\": \"{\\\"type\\\":\\\"nope\\\"}\"}"})
    void anAnswerThatIsNoSchemaIsNotRetryable(String body) {
        answer = exchange -> send(exchange, 200, body);
        assertThat(failure(registry(), 3).retryable()).isFalse();
    }

    @Test
    void aSchemaOfAnotherKindIsNoAvroSchema() {
        answer = exchange -> send(exchange, 200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}");
        assertThat(registry().byId(3)).isEmpty();
    }

    @Test
    void aRegistryThatHangsCostsOneTimeoutForAllIds() {
        answer = exchange -> awaitEnd();
        HttpSchemaRegistry registry = registry(Duration.ofSeconds(4));
        assertThat(failure(registry, 3).retryable()).isTrue();
        assertThat(failure(registry, 4).retryable()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void aBodyThatNeverEndsTimesOutToo() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd();
        };
        assertThat(failure(registry(Duration.ofMillis(400)), 3).retryable()).isTrue();
    }

    @Test
    void aHugeBodyIsCutOff() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 16];
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(chunk);
            }
        };
        SchemaRegistryException failure = failure(registry(), 3);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("must be 100000 bytes or fewer");
    }

    @Test
    void aRegistryNobodyRunsIsRetryable() {
        HttpSchemaRegistry registry = registry();
        server.stop(0);
        assertThat(failure(registry, 3).retryable()).isTrue();
    }

    @Test
    void aDecoderTellsAnAbsentRegistryFromAnUnknownSchema() {
        byte[] bytes = new AvroEncoder(Samples.V1).registry(3, Samples.order(1));
        AvroDecoder decoder = new AvroDecoder(AvroOptions.of(Samples.V1).withRegistry(registry()));
        answer = exchange -> send(exchange, 503, "");
        assertThatThrownBy(() -> decoder.decode(bytes)).isInstanceOf(SchemaRegistryException.class);
        pass(Duration.ofSeconds(6));
        answer = exchange -> send(exchange, 404, "");
        assertThatThrownBy(() -> decoder.decode(bytes)).isInstanceOf(DataException.class);
        pass(Duration.ofSeconds(6));
        answer = exchange -> send(exchange, 200, schemaJson());
        assertThat(decoder.decode(bytes)).hasToString(Samples.order(1).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///tmp", "registry", "http://user:pw@registry:8081"})
    void theBaseIsAnHttpAddressWithoutCredentials(String base) {
        assertThatThrownBy(() -> HttpSchemaRegistry.Config.of(URI.create(base)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pw");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT1S, PT1S, 1, timeouts",
        "PT1S, PT-1S, PT1S, 1, timeouts",
        "PT1S, PT1S, PT-1S, 1, failureMemory",
        "PT1S, PT1S, PT1S, 0, maxBytes"
    })
    void timesAndSizesAreChecked(Duration connect, Duration request, Duration memory, int maxBytes, String named) {
        URI base = URI.create("http://registry");
        assertThatThrownBy(() -> new HttpSchemaRegistry.Config(base, Map.of(), connect, request, memory, maxBytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aConfigurationDoesNotPrintItsHeaders() {
        assertThat(registry().toString()).doesNotContain("abc");
        assertThat(new HttpSchemaRegistry.Config(
                        URI.create("http://registry"),
                        Map.of("Authorization", "abc"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1))
                .asString()
                .contains("Authorization")
                .doesNotContain("abc");
    }

    private static SchemaRegistryException failure(SchemaRegistry registry, int id) {
        return catchThrowableOfType(SchemaRegistryException.class, () -> registry.byId(id));
    }

    private void awaitEnd() {
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

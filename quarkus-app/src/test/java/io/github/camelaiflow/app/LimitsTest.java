package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is meant to use up memory or time is turned away with a problem document, and the next caller is served. */
@QuarkusTest
@TestProfile(LimitsTest.Impatient.class)
class LimitsTest {

    private static final int MOST = 4 << 20;

    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("claims.http.receive-timeout", "10s", "quarkus.http.limits.max-connections", "50");
        }
    }

    @AfterEach
    void theNextCallerIsServed() {
        assertThat(Http.postJson("/claims", Claims.genuine("C-1").toString()).statusCode())
                .isEqualTo(200);
    }

    private static void assertProblem(HttpResponse<String> response, int... statuses) {
        assertThat(statuses).contains(response.statusCode());
        assertThat(Http.contentType(response)).isEqualTo("application/problem+json");
        assertThat(Http.json(response).path("status").asInt()).isEqualTo(response.statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/claims", "/claims/labels", "/v2/models/claims/infer"})
    void deepAndWideJsonIsRefused(String path) {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        String deepList = "[".repeat(100_000) + "]".repeat(100_000);
        String number = "{\"claim_amount\": " + "9".repeat(MOST - 100) + "}";
        String name = "{\"" + "n".repeat(MOST - 100) + "\": 1}";
        String text = "{\"claim_id\": \"" + "t".repeat(MOST - 100) + "\"}";
        String many = "[" + "{},".repeat(MOST / 3 - 10) + "{}]";
        String fields = "{" + fields(250_000) + "\"z\":1}";
        for (String bomb : new String[] {deep, deepList, number, name, text, many, fields}) {
            assertThat(bomb.length()).isLessThanOrEqualTo(MOST);
            int status = Http.postJson(path, bomb).statusCode();
            // 403: labels are off here
            assertThat(status)
                    .as("a bomb beginning with " + bomb.substring(0, 6))
                    .isIn(400, 403, 404, 422);
        }
    }

    private static String fields(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append('"').append(Integer.toString(i, 36)).append("\":0,");
        }
        return fields.toString();
    }

    @Test
    void tooManyRecordsAreRefusedBeforeTheyAreJudged() {
        HttpResponse<String> response = Http.postJson("/claims", "[" + "{},".repeat(200_000) + "{}]");

        assertProblem(response, 400);
        assertThat(Http.json(response).path("detail").asText()).contains("100000 records or fewer");
    }

    @Test
    void numbersBeyondAllMeasureAreJudgedInBoundedTime() {
        String claim = Claims.genuine("C-1").toString().replace("480.5", "1e999999999");

        assertProblem(Http.postJson("/claims", claim), 400, 422);
    }

    @Test
    void aHundredMegabytesAreRefusedUnread() throws IOException {
        long before = usedMegabytes();
        String head =
                "POST /claims HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n";

        assertThat(raw(head)).startsWith("HTTP/1.1 413");
        assertThat(usedMegabytes() - before).isLessThan(90);
    }

    private static long usedMegabytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "GZIP", "identity, gzip", "x-gzip"})
    void compressedBodiesAreRefusedWhateverTheirRatio(String encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[64 << 20]);
        }

        HttpResponse<String> response = Http.post(
                "/claims",
                BodyPublishers.ofByteArray(bytes.toByteArray()),
                "Content-Type",
                "application/json",
                "Content-Encoding",
                encoding);

        assertProblem(response, 415);
    }

    @Test
    void aBodyThatDoesNotComeIsGivenUp() {
        String head =
                "POST /claims HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"claim";

        String answer = raw(head);

        assertThat(answer)
                .startsWith("HTTP/1.1 408")
                .contains("application/problem+json")
                .contains("\"status\":408");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\nTransfer-Encoding: chunked",
                "Content-Length: 10\r\nContent-Length: 11",
                "Content-Length: -1",
                "Content-Length: 1e3"
            })
    void contradictoryLengthsAreRefused(String headers) {
        String answer = raw(
                "POST /claims HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + headers
                        + "\r\n\r\n0\r\n\r\n");

        assertThat(answer).matches("(?s)(HTTP/1.1 4\\d\\d.*)?");
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndOthersServed() throws Exception {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        List<Socket> open = new ArrayList<>();
        try {
            int closed = 0;
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(socket);
                socket.setSoTimeout(60_000);
                socket.getOutputStream()
                        .write("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                closed += isClosed(socket) ? 1 : 0;
            }
            assertThat(closed).isBetween(10, 59);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await("there is room again")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> raw("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .startsWith("HTTP/1.1 200"));
    }

    /** Whether it ends without an answer. */
    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes back until the connection ends; empty if it ends at once. */
    private static String raw(String request) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(OperationsTest.OwnJolokiaPort.class)
class OperationsTest {

    private static final String FLOW = "org.apache.camel:context=camel-aiflow,type=aiflow,name=\"claims\"";

    public static final class OwnJolokiaPort implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try (ServerSocket free = new ServerSocket(0)) {
                return Map.of("quarkus.camel.jolokia.server.port", String.valueOf(free.getLocalPort()));
            } catch (IOException e) {
                throw new IllegalStateException("a free port must be found", e);
            }
        }
    }

    @Test
    void metersCountWhatTheStepsDo() {
        double before = meter("aiflow_inference_records_total", "scored");
        Http.postJson("/claims", Claims.genuine("C-1").toString());
        Http.postJson("/claims", Claims.genuine("C-1").put("past_claims", -1).toString());

        assertThat(meter("aiflow_inference_records_total", "scored")).isEqualTo(before + 1);
        assertThat(meter("aiflow_validation_records_total", "outcome=\"invalid\""))
                .isGreaterThanOrEqualTo(1);
        assertThat(meter("aiflow_model_info", "version=\"v1\"")).isEqualTo(1);
        assertThat(meter("aiflow_drift_verdict", "claims")).isEqualTo(-1);
    }

    /** The value of the only meter of that name whose tags hold that text; 0 if there is none yet. */
    private static double meter(String name, String tag) {
        return Http.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void readinessTellsOfTheFlow() {
        HttpResponse<String> response = Http.get("/q/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode flow = null;
        for (JsonNode check : Http.json(response).path("checks")) {
            flow = check.path("name").asText().equals("aiflow-claims") ? check : flow;
        }
        assertThat(flow).isNotNull();
        assertThat(flow.path("status").asText()).isEqualTo("UP");
        assertThat(flow.path("data").path("version").asText()).isEqualTo("v1");
        assertThat(Http.get("/q/health/live").body()).doesNotContain("aiflow-claims");
    }

    @Test
    void theFlowHasAnMBean() throws Exception {
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(FLOW), "ServingVersion"))
                .isEqualTo("v1");
    }

    @Test
    void theDescriptionIsServedAndNamesWhatIsAnswered() throws IOException {
        HttpResponse<String> response = Http.get("/openapi");
        JsonNode api = new ObjectMapper(new YAMLFactory()).readTree(response.body());

        assertThat(Http.contentType(response)).isEqualTo("application/yaml");
        assertThat(api.path("openapi").asText()).startsWith("3.");
        assertThat(api.at("/paths/~1claims/post/responses").fieldNames())
                .toIterable()
                .contains("200", "400", "413", "415", "422", "503");
        assertRefsResolve(api, api);
        JsonNode examples = api.at("/components/examples");
        assertThat(decide(examples.at("/Fraud/value")).path("label").asText()).isEqualTo("fraud");
        JsonNode decision = decide(examples.at("/Genuine/value"));
        assertThat(decision.path("label").asText()).isEqualTo("genuine");
        List<String> described = new ArrayList<>();
        api.at("/components/schemas/Decision/properties").fieldNames().forEachRemaining(described::add);
        assertThat(decision.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void aClaimWithoutAnyOfTheRequiredFieldsIsInvalid() throws IOException {
        JsonNode api = new ObjectMapper(new YAMLFactory())
                .readTree(Http.get("/openapi").body());
        for (JsonNode required : api.at("/components/schemas/Claim/required")) {
            String claim = Claims.genuine("C-1").without(required.asText()).toString();
            assertThat(Http.postJson("/claims", claim).statusCode())
                    .as(required.asText())
                    .isEqualTo(422);
        }
    }

    private static JsonNode decide(JsonNode claim) {
        return Http.json(Http.postJson("/claims", claim.toString()));
    }

    private static void assertRefsResolve(JsonNode node, JsonNode root) {
        if (node.has("$ref")) {
            String ref = node.path("$ref").asText();
            assertThat(root.at(ref.substring(1)).isMissingNode()).as(ref).isFalse();
        }
        node.forEach(child -> assertRefsResolve(child, root));
    }

    @Test
    void jolokiaAnswersOnLoopback() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + jolokiaPort() + "/jolokia/version")
                        .toURL()
                        .openConnection();

        assertThat(connection.getResponseCode()).isEqualTo(200);
    }

    @Test
    void jolokiaAnswersNowhereElse() throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    try (Socket socket = new Socket()) {
                        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, jolokiaPort()), 2_000))
                                .isInstanceOf(IOException.class);
                    }
                }
            }
        }
        assertThat(ConfigProvider.getConfig().getValue("quarkus.camel.jolokia.server.host", String.class))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void tracingIsOff() {
        assertThat(ConfigProvider.getConfig().getValue("quarkus.otel.sdk.disabled", Boolean.class))
                .isTrue();
    }

    private static int jolokiaPort() {
        return ConfigProvider.getConfig().getValue("quarkus.camel.jolokia.server.port", Integer.class);
    }
}

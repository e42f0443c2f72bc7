package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DriftPageTest {

    private static final int WINDOW = 500;

    @Test
    void theDriftOfClaimsIsAPage() {
        HttpResponse<String> before = Http.get("/drift/claims");
        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(Http.contentType(before)).isEqualTo("text/html; charset=UTF-8");

        ArrayNode claims = Http.JSON.createArrayNode();
        for (int i = 0; i < 2 * WINDOW; i++) {
            claims.add(Claims.genuine("PLANTED-" + i));
        }
        Http.postJson("/claims", claims.toString());

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(Http.get("/drift/claims").body())
                        .contains("Drift of claims")
                        .contains("one false alarm in 50,000 records")
                        .contains("vehicle_value")
                        .contains("<svg")
                        .contains("No record is shown")
                        .doesNotContain("PLANTED"));
    }

    @Test
    void theQualityOfClaimsIsAPage() {
        HttpResponse<String> page = Http.get("/quality/claims");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(Http.contentType(page)).isEqualTo("text/html; charset=UTF-8");
        assertThat(page.body()).contains("Quality of claims");
    }

    @Test
    void nothingARequestSaysIsEchoed() {
        for (String path : new String[] {"/drift/claims", "/quality/claims"}) {
            HttpResponse<String> response = Http.send(Http.request(path + "?flow=%3Cscript%3E")
                    .header("CamelAiflowDrift", "forged")
                    .header("X-Own", "echoed")
                    .build());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).doesNotContain("forged").doesNotContain("<script");
            assertThat(response.headers().firstValue("X-Own")).isEmpty();
        }
    }
}

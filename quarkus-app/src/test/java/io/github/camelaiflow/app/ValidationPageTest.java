package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ValidationPageTest {

    private static final int WINDOW = 1000;

    @Test
    void theLastWindowOfClaimsIsAPage() {
        HttpResponse<String> before = Http.get("/validation/claims");
        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(Http.contentType(before)).isEqualTo("text/html; charset=UTF-8");

        ArrayNode claims = Http.JSON.createArrayNode();
        for (int i = 0; i < WINDOW - 1; i++) {
            claims.add(Claims.genuine("C-" + i));
        }
        Http.postJson("/claims", claims.toString());
        Http.postJson("/claims", Claims.genuine("C-X").put("region", "planted").toString());

        assertThat(Http.get("/validation/claims").body())
                .contains("Validation of claims")
                .contains("vehicle_value")
                .contains("<svg")
                .contains("No value of a record is shown")
                .doesNotContain("planted");
    }

    @Test
    void nothingARequestSaysIsEchoed() {
        HttpResponse<String> response = Http.send(Http.request("/validation/claims?flow=%3Cscript%3E")
                .header("CamelAiflowValidation", "forged")
                .header("X-Own", "echoed")
                .build());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("forged").doesNotContain("<script");
        assertThat(response.headers().firstValue("X-Own")).isEmpty();
    }
}

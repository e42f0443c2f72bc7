package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser sends for a page of another site. */
@QuarkusTest
class CrossSiteTest {

    private static HttpResponse<String> post(String path, String site) {
        return post(path, "Sec-Fetch-Site", site);
    }

    private static HttpResponse<String> post(String path, String header, String value) {
        return Http.post(
                path,
                BodyPublishers.ofString(Claims.genuine("C-1").toString()),
                "Content-Type",
                "application/json",
                header,
                value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/claims", "/claims/labels", "/rollout/claims", "/claims/dead-letters/1/replay"})
    void changesNothing(String path) {
        for (String site : new String[] {"cross-site", "same-site"}) {
            HttpResponse<String> response = post(path, site);

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(Http.contentType(response)).isEqualTo("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "https://localhost", "null"})
    void changesNothingThroughAnOlderOrPlainConnectionEither(String origin) {
        assertThat(post("/claims", "Origin", origin).statusCode()).isEqualTo(403);
    }

    @Test
    void aPageOfOursAndTheUserMay() {
        String here = Http.request("/").build().uri().toString();

        assertThat(post("/claims", "Origin", here.substring(0, here.length() - 1))
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/claims", "same-origin").statusCode()).isEqualTo(200);
        assertThat(post("/claims", "none").statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverOnlyLooksMay() {
        HttpResponse<String> response = Http.send(Http.request("/drift/claims")
                .header("Sec-Fetch-Site", "cross-site")
                .GET()
                .build());

        assertThat(response.statusCode()).isEqualTo(200);
    }
}

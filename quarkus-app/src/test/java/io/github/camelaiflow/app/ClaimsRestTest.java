package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ClaimsRestTest {

    private static final String INVALID = "urn:camel-aiflow:problem:invalid-record";
    private static final String UNDECODABLE = "urn:camel-aiflow:problem:undecodable";

    @Test
    void aClaimIsAnsweredWithItsDecision() {
        HttpResponse<String> response =
                Http.postJson("/claims", Claims.fraud("C-7").toString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Http.contentType(response)).isEqualTo("application/json");
        JsonNode decision = Http.json(response);
        assertThat(decision.path("schema").asText()).isEqualTo("aiflow-decision-1");
        assertThat(decision.path("key").asText()).isEqualTo("C-7");
        assertThat(decision.path("label").asText()).isEqualTo("fraud");
        assertThat(decision.path("score").asDouble()).isBetween(0.5, 1.0);
        assertThat(decision.path("version").asText()).isEqualTo("v1");
        assertThat(decision.path("servedBy").asText()).isEqualTo("primary");
        assertThat(decision.path("predictionId").asText()).isNotBlank();
        assertThat(decision.path("modelDigest").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void aListIsAnsweredInItsOrder() {
        ArrayNode claims = Http.JSON.createArrayNode();
        for (int i = 0; i < 200; i++) {
            claims.add(i % 3 == 0 ? Claims.fraud("C-" + i) : Claims.genuine("C-" + i));
        }

        JsonNode decisions = Http.json(Http.postJson("/claims", claims.toString()));

        assertThat(decisions).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(decisions.get(i).path("key").asText()).isEqualTo("C-" + i);
            assertThat(decisions.get(i).path("label").asText()).isEqualTo(i % 3 == 0 ? "fraud" : "genuine");
        }
    }

    @Test
    void anEmptyListIsAnsweredWithOne() {
        HttpResponse<String> response = Http.postJson("/claims", "[]");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("[]");
    }

    @Test
    void anInvalidClaimIsToldWhichFieldsMustBeWhatAndNoValue() {
        String claim = Claims.genuine("C-1")
                .put("claim_type", "secret-meteorite")
                .put("claim_amount", -4711.5)
                .toString();

        HttpResponse<String> response = Http.postJson("/claims", claim);

        JsonNode problem = assertProblem(response, 422, INVALID);
        assertThat(problem.path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("claim_type", "claim_amount");
        assertThat(problem.path("errors").findValuesAsText("detail"))
                .anyMatch(detail -> detail.contains("one of"))
                .anyMatch(detail -> detail.contains("at least 0"));
        assertThat(response.body()).doesNotContain("meteorite").doesNotContain("4711");
    }

    @Test
    void oneInvalidClaimOfAListStopsTheListAndIsNamedByItsPlace() {
        ArrayNode claims = Http.JSON.createArrayNode();
        claims.add(Claims.genuine("C-0")).add(Claims.genuine("C-1")).add(Claims.genuine("C-2"));
        claims.add(Claims.genuine("C-3").put("past_claims", -1));

        JsonNode problem = assertProblem(Http.postJson("/claims", claims.toString()), 422, INVALID);

        assertThat(problem.path("errors")).hasSize(1);
        assertThat(problem.path("errors").get(0).path("record").asInt()).isEqualTo(3);
        assertThat(problem.path("errors").get(0).path("field").asText()).isEqualTo("past_claims");
    }

    @Test
    void manyErrorsAreCutShortAndCounted() {
        ArrayNode claims = Http.JSON.createArrayNode();
        for (int i = 0; i < 150; i++) {
            claims.add(Claims.genuine("C-" + i).put("past_claims", -1));
        }

        JsonNode problem = assertProblem(Http.postJson("/claims", claims.toString()), 422, INVALID);

        assertThat(problem.path("errors")).hasSize(100);
        assertThat(problem.path("errorsLeftOut").asInt()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"claim_id\":", "", "3", "null", "\"text\"", "{} {}", "{\"a\":1,\"a\":2}"})
    void whatIsNoRecordIsABadRequest(String body) {
        assertProblem(Http.postJson("/claims", body), 400, UNDECODABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[[{}]]", "[null]"})
    void aListOfWhatIsNoRecordNamesThePlaces(String body) {
        JsonNode problem = assertProblem(Http.postJson("/claims", body), 422, INVALID);

        assertThat(problem.path("errors").get(0).path("record").asInt()).isZero();
        assertThat(problem.path("errors").get(0).path("detail").asText()).contains("must be a Map, JSON");
    }

    @Test
    void deepNestingIsABadRequest() {
        assertProblem(Http.postJson("/claims", "{\"a\":".repeat(5_000)), 400, UNDECODABLE);
    }

    @Test
    void anotherMediaTypeIsRefused() {
        HttpResponse<String> response = Http.post(
                "/claims", BodyPublishers.ofString(Claims.genuine("C-1").toString()), "Content-Type", "text/plain");

        assertProblem(response, 415, "about:blank");
    }

    @Test
    void anotherMethodOrPathIsRefused() {
        assertProblem(Http.get("/claims"), 405, "about:blank");
        assertProblem(Http.get("/nowhere"), 404, "about:blank");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        HttpResponse<String> response = Http.postJson("/claims", " ".repeat(5 << 20));

        assertProblem(response, 413, "about:blank");
    }

    @Test
    void aBodyOfUnknownLengthThatIsTooLargeIsRefused() {
        byte[] large = new byte[5 << 20];
        HttpResponse<String> response = Http.post(
                "/claims",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                "Content-Type",
                "application/json");

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void headersFromOutsideHaveNoSayAndAreNotEchoed() {
        HttpResponse<String> response = Http.post(
                "/claims",
                BodyPublishers.ofString(Claims.genuine("C-9").toString()),
                "Content-Type",
                "application/json",
                "CamelHttpResponseCode",
                "599",
                "camelhttpresponsecode",
                "599",
                "CAMELAIFLOWLABEL",
                "fraud",
                "cAmelAiflowPrediction",
                "forged",
                "CamelCharsetName",
                "no-such-charset",
                "Kafka.OVERRIDE_TOPIC",
                "elsewhere",
                "X-Note",
                "hello");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Http.json(response).path("label").asText()).isEqualTo("genuine");
        assertThat(response.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).matches("camel.*|kafka.*|x-note"));
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Http.contentType(response)).isEqualTo("application/problem+json");
        JsonNode problem = Http.json(response);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isEqualTo(type);
        assertThat(problem.path("title").asText()).isNotBlank();
        return problem;
    }
}

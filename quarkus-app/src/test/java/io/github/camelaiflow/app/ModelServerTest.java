package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.openinference.EncodedMessage;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.Tensor;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The claims flow as a client of KServe, Seldon or Triton sees it. */
@QuarkusTest
class ModelServerTest {

    private static final String MODEL = "/v2/models/claims";
    private static final String INFER = MODEL + "/infer";

    /** One column a field, of the datatype the metadata say; a missing value's column is left out. */
    private static ObjectNode request(ObjectNode... claims) {
        ObjectNode request = Http.JSON.createObjectNode().put("id", "q-1");
        ArrayNode inputs = request.putArray("inputs");
        JsonNode metadata = Http.json(Http.get(MODEL));
        for (JsonNode input : metadata.path("inputs")) {
            String name = input.path("name").asText();
            ObjectNode tensor = Http.JSON.createObjectNode().put("name", name);
            tensor.put("datatype", input.path("datatype").asText());
            tensor.putArray("shape").add(claims.length);
            ArrayNode data = tensor.putArray("data");
            for (ObjectNode claim : claims) {
                data.add(claim.get(name));
            }
            if (!data.toString().contains("null")) {
                inputs.add(tensor);
            }
        }
        return request;
    }

    @Test
    void theServerAndItsModelTellOfThemselves() {
        assertThat(Http.get("/v2/health/live").statusCode()).isEqualTo(200);
        assertThat(Http.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
        assertThat(Http.json(Http.get("/v2")).path("extensions").get(0).asText())
                .isEqualTo("binary_tensor_data");
        assertThat(Http.get(MODEL + "/ready").body()).isEqualTo("{\"name\":\"claims\",\"ready\":true}");
        assertThat(Http.get(MODEL + "/versions/v1/ready").statusCode()).isEqualTo(200);
        JsonNode metadata = Http.json(Http.get(MODEL));
        assertThat(metadata.path("versions").toString()).isEqualTo("[\"v1\",\"rules\"]");
        assertThat(metadata.path("inputs")).hasSize(13);
        assertThat(Http.postJson("/v2/repository/index", "{}").body()).contains("READY");
    }

    @Test
    void claimsAreDecidedAsElsewhere() {
        HttpResponse<String> response = Http.postJson(
                INFER,
                request(Claims.genuine("C-1"), Claims.fraud("C-2").put("witness_age", 30))
                        .toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Http.contentType(response)).isEqualTo("application/json");
        JsonNode body = Http.json(response);
        assertThat(body.path("id").asText()).isEqualTo("q-1");
        assertThat(body.path("model_version").asText()).isEqualTo("v1");
        assertThat(body.at("/outputs/0/data").toString()).isEqualTo("[\"genuine\",\"fraud\"]");
        assertThat(body.at("/parameters/served_by").asText()).isEqualTo("primary,primary");
    }

    @Test
    void aNamedVersionAnswers() {
        String claim = request(Claims.fraud("C-3")).toString();

        JsonNode rules = Http.json(Http.postJson(MODEL + "/versions/rules/infer", claim));

        assertThat(rules.path("model_version").asText()).isEqualTo("rules");
        assertThat(rules.at("/outputs/1/data").toString()).isEqualTo("[0.8]");
        assertThat(Http.postJson(MODEL + "/versions/v7/infer", claim).statusCode())
                .isEqualTo(404);
    }

    @Test
    void binaryGoesInAndOut() throws Exception {
        MessageCodec codec = new MessageCodec(Limits.DEFAULT);
        List<Tensor> inputs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : Claims.fraud("C-4").properties()) {
            JsonNode value = field.getValue();
            Object column = value.isTextual()
                    ? new String[] {value.asText()}
                    : value.isBoolean()
                            ? new boolean[] {value.asBoolean()}
                            : value.isNull() ? new double[] {Double.NaN} : new double[] {value.asDouble()};
            inputs.add(Tensor.ofArray(field.getKey(), column));
        }
        InferRequest asked = InferRequest.of("b-1", inputs).withBinaryOutputs();
        EncodedMessage encoded = codec.encode(asked, true);

        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        Http.request(INFER)
                                .header("Content-Type", encoded.contentType())
                                .header(EncodedMessage.JSON_LENGTH_HEADER, encoded.jsonLengthHeader())
                                .POST(BodyPublishers.ofByteArray(encoded.body()))
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).as("%s bytes", response.body().length).isEqualTo(200);
        InferResponse answer = codec.readResponse(
                response.body(),
                response.headers().firstValue(EncodedMessage.JSON_LENGTH_HEADER).orElseThrow());
        assertThat(answer.output("label").orElseThrow().nested()).isEqualTo(new String[] {"fraud"});
        assertThat(answer.id()).isEqualTo("b-1");
    }

    @Test
    void wrongRequestsAreTheProtocolsErrors() throws IOException {
        ObjectNode wrong = Claims.genuine("C-5");
        wrong.put("claim_type", "planted");
        HttpResponse<String> invalid =
                Http.postJson(INFER, request(Claims.genuine("C-6"), wrong).toString());

        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(Http.json(invalid).path("error").asText())
                .contains("record 1")
                .contains("claim_type")
                .doesNotContain("planted");
        for (String garbage : List.of("", "{", "[]", "{\"inputs\":[]}", "{\"inputs\":[{\"name\":\"x\"}]}")) {
            HttpResponse<String> response = Http.postJson(INFER, garbage);
            assertThat(response.statusCode()).as(garbage).isEqualTo(400);
            assertThat(Http.json(response).has("error")).as(garbage).isTrue();
        }
        assertThat(Http.get("/v2/models/other").statusCode()).isEqualTo(404);
        assertThat(Http.json(Http.get("/v2/nothing")).has("error")).isTrue();
        assertThat(Http.get(INFER).statusCode()).isEqualTo(405);
    }

    @Test
    void nothingARequestSaysSteersOrIsEchoed() {
        HttpResponse<String> response = Http.send(Http.request(INFER + "?CamelAiflowAskedVersion=rules")
                .header("CamelAiflowAskedVersion", "rules")
                .header("CamelHttpPath", "/health/live")
                .header("X-Own", "echoed")
                .POST(BodyPublishers.ofString(request(Claims.genuine("C-7")).toString()))
                .build());

        assertThat(Http.json(response).path("model_version").asText()).isEqualTo("v1");
        assertThat(response.headers().firstValue("X-Own")).isEmpty();
    }
}

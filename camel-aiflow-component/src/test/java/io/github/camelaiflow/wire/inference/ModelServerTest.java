package io.github.camelaiflow.wire.inference;

import static io.github.camelaiflow.wire.inference.ModelServer.input;
import static io.github.camelaiflow.wire.inference.ModelServer.json;
import static io.github.camelaiflow.wire.inference.ModelServer.request;
import static io.github.camelaiflow.wire.inference.ModelServer.status;
import static io.github.camelaiflow.wire.inference.ModelServer.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.openinference.EncodedMessage;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.MetadataCodec;
import io.github.camelaiflow.openinference.ModelMetadata;
import io.github.camelaiflow.openinference.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow of records as clients of the protocol see it. */
class ModelServerTest {

    private static final String INFER = "/v2/models/claims/infer";
    private static final String AMOUNTS = input("amount", "FP64", "[2]", "[0.95,0.1]");
    private static final String TYPES = input("type", "BYTES", "[2,1]", "['theft','fire']");

    private final MessageCodec codec = new MessageCodec(Limits.DEFAULT);
    private ModelServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        server = new ModelServer(folder)
                .claims("rollout: {serve: v1}\n")
                .definition("sums", """
                        models:
                          v1: {rules: [{when: {a: {above: 1}, b: {below: 5}}, label: yes!, score: 0.75}], otherwise: {label: no!}}
                        rollout: {serve: v1}
                        """)
                .serve("claims", "aiflow:infer:claims")
                .serve("sums", "aiflow:infer:sums")
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Message get(String path) {
        return server.send("claims", "GET", path, null);
    }

    private Message post(String path, byte[] body, String... headers) {
        return server.send("claims", "POST", path, body, headers);
    }

    @Test
    void theServerTellsOfItself() {
        assertThat(json(get("/v2/health/live")).toString()).isEqualTo("{\"live\":true}");
        assertThat(json(get("/health/ready")).toString()).isEqualTo("{\"ready\":true}");
        assertThat(json(get("/v2/models/claims/ready")).toString()).isEqualTo("{\"name\":\"claims\",\"ready\":true}");
        assertThat(status(get("/v2/models/claims/versions/rules/ready"))).isEqualTo(200);
        assertThat(json(get("/v2")).path("name").asText()).isEqualTo("camel-aiflow");
        assertThat(json(get("")).at("/extensions/0").asText()).isEqualTo("binary_tensor_data");
        assertThat(json(post("/v2/repository/index", null)).toString())
                .isEqualTo("[{\"name\":\"claims\",\"version\":\"v1\",\"state\":\"READY\",\"reason\":\"\"},"
                        + "{\"name\":\"claims\",\"version\":\"rules\",\"state\":\"READY\",\"reason\":\"\"}]");
    }

    @Test
    void metadataAreTheFlowsFieldsAndTheModelsResults() {
        ModelMetadata metadata =
                MetadataCodec.readModel(get("/v2/models/claims").getBody(byte[].class));

        assertThat(metadata.versions()).containsExactly("v1", "rules");
        assertThat(metadata.platform()).isEqualTo("tribuo");
        assertThat(metadata.inputs())
                .extracting(input -> input.name() + " " + input.datatype() + " " + input.shape())
                .containsExactly("amount FP64 [-1]", "type BYTES [-1]");
        assertThat(metadata.outputs())
                .extracting(output -> output.name() + " " + output.datatype() + " " + output.shape())
                .containsExactly("label BYTES [-1]", "score FP64 [-1]");
        assertThat(json(get("/v2/models/claims/versions/rules"))
                        .path("platform")
                        .asText())
                .isEqualTo("object");
    }

    @Test
    void columnsAreAnsweredRowByRow() {
        Message answer = post(INFER, request(AMOUNTS, TYPES, input("id", "BYTES", "[2]", "['a','b']")));

        assertThat(status(answer)).isEqualTo(200);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
        JsonNode body = json(answer);
        assertThat(body.path("model_name").asText()).isEqualTo("claims");
        assertThat(body.path("model_version").asText()).isEqualTo("v1");
        assertThat(body.path("id").asText()).isEqualTo("42");
        assertThat(body.at("/parameters/served_by").asText()).isEqualTo("primary,primary");
        assertThat(body.at("/parameters/prediction_id").asText().split(","))
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(body.at("/outputs/0").toString())
                .isEqualTo(
                        "{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"fraud\",\"legitimate\"]}");
        assertThat(body.at("/outputs/1/data/0").asDouble()).isBetween(0.5, 1.0);
    }

    @Test
    void anotherVersionAnswersIfItIsNamed() {
        JsonNode body = json(post("/v2/models/claims/versions/rules/infer", request(AMOUNTS, TYPES)));

        assertThat(body.path("model_version").asText()).isEqualTo("rules");
        assertThat(body.at("/outputs/1/data").toString()).isEqualTo("[0.8,0.9]");
        assertThat(json(post(INFER, request(AMOUNTS, TYPES)))
                        .path("model_version")
                        .asText())
                .isEqualTo("v1");
    }

    @Test
    void oneTensorOfTheFeaturesInTheirOrderIsEnough() {
        Message answer = server.send(
                "sums", "POST", "/v2/models/sums/infer", request(input("x", "FP32", "[3,2]", "[[2,4],[0,4],[2,9]]")));

        assertThat(json(answer).at("/outputs/0/data").toString()).isEqualTo("[\"yes!\",\"no!\",\"no!\"]");
        // not each row has a score
        assertThat(json(answer).path("outputs")).hasSize(1);
    }

    @Test
    void binaryTensorsAndOutputsGoAsTheyAreAskedFor() {
        InferRequest asked = new InferRequest(
                "b",
                java.util.Map.of(),
                List.of(
                        Tensor.ofArray("amount", new double[] {0.95, 0.1}),
                        Tensor.ofArray("type", new String[] {"theft", "fire"})),
                List.of(new InferRequest.RequestedOutput("score", java.util.Map.of("binary_data", true))));
        EncodedMessage encoded = codec.encode(asked, true);

        Message answer = post(INFER, encoded.body(), EncodedMessage.JSON_LENGTH_HEADER, encoded.jsonLengthHeader());

        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/octet-stream");
        InferResponse response = codec.readResponse(
                answer.getBody(byte[].class), answer.getHeader(EncodedMessage.JSON_LENGTH_HEADER, String.class));
        assertThat(response.outputs()).extracting(Tensor::name).containsExactly("score");
        assertThat(((double[]) response.outputs().get(0).data())[0]).isBetween(0.5, 1.0);
        assertThat(response.id()).isEqualTo("b");
    }

    @Test
    void noRowsAreNoAnswers() {
        JsonNode body = json(post(INFER, request(input("amount", "FP64", "[0]", "[]"))));

        assertThat(body.at("/outputs/0/shape").toString()).isEqualTo("[0]");
    }

    @Test
    void wrongRecordsAreNamedByRowAndField() {
        Message missing = post(INFER, request(AMOUNTS));
        Message notANumber = post(INFER, request(input("amount", "BYTES", "[2]", "['4711','4711']"), TYPES));

        assertThat(status(missing)).isEqualTo(400);
        assertThat(json(missing).path("error").asText())
                .contains("record 0")
                .contains("field type")
                .contains("1 more");
        assertThat(status(notANumber)).isEqualTo(400);
        assertThat(json(notANumber).path("error").asText()).contains("amount").doesNotContain("4711");
    }

    @Test
    void unknownNamesAreNotFound() {
        for (String path : List.of(
                "/v2/models/other",
                "/v2/models/claims/versions/v9",
                "/v2/models/claims/versions/v9/ready",
                "/v2/models/claims/versions",
                "/v2/models/claims/x",
                "/v2/models",
                "/v2/health",
                "/v2/health/x",
                "/v2/x",
                "/v2/models/%zz",
                "/v2/" + "x/".repeat(5000))) {
            assertThat(status(get(path))).as(path).isEqualTo(404);
            assertThat(json(get(path)).path("error").asText())
                    .as(path)
                    .isNotEmpty()
                    .doesNotContain("v9");
        }
        assertThat(status(post("/v2/models/claims/versions/v9/infer", request(AMOUNTS, TYPES))))
                .isEqualTo(404);
        assertThat(status(post("/v2/models/other/infer", request(AMOUNTS, TYPES))))
                .isEqualTo(404);
        Message wrongMethod = get(INFER);
        assertThat(status(wrongMethod)).isEqualTo(405);
        assertThat(wrongMethod.getHeader("Allow")).isEqualTo("POST");
    }

    @Test
    void headersFromOutsideHaveNoSayAndAreNotEchoed() {
        Message answer = post(
                INFER,
                request(AMOUNTS, TYPES),
                "CamelAiflowAskedVersion",
                "rules",
                "CamelAiflowPrediction",
                "x",
                "X",
                "y");

        assertThat(json(answer).path("model_version").asText()).isEqualTo("v1");
        assertThat(answer.getHeaders()).containsOnlyKeys("Content-Type", "CamelHttpResponseCode");
    }

    @Test
    void hostileBodiesAreTurnedAway() {
        for (String body : List.of(
                "",
                "<html>",
                "[]",
                "null",
                "{}",
                "{'inputs':[]}",
                "{'inputs':{}}",
                "{'inputs':[" + "[".repeat(10_000),
                "{'inputs':[" + AMOUNTS,
                "{'inputs':[" + input("amount", "FP64", "[3]", "[1,2]") + "]}",
                "{'inputs':[" + input("amount", "FP64", "[-1]", "[]") + "]}",
                "{'inputs':[" + input("amount", "FP64", "[4000000000]", "[1]") + "]}",
                "{'inputs':[" + input("amount", "FP64", "[2000000,2000000]", "[1]") + "]}",
                "{'inputs':[" + input("amount", "FP64", "[2,3]", "[1,2,3,4,5,6]") + "]}",
                "{'inputs':[" + input("amount", "FP64", "[]", "[1]") + "]}",
                "{'inputs':[" + input("amount", "FP99", "[1]", "[1]") + "]}",
                "{'inputs':[" + input("x", "FP64", "[1]", "[1]") + "]}",
                "{'inputs':[" + input("amount", "FP64", "[1]", "[0.5]") + "," + TYPES + "]}",
                "{'inputs':[" + AMOUNTS + "," + AMOUNTS + "]}",
                "{'inputs':[" + AMOUNTS + "," + TYPES + "],'outputs':[{'name':'nothing'}]}")) {
            Message answer = post(INFER, utf8(body));
            assertThat(status(answer)).as(body).isEqualTo(400);
            assertThat(json(answer).path("error").asText()).as(body).isNotEmpty();
        }
        byte[] good = request(AMOUNTS, TYPES);
        for (String length : List.of("-1", "0", "x", "7", "99999999", "4000000000")) {
            assertThat(status(post(INFER, good, EncodedMessage.JSON_LENGTH_HEADER, length)))
                    .as(length)
                    .isEqualTo(400);
        }
    }

    @Test
    void tooManyRecordsOrBytesAreTooLarge() {
        String rows = "0,".repeat(99_999) + "0";
        Message answer = post(INFER, request(input("amount", "FP64", "[100000]", "[" + rows + "]")));

        assertThat(status(answer)).isEqualTo(413);
        assertThat(json(answer).path("error").asText()).contains("10000 records");
        assertThat(status(post(INFER, new byte[(16 << 20) + 1]))).isEqualTo(413);
        assertThat(status(post("/v2/repository/index", new byte[5000]))).isEqualTo(413);
    }

    @Test
    void damagedRequestsAreAnsweredOrTurnedAway() {
        EncodedMessage whole = codec.encode(
                InferRequest.of(
                        "1",
                        List.of(
                                Tensor.ofArray("amount", new double[] {0.95, 0.1}),
                                Tensor.ofArray("type", new String[] {"theft", "fire"}))),
                true);
        Random random = new Random(20261122);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] damaged = java.util.Arrays.copyOf(
                    whole.body(), i % 2 == 0 ? whole.body().length : random.nextInt(whole.body().length));
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Message answer = post(INFER, damaged, EncodedMessage.JSON_LENGTH_HEADER, whole.jsonLengthHeader());
            assertThat(status(answer)).as("damage %s", i).isIn(200, 400);
            refused += status(answer) == 400 ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(250);
    }
}

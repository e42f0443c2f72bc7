package io.github.camelaiflow.wire.inference;

import static io.github.camelaiflow.wire.inference.ModelServer.input;
import static io.github.camelaiflow.wire.inference.ModelServer.json;
import static io.github.camelaiflow.wire.inference.ModelServer.request;
import static io.github.camelaiflow.wire.inference.ModelServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.Signature.Part;
import io.github.camelaiflow.model.Signature.ResultSpec;
import io.github.camelaiflow.model.Signature.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of tensors, rollouts, failures, and the component's own client. */
class ModelServerTensorsTest {

    private ModelServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void create() {
        server = new ModelServer(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** Doubles its rows of three, as such models do: a map of arrays a row. */
    private static final class Doubling implements Model {

        @Override
        public Signature signature() {
            return new Signature(
                    List.of(),
                    List.of(
                            new TensorSpec("x", "FP32", List.of(-1L, 3L)),
                            new TensorSpec("n", "INT64", List.of(-1L, 1L))),
                    List.of("twice", "first", "kind"),
                    List.of(
                            new ResultSpec("twice", "FP32", List.of(-1L, 3L), Part.VALUE),
                            new ResultSpec("first", "UINT8", List.of(-1L), Part.VALUE),
                            new ResultSpec("kind", "INT64", List.of(-1L, 1L), Part.LABEL),
                            new ResultSpec("none", "MAP", List.of(), Part.VALUE)));
        }

        @Override
        public List<Outcome> predict(ModelInput input) {
            Map<String, Object> arrays = ((ModelInput.Tensors) input).arrays();
            float[][] rows = (float[][]) arrays.get("x");
            long[][] kinds = (long[][]) arrays.get("n");
            List<Outcome> outcomes = new ArrayList<>();
            for (int row = 0; row < rows.length; row++) {
                float[] twice = rows[row].clone();
                for (int i = 0; i < twice.length; i++) {
                    twice[i] *= 2;
                }
                outcomes.add(Outcome.of(new Output(
                        Map.of("twice", twice, "first", (byte) twice[0]),
                        String.valueOf(kinds[row][0]),
                        null,
                        Map.of())));
            }
            return outcomes;
        }

        @Override
        public void close() {}
    }

    /** Cannot answer. */
    private record Broken(boolean retryable) implements Model {

        @Override
        public Signature signature() {
            return new Signature(List.of("a"), List.of(), List.of());
        }

        @Override
        public List<Outcome> predict(ModelInput input) {
            throw new ModelException(retryable, "secret 4711");
        }

        @Override
        public void close() {}
    }

    private Message infer(String flow, byte[] body) {
        return server.send(flow, "POST", "/v2/models/" + flow + "/infer", body);
    }

    @Test
    void namedTensorsGoToTheModelAndComeBackOfItsTypes() throws Exception {
        server.model("doubling", new Doubling())
                .definition("t", "{models: {v1: {bean: doubling}}, rollout: {serve: v1}}")
                .serve("t", "aiflow:infer:t")
                .start();

        JsonNode body = json(infer(
                "t",
                request(
                        input("x", "FP32", "[2,3]", "[1,2,3,100,5,6.5]"),
                        input("n", "INT64", "[2,1]", "[7,9007199254740993]"))));

        assertThat(body.path("outputs").toString())
                .isEqualTo(
                        "[{\"name\":\"twice\",\"datatype\":\"FP32\",\"shape\":[2,3],\"data\":[2.0,4.0,6.0,200.0,10.0,13.0]},"
                                + "{\"name\":\"first\",\"datatype\":\"UINT8\",\"shape\":[2],\"data\":[2,200]},"
                                + "{\"name\":\"kind\",\"datatype\":\"INT64\",\"shape\":[2,1],\"data\":[7,9007199254740993]}]");
        JsonNode metadata = json(server.send("t", "GET", "/v2/models/t", null));
        assertThat(metadata.at("/inputs/0").toString())
                .isEqualTo("{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,3]}");
        assertThat(metadata.path("outputs")).hasSize(3);
        assertThat(status(infer("t", request(input("y", "FP32", "[2,3]", "[1,2,3,100,5,6.5]")))))
                .isEqualTo(400);
    }

    @Test
    void aModelThatCannotAnswerIsUnavailableAndSaysWhetherToTryAgain() throws Exception {
        for (String retryable : List.of("true", "false")) {
            server.model(retryable, new Broken(Boolean.parseBoolean(retryable)))
                    .definition(retryable, "{models: {v1: {bean: " + "'" + retryable + "'}}, rollout: {serve: v1}}")
                    .serve(retryable, "aiflow:infer:" + retryable);
        }
        server.start();
        byte[] body = request(input("a", "FP32", "[1]", "[1]"));

        Message later = infer("true", body);
        Message never = infer("false", body);

        assertThat(status(later)).isEqualTo(503);
        assertThat(later.getHeader("Retry-After")).isEqualTo(10);
        assertThat(json(later).path("error").asText()).isNotEmpty().doesNotContain("4711");
        assertThat(status(never)).isEqualTo(503);
        assertThat(never.getHeaders()).doesNotContainKey("Retry-After");
    }

    @Test
    void aFlowThatIsNotSetUpIsNotReadyButLives() throws Exception {
        server.serve("none", "mock:none").start();

        assertThat(status(server.send("none", "GET", "/v2/health/live", null))).isEqualTo(200);
        for (String path : List.of("/v2/health/ready", "/v2/models/none/ready", "/v2/models/none")) {
            assertThat(status(server.send("none", "GET", path, null))).as(path).isEqualTo(503);
        }
        assertThat(status(infer("none", request(input("a", "FP32", "[1]", "[1]")))))
                .isEqualTo(503);
        assertThat(json(server.send("none", "POST", "/v2/repository/index", null)))
                .isEmpty();
    }

    @Test
    void rowsAnsweredBySeveralVersionsSayWhich() throws Exception {
        server.claims("rollout: {serve: v1, weights: {v1: 50%, rules: 50%}}\n")
                .serve("claims", "aiflow:infer:claims")
                .start();
        StringBuilder ids = new StringBuilder();
        StringBuilder amounts = new StringBuilder();
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            ids.append(i == 0 ? "" : ",").append("'c").append(i).append("'");
            amounts.append(i == 0 ? "" : ",").append(0.5);
            types.append(i == 0 ? "" : ",").append("'fire'");
        }
        byte[] body = request(
                input("id", "BYTES", "[100]", "[" + ids + "]"),
                input("amount", "FP64", "[100]", "[" + amounts + "]"),
                input("type", "BYTES", "[100]", "[" + types + "]"));

        JsonNode mixed = json(infer("claims", body));
        JsonNode named = json(server.send("claims", "POST", "/v2/models/claims/versions/rules/infer", body));

        assertThat(mixed.has("model_version")).isFalse();
        assertThat(mixed.at("/parameters/versions").asText().split(","))
                .hasSize(100)
                .contains("v1", "rules");
        assertThat(json(infer("claims", body)).at("/parameters/versions").asText())
                .isEqualTo(mixed.at("/parameters/versions").asText());
        assertThat(named.path("model_version").asText()).isEqualTo("rules");
    }

    @Test
    void aStepThatNamesItsModelsIsNotTurnedToAnother() throws Exception {
        server.claims("rollout: {serve: v1}\n")
                .serve("claims", "aiflow:infer:claims?models=rules")
                .start();
        byte[] body = request(input("amount", "FP64", "[1]", "[0.95]"), input("type", "BYTES", "[1]", "['fire']"));

        JsonNode answer = json(server.send("claims", "POST", "/v2/models/claims/versions/v1/infer", body));

        assertThat(answer.path("model_version").asText()).isEqualTo("rules");
        assertThat(answer.at("/outputs/1/data").toString()).isEqualTo("[0.8]");
    }

    @Test
    void anAliasIsAVersionsName() throws Exception {
        server.claims("aliases: {champion: rules}\nrollout: {serve: v1}\n")
                .serve("claims", "aiflow:infer:claims")
                .start();
        byte[] body = request(input("amount", "FP64", "[1]", "[0.95]"), input("type", "BYTES", "[1]", "['fire']"));

        JsonNode answer = json(server.send("claims", "POST", "/v2/models/claims/versions/champion/infer", body));

        assertThat(answer.path("model_version").asText()).isEqualTo("rules");
    }

    @Test
    void aModelWithoutLabelAndScoreGivesItsAnswersAsTexts() throws Exception {
        java.util.function.Function<Map<String, Object>, Object> tags =
                record -> new Output(java.util.Set.of("a"), null, null, Map.of());
        server.context.getRegistry().bind("tags", tags);
        server.definition("t", "{models: {v1: {bean: tags}}, rollout: {serve: v1}}")
                .serve("t", "aiflow:infer:t")
                .start();

        JsonNode answer = json(infer("t", request(input("x", "UINT8", "[2]", "[1,255]"))));

        assertThat(answer.path("outputs").toString())
                .isEqualTo(
                        "[{\"name\":\"value\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"[\\\"a\\\"]\",\"[\\\"a\\\"]\"]}]");
    }

    @Test
    void theComponentsOwnClientAsksThisServer() throws Exception {
        server.claims("rollout: {serve: v1}\n").serve("claims", "aiflow:infer:claims");
        int port = server.listen("claims");
        server.definition("remote", """
                record: {key: id, fields: {amount: {type: number}, type: {type: category, values: [theft, fire]}}}
                models: {peer: {endpoint: "http://localhost:%s/v2/models/claims/infer", protocol: open-inference}}
                rollout: {serve: peer}
                """.formatted(port));
        server.context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:remote").errorHandler(noErrorHandler()).to("aiflow:infer:remote");
                from("direct:local").to("aiflow:infer:claims");
            }
        });
        server.start();
        List<Map<String, Object>> records = io.github.camelaiflow.TinyModels.claims(200, 3);

        Exchange remote = server.context.createProducerTemplate().request("direct:remote", out -> out.getMessage()
                .setBody(records));
        Exchange local = server.context.createProducerTemplate().request("direct:local", out -> out.getMessage()
                .setBody(records));

        assertThat(remote.getException()).isNull();
        assertThat((List<?>) remote.getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo(local.getMessage().getHeader("CamelAiflowLabel"))
                .hasSize(200);
        assertThat((List<?>) remote.getMessage().getHeader("CamelAiflowScore"))
                .isEqualTo(local.getMessage().getHeader("CamelAiflowScore"));
    }
}

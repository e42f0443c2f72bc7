package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InferStepTest {

    private static final Map<String, Object> THEFT = TinyModels.claim("c1", 0.95, "theft");
    private static final Map<String, Object> FIRE = TinyModels.claim("c2", 0.1, "fire");

    private CamelContext context;
    private FlowFolder folder;

    @BeforeAll
    void start(@TempDir Path temp) throws Exception {
        folder = new FlowFolder(temp);
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:infer").to("aiflow:infer:claims");
                from("direct:mark").to("aiflow:infer:claims?onError=mark");
                from("direct:body").to("aiflow:infer:claims?resultTo=body");
                from("direct:rules").to("aiflow:infer:claims?models=rules");
                from("direct:timeout").to("aiflow:infer:claims?timeout=30s");
                from("direct:bare")
                        .to("aiflow:infer:anything?features=amount,type@theft,type@fire&model=file:"
                                + temp.resolve("models/v1.tribuo"));
            }
        });
        context.start();
    }

    @AfterAll
    void stop() {
        context.stop();
    }

    private Exchange send(String to, Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        return context.createProducerTemplate().send(to, exchange);
    }

    private Exchange send(String to, Object body) {
        Exchange exchange = send(to, body, Map.of());
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    @Test
    void aRecordGetsLabelScoreVersionAndId() {
        Exchange exchange = send("direct:infer", THEFT);

        assertThat(exchange.getMessage().getBody()).isSameAs(THEFT);
        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("fraud");
        assertThat((Double) exchange.getMessage().getHeader("CamelAiflowScore")).isBetween(0.5, 1.0);
        assertThat(exchange.getMessage().getHeader("CamelAiflowModel")).isEqualTo("claims");
        assertThat(exchange.getMessage().getHeader("CamelAiflowModelVersion")).isEqualTo("v1");
        assertThat(exchange.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo("primary");
        Prediction prediction = exchange.getMessage().getHeader("CamelAiflowPrediction", Prediction.class);
        assertThat(prediction.id()).isEqualTo(exchange.getMessage().getHeader("CamelAiflowPredictionId"));
        assertThat(prediction.key()).isEqualTo("c1");
        assertThat(prediction.modelDigest()).hasSize(64);
        assertThat(prediction.definitionDigest()).hasSize(64);
    }

    @Test
    void theStringFormShowsNoValueOfTheRecordUnlessAsked() {
        Prediction prediction =
                send("direct:infer", THEFT).getMessage().getHeader("CamelAiflowPrediction", Prediction.class);

        assertThat(prediction.toString()).contains("\"label\":\"fraud\"").doesNotContain("0.95", "theft", "c1\"");
        assertThat(prediction.toJson()).contains("\"amount\":0.95", "\"key\":\"c1\"");
        assertThat(send("direct:body", THEFT).getMessage().getBody(String.class))
                .contains("\"amount\":0.95");
    }

    @Test
    void everyKindOfBodyIsTaken() {
        String json = "{\"id\":\"c1\",\"amount\":0.95,\"type\":\"theft\"}";
        record Claim(String id, double amount, String type) {}
        for (Object body : List.of(
                json,
                json.getBytes(StandardCharsets.UTF_8),
                new Claim("c1", 0.95, "theft"),
                new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(THEFT))) {
            assertThat(send("direct:infer", body).getMessage().getHeader("CamelAiflowLabel"))
                    .as(body.getClass().getName())
                    .isEqualTo("fraud");
        }
    }

    @Test
    void aStreamCanBeReadAgainAfterTheStep() {
        String json = "{\"id\":\"c1\",\"amount\":0.95,\"type\":\"theft\"}";
        Exchange exchange = send("direct:infer", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("fraud");
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo(json);
    }

    @Test
    void aBatchIsOneCallWithHeadersInOrder() {
        Exchange exchange = send("direct:infer", List.of(THEFT, FIRE, THEFT));

        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo(List.of("fraud", "legitimate", "fraud"));
        Predictions predictions = exchange.getMessage().getHeader("CamelAiflowPrediction", Predictions.class);
        assertThat(predictions).extracting(Prediction::key).containsExactly("c1", "c2", "c1");
        assertThat(predictions).extracting(Prediction::id).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyBatchHasNoPredictions() {
        assertThat((List<?>) send("direct:infer", List.of()).getMessage().getHeader("CamelAiflowPrediction"))
                .isEmpty();
    }

    @Test
    void aLargeBatchIsTaken() {
        Exchange exchange = send("direct:infer", TinyModels.claims(100_000, 3));

        assertThat((List<?>) exchange.getMessage().getHeader("CamelAiflowLabel"))
                .hasSize(100_000);
    }

    @Test
    void wrongDataFailsAsACamelValidationExceptionThatNamesTheField() {
        Map<String, Object> missing = Map.of("id", "c1", "type", "theft");
        for (Map<String, Object> bad : List.of(
                missing,
                TinyModels.claim("c1", Double.NaN, "theft"),
                TinyModels.claim("c1", Double.POSITIVE_INFINITY, "theft"),
                Map.<String, Object>of("id", "c1", "amount", "SECRET", "type", "theft"))) {
            Exception error = send("direct:infer", bad, Map.of()).getException();
            assertThat(error).isInstanceOf(ValidationException.class).isInstanceOf(AiflowDataException.class);
            assertThat(((AiflowDataException) error).getFields()).containsExactly("amount");
            assertThat(error.toString()).contains("amount").doesNotContain("SECRET");
        }
    }

    @Test
    void bodiesWithoutRecordsAreRefused() {
        for (Object body : new Object[] {null, 5, "no json", "[1]", List.of(5), List.of(Map.of(1, 2))}) {
            Exception error = send("direct:infer", body, Map.of()).getException();
            assertThat(error).as(String.valueOf(body)).isInstanceOf(AiflowDataException.class);
            assertThat(((AiflowDataException) error).getReason()).isIn(Reason.UNSUPPORTED_BODY, Reason.UNDECODABLE);
        }
    }

    @Test
    void onErrorMarkGivesTheBadRecordOfABatchItsError() {
        List<Map<String, Object>> batch = List.of(THEFT, Map.of("id", "bad", "type", "theft"), FIRE);

        Predictions predictions =
                send("direct:mark", batch).getMessage().getHeader("CamelAiflowPrediction", Predictions.class);

        assertThat(predictions).extracting(Prediction::label).containsExactly("fraud", null, "legitimate");
        assertThat(predictions.get(1).error()).isEqualTo(Reason.MISSING_FEATURE);
        assertThatThrownBy(() -> {
                    throw send("direct:infer", batch, Map.of()).getException();
                })
                .hasMessageContaining("record 1")
                .isInstanceOf(AiflowDataException.class);
    }

    @Test
    void anotherModelOfTheDefinitionCanBeNamed() {
        Exchange exchange = send("direct:rules", THEFT);

        assertThat(exchange.getMessage().getHeader("CamelAiflowModelVersion")).isEqualTo("rules");
        assertThat(exchange.getMessage().getHeader("CamelAiflowScore")).isEqualTo(0.8);
    }

    @Test
    void aModelFileNeedsNoDefinitionAndIsKnownByItsDigest() {
        Exchange exchange = send("direct:bare", THEFT);

        String digest = exchange.getMessage()
                .getHeader("CamelAiflowPrediction", Prediction.class)
                .modelDigest();
        assertThat(exchange.getMessage().getHeader("CamelAiflowModelVersion")).isEqualTo(digest.substring(0, 12));
    }

    @Test
    void rawTensorsAreTakenInTheOrderOfFeatures() {
        assertThat(send("direct:bare", new double[] {0.95, 1, 0}).getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo("fraud");
        assertThat(send("direct:bare", new float[][] {{0.95f, 1, 0}, {0.1f, 0, 1}})
                        .getMessage()
                        .getHeader("CamelAiflowLabel"))
                .isEqualTo(List.of("fraud", "legitimate"));
        assertThat(send("direct:bare", List.of(new double[] {0.95, 1, 0}, new double[] {0.1, 0, 1}))
                        .getMessage()
                        .getHeader("CamelAiflowLabel"))
                .isEqualTo(List.of("fraud", "legitimate"));
    }

    @Test
    void noHeaderFromOutsideSteersOrSurvivesTheStep() {
        Map<String, Object> hostile = new HashMap<>();
        for (String header : List.of("CamelAiflowModelVersion", "camelaiflowmodelversion", "CAMELAIFLOWMODELS")) {
            hostile.put(header, "rules");
        }
        hostile.put("CamelAiflowServedBy", "canary");

        Exchange exchange = send("direct:infer", THEFT, hostile);
        Exchange failed = send("direct:infer", Map.of(), hostile);

        assertThat(exchange.getMessage().getHeader("CamelAiflowModelVersion")).isEqualTo("v1");
        assertThat(exchange.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo("primary");
        assertThat(failed.getMessage().getHeader("CamelAiflowModelVersion")).isNull();
        assertThat(failed.getMessage().getHeader("CamelAiflowServedBy")).isNull();
    }

    @Test
    void aStepWithATimeoutAnswersInTime() {
        assertThat(send("direct:timeout", THEFT).getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo("fraud");
    }

    @Test
    void extraFieldsAndLongTextsDoNoHarm() {
        Map<String, Object> wide = new HashMap<>(THEFT);
        for (int i = 0; i < 1000; i++) {
            wide.put("extra" + i, i);
        }
        wide.put("note", "x".repeat(1 << 20));

        assertThat(send("direct:infer", wide).getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo("fraud");
        List<Map<String, Object>> batch = new ArrayList<>(List.of(wide, FIRE));
        assertThat(send("direct:infer", batch).getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo(List.of("fraud", "legitimate"));
    }
}

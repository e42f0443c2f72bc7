package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.feedback.quality.HarmAction;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.feedback.quality.QualityStatus;
import io.github.camelaiflow.wire.training.Retrain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels that tell of harm make a new version, which a flow that watches its folder can serve. */
class RetrainTest extends WithFlowFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Instant AT = Instant.parse("2026-11-03T14:25:01.123Z");
    private static final String DEFINITION = """
            record:
              key: id
              fields:
                amount: {type: number}
                type: {type: category, values: [theft, fire]}
            versions: {folder: models/claims, watch: 20ms}
            aliases: {champion: v1}
            rollout: {serve: champion}
            feedback: {positive: fraud, baseline: {loss: 0.05}, margin: 0.1, onHarm: retrain}
            """;

    private Path versions;
    private Retrain retrain;

    @BeforeEach
    void versions() {
        versions = temp.resolve("models/claims");
        VersionFolders.write(versions, "v1", 1);
        folder.write("claims.yaml", DEFINITION);
        retrain = new Retrain();
        retrain.setFlow("claims");
        retrain.setRecords("file:" + temp.resolve("labelled.csv"));
    }

    /** The world has changed: now high fires are fraud. */
    private static String truth(Map<String, Object> claim) {
        return (double) claim.get("amount") > 0.3 && "fire".equals(claim.get("type")) ? "fraud" : "legitimate";
    }

    private void writeRecords() {
        folder.write(
                "labelled.csv",
                "id,amount,type,label\n"
                        + TinyModels.claims(1000, 5).stream()
                                .map(claim -> claim.get("id") + "," + claim.get("amount") + "," + claim.get("type")
                                        + "," + truth(claim))
                                .collect(Collectors.joining("\n")));
    }

    private void startRoutes() throws Exception {
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:r0").to("aiflow:infer:claims");
                from("direct:label").to("aiflow:feedback:claims");
                from("aiflow:events:claims?events=quality")
                        .to("mock:events")
                        .process(retrain)
                        .to("mock:new");
                from("direct:retrain").process(retrain).to("mock:new");
                from("direct:records").process(exchange -> exchange.getMessage()
                        .setBody(TinyModels.claims(1000, 5).stream()
                                .peek(claim -> claim.put("label", truth(claim)))
                                .toList()));
            }
        });
        context.start();
    }

    private MockEndpoint mock(String name) {
        return context.getEndpoint("mock:" + name, MockEndpoint.class);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(versions)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static QualityReport report(QualityStatus status, HarmAction action) {
        return new QualityReport(status, action, "v1", List.of(), 0.95, 0, 0, 0, 0, 0, Duration.ZERO, AT, AT);
    }

    @Test
    void harmMakesANewVersionThatCanServe() throws Exception {
        writeRecords();
        startRoutes();
        List<Map<String, Object>> claims = TinyModels.claims(100, 9);
        await().atMost(PATIENCE).until(() -> {
            List<Map<String, Object>> labels = new ArrayList<>();
            for (Map<String, Object> claim : claims) {
                Object id = send("direct:r0", claim).getMessage().getHeader(AiflowConstants.PREDICTION_ID);
                labels.add(Map.of("predictionId", id, "label", truth(claim)));
            }
            send("direct:label", labels);
            return mock("new").getReceivedCounter() == 1;
        });

        Exchange told = mock("new").getExchanges().get(0);
        String version = told.getMessage().getHeader(AiflowConstants.MODEL_VERSION, String.class);
        JsonNode body = new ObjectMapper().readTree(told.getMessage().getBody(String.class));
        assertThat(version).matches("retrained-\\d{8}T\\d{9}Z");
        assertThat(body.path("version").asText()).isEqualTo(version);
        assertThat(body.path("parent").asText()).isEqualTo("v1");
        assertThat(body.at("/metrics/accuracy").asDouble()).isGreaterThan(0.95);
        assertThat(names()).containsExactly(version, "v1");
        assertThat(version(claims.get(0))).isEqualTo("v1");

        VersionFolders.aliases(versions, "{\"champion\": \"" + version + "\"}");
        await().atMost(PATIENCE).until(() -> version(claims.get(0)).equals(version));
        assertThat(send("direct:r0", TinyModels.claim("a", 0.9, "fire"))
                        .getMessage()
                        .getHeader("CamelAiflowLabel"))
                .isEqualTo("fraud");

        // the same event, delivered again
        Exchange again = send(
                "direct:retrain",
                mock("events").getExchanges().stream()
                        .map(exchange -> exchange.getMessage().getBody())
                        .filter(each -> each instanceof QualityReport report && report.status() == QualityStatus.HARM)
                        .findFirst()
                        .orElseThrow());
        assertThat(again.getException()).isNull();
        assertThat(mock("new").getReceivedCounter()).isEqualTo(1);
        assertThat(names()).containsExactly("aliases.json", version, "v1");
    }

    @Test
    void whatRecommendsNoTrainingGoesNoFurther() throws Exception {
        startRoutes();

        assertThat(send("direct:retrain", report(QualityStatus.NONE, HarmAction.NONE))
                        .getException())
                .isNull();
        assertThat(send("direct:retrain", report(QualityStatus.HARM, HarmAction.ROLL_BACK))
                        .getException())
                .isNull();
        assertThat(send("direct:retrain", "text").getException()).isNull();

        assertThat(mock("new").getReceivedCounter()).isZero();
        assertThat(names()).containsExactly("v1");
    }

    @Test
    void aFailureLeavesNothingBehindAndCanBeTriedAgain() throws Exception {
        startRoutes();
        QualityReport harm = report(QualityStatus.HARM, HarmAction.RETRAIN);
        assertThat(send("direct:retrain", harm).getException()).isInstanceOf(IOException.class);
        folder.write("labelled.csv", "id,amount,type,label\nsecret,1,theft,fraud\n");
        Exchange few = send("direct:retrain", harm);
        assertThat(stack(few.getException())).contains("must be at least 100").doesNotContain("secret");
        assertThat(names()).containsExactly("v1");

        writeRecords();
        send("direct:retrain", harm);

        assertThat(names()).containsExactly("retrained-20261103T142501123Z", "v1");
    }

    @Test
    void recordsMayComeFromAnEndpoint() throws Exception {
        retrain.setRecords("direct:records");
        retrain.setGolden(0);
        startRoutes();

        send("direct:retrain", report(QualityStatus.HARM, HarmAction.RETRAIN));

        assertThat(mock("new").getReceivedCounter()).isEqualTo(1);
        Path card = versions.resolve("retrained-20261103T142501123Z/card.json");
        assertThat(Files.readString(card)).doesNotContain("golden");
    }

    @Test
    void aFlowWithoutAFolderOfVersionsSaysSo() throws Exception {
        writeRecords();
        folder.write("claims.yaml", FlowFolder.DEFINITION);
        startRoutes();

        Exchange failed = send("direct:retrain", report(QualityStatus.HARM, HarmAction.RETRAIN));

        assertThat(failed.getException()).hasMessageContaining("flow claims needs versions.folder in its definition");
    }
}

package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How flows come up and agree, and what stops them. */
class FlowTest extends WithFlowFolder {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aiflow:score:claims|operation must be one of validate, infer, drift, feedback, suggest, rollout, events, deliver, was score",
                "aiflow:claims|must be aiflow:operation:name",
                "aiflow:infer:../claims|the name of a flow must start with",
                "aiflow:infer:claims?modell=x|modell",
                "aiflow:infer:claims?batchSize=0|batchSize must be from 1 to 100000, was 0",
                "aiflow:infer:claims?batchDelay=2|option batchDelay of aiflow:infer needs batchSize",
                "aiflow:drift:claims?mode=forget|mode must be one of watch, learn, was forget",
                "aiflow:infer:claims?models=v1,,rules|models must be names with commas between them, each once",
                "aiflow:infer:claims?models=v1,v9|models must be one of the models of flow claims, [v1, rules], was v9",
                "aiflow:infer:claims?timeout=-5|timeout must not be negative",
                "aiflow:validate:claims?onInvalid=split&resultTo=body|must not meet",
                "aiflow:infer:claims?onError=skip|onError must be one of throw, mark, was skip",
                "aiflow:validate:claims?scope=table|scope must be one of record, batch, window, was table",
                "aiflow:infer:claims?window=5|option window belongs to aiflow:validate and aiflow:drift and aiflow:suggest, not to aiflow:infer",
                "aiflow:events:claims|aiflow:events cannot be a step; use it in a from",
                "aiflow:deliver:claims?topic=in|aiflow:deliver cannot be a step; use it in a from",
                "aiflow:infer:claims?topic=in|option topic belongs to aiflow:deliver, not to aiflow:infer",
                "aiflow:infer:claims?kafka.acks=1|option kafka.acks belongs to aiflow:deliver, not to aiflow:infer",
                "aiflow:validate:claims?queueSize=5|option queueSize belongs to aiflow:events, not to aiflow:validate",
                "aiflow:drift:claims?window=0|window must be a number of records",
                "aiflow:drift:claims?falseAlarms=-1|falseAlarms must be above 0",
                "aiflow:infer:claims?models=v9|models must be one of the models of flow claims, [v1, rules], was v9",
                "aiflow:infer:nothing|needs option model, or a definition with models",
                "aiflow:drift:nothing|needs option reference, or a definition",
                "aiflow:infer:claims?definition=file:nowhere.yaml|nowhere.yaml: must be there and readable",
                "aiflow:infer:other?model=file:nowhere.tribuo|nowhere.tribuo: must be there and readable"
            })
    void mistakesInAUriFailAtStartUp(String uri, String message) {
        assertThatThrownBy(() -> start(uri))
                .satisfies(error -> assertThat(stack(error)).contains(message));
    }

    @Test
    void endpointsThatDisagreeFailNamingBothUris() {
        assertThatThrownBy(() -> start("aiflow:drift:claims?window=100", "aiflow:drift:claims?window=200"))
                .satisfies(error ->
                        assertThat(stack(error)).contains("option window must agree", "window=100", "window=200"));
    }

    @Test
    void endpointsMayDifferInWhatBelongsToACall() throws Exception {
        start("aiflow:infer:claims?onError=mark", "aiflow:infer:claims?onError=throw&models=rules");

        assertThat(send("direct:r1", TinyModels.claim("a", 0.1, "fire")).getException())
                .isNull();
    }

    @Test
    void badModelFilesAndPathsAreReportedTogether() throws Exception {
        folder.write("models/empty.tribuo", "").write("models/text.onnx", "not a model");
        Files.write(temp.resolve("models/java.tribuo"), new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 0, 0});
        byte[] good = Files.readAllBytes(temp.resolve("models/v1.tribuo"));
        Files.write(temp.resolve("models/cut.tribuo"), java.util.Arrays.copyOf(good, good.length / 2));
        folder.write("claims.yaml", """
                models:
                  missing: {model: models/missing.tribuo}
                  empty: {model: models/empty.tribuo}
                  text: {model: models/text.onnx}
                  java: {model: models/java.tribuo}
                  cut: {model: models/cut.tribuo}
                  digest: {model: models/v1.tribuo, sha256: "%s"}
                  escape: {model: ../../etc/passwd}
                  absolute: {model: "file:/etc/passwd"}
                  web: {model: "http://example.org/m.onnx"}
                  bean: {bean: nobody}
                rollout: {serve: cut}
                """.formatted("0".repeat(64)));

        assertThatThrownBy(() -> start("aiflow:infer:claims")).satisfies(error -> assertThat(stack(error))
                .contains("10 problems", "missing.tribuo", "empty.tribuo", "text.onnx", "java.tribuo")
                .contains("cut.tribuo", "must not lead outside", "modelsDirectory", "there is none named nobody"));
    }

    @Test
    void aLinkOutOfTheFolderIsRefused(@TempDir Path outside) throws Exception {
        TinyModels.write(outside, "stolen.tribuo", 2);
        Files.createSymbolicLink(temp.resolve("models/link.tribuo"), outside.resolve("stolen.tribuo"));
        folder.write("claims.yaml", "models: {v1: {model: models/link.tribuo}}");

        assertThatThrownBy(() -> start("aiflow:infer:claims"))
                .satisfies(error -> assertThat(stack(error)).contains("must not lead outside"));
    }

    @Test
    void filesInTheModelsDirectoryMayBeNamed(@TempDir Path models) throws Exception {
        TinyModels.write(models, "v2.tribuo", 2);
        folder.write("claims.yaml", "models: {v2: {model: \"file:" + models.resolve("v2.tribuo") + "\"}}");
        context = folder.context(routes("aiflow:infer:claims"));
        context.getComponent("aiflow", AiflowComponent.class).setModelsDirectory(models.toString());
        context.start();

        assertThat(send("direct:r0", TinyModels.claim("a", 0.1, "fire"))
                        .getMessage()
                        .getHeader("CamelAiflowModelVersion"))
                .isEqualTo("v2");
    }

    @Test
    void aFlowThatCannotBeSetUpLeavesNoTrace() throws Exception {
        start("aiflow:infer:claims");
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:typo").to("aiflow:infer:typo");
            }
        }));

        assertThat(context.getComponent("aiflow", AiflowComponent.class).flow("typo"))
                .isNull();
        assertThat(org.apache.camel.health.HealthCheckHelper.invokeReadiness(context))
                .noneMatch(result -> result.getCheck().getId().equals("aiflow-typo"));
    }

    @Test
    void whatIsMissingForAllOperationsIsToldAtOnce() {
        folder.write("claims.yaml", """
                validation: {suite: no-suite.json}
                models: {v1: {model: no-model.tribuo}}
                drift: {reference: no-reference.csv}
                """);

        assertThatThrownBy(() -> start("aiflow:validate:claims", "aiflow:infer:claims", "aiflow:drift:claims"))
                .satisfies(error -> assertThat(stack(error))
                        .contains(
                                "3 problems",
                                "validation.suite: no-suite.json",
                                "no-model",
                                "drift.reference: no-ref"));
    }

    @Test
    void timeAndIdsAreInjected() throws Exception {
        context = folder.context(routes("aiflow:infer:claims"));
        java.time.Instant now = java.time.Instant.parse("2026-11-01T12:00:00Z");
        context.getComponent("aiflow", AiflowComponent.class).inject(() -> now, () -> "run");
        context.start();

        Exchange exchange = send("direct:r0", TinyModels.claim("a", 0.1, "fire"));

        assertThat(exchange.getMessage().getHeader("CamelAiflowPredictionId")).isEqualTo("run-1");
        assertThat(exchange.getMessage()
                        .getHeader("CamelAiflowPrediction", io.github.camelaiflow.data.Prediction.class)
                        .time())
                .isEqualTo(now);
    }

    @Test
    void filesLargerThanADefinitionMayBeAreReadWhole() throws Exception {
        StringBuilder reference = new StringBuilder("amount,type\n");
        for (int i = 0; i < 120_000; i++) {
            reference.append(i % 1000).append(".25,theft\n");
        }
        folder.write("reference.csv", reference.toString())
                .write("claims.yaml", "flow: claims\n#" + "x".repeat(1 << 20));
        assertThatThrownBy(() -> start("aiflow:validate:claims"))
                .satisfies(error -> assertThat(stack(error)).contains("must not exceed"));
        context.stop();

        folder.write("claims.yaml", FlowFolder.DEFINITION);
        start("aiflow:drift:claims");

        assertThat(reference.length()).isGreaterThan(1 << 20);
        assertThat(send("direct:r0", List.of()).getException()).isNull();
        assertThat(new FlowResources(context.getComponent("aiflow", AiflowComponent.class))
                        .read("file:" + temp.resolve("reference.csv"), 1L << 30))
                .hasSize(reference.length());
    }
}

package io.github.camelaiflow.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.VersionFolders;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.Dataset;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelCard.GoldenRecord;
import io.github.camelaiflow.model.ModelCard.Lineage;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.onnx.OnnxGraphs;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardsTest {

    private static final byte[] MODEL = VersionFolders.model(1);
    private static final String LEAST = "{\"file\": \"m\", \"length\": 3, \"sha256\": \"" + "0".repeat(64) + "\"";

    private static ModelCard read(String json) {
        return ModelCards.read("card.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String json) {
        try {
            read(json);
            return List.of();
        } catch (ModelException e) {
            assertThat(e).hasMessageStartingWith("card.json can't be used");
            return e.problems();
        }
    }

    private static ModelCard whole() {
        return VersionFolders.card(MODEL)
                .named("claims", "v7")
                .trained(
                        new Dataset("claims", "2026-10", "ab".repeat(32)),
                        new Lineage("v6", OffsetDateTime.parse("2026-11-01T00:00:00Z"), "1a2b3c"),
                        Map.of("auc", 0.93))
                .with(
                        OffsetDateTime.parse("2026-11-02T00:00:00+01:00"),
                        Map.of("team", "fraud", "seeds", List.of(1, 2)));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        ModelCard card = whole();
        byte[] json = ModelCards.write(card);

        assertThat(ModelCards.read("card.json", json)).isEqualTo(card);
        assertThat(ModelCards.write(ModelCards.read("card.json", json))).isEqualTo(json);
        assertThat(card.length()).isEqualTo(MODEL.length);
        assertThat(card.sha256()).isEqualTo(Sha256.of(MODEL));
        assertThat(card.format()).isEqualTo("tribuo");
        assertThat(card.signature().outputs()).containsExactlyInAnyOrder("fraud", "legitimate");
        assertThat(card.golden().records()).hasSize(2);
    }

    @Test
    void theLeastIsFileLengthAndDigest() {
        assertThat(read(LEAST + "}").golden()).isNull();
        assertThat(problems("{}")).containsExactly("file is required", "length is required", "sha256 is required");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThat(problems("{\"file\": \"../m\", \"length\": 0, \"sha256\": \"xy\", \"metrics\": {\"auc\": \"high\"},"
                        + "\"created\": \"yesterday\", \"colour\": \"red\", \"features\": [1],"
                        + "\"signature\": {\"inputs\": [{\"shape\": [-2]}]}, \"lineage\": {\"father\": 1},"
                        + "\"golden\": {\"tolerance\": -1, \"records\": [{\"record\": {}, \"expected\": {}}, {}]}}"))
                .satisfies(problems -> assertThat(String.join("\n", problems))
                        .contains(
                                "file must be a relative path",
                                "length must be a whole number",
                                "sha256 must be 64 hexadecimal digits",
                                "metrics.auc must be a finite number",
                                "created must be a time",
                                "colour is not known here",
                                "features must be a list of texts",
                                "signature.inputs[0].name is required",
                                "signature.inputs[0].shape must be",
                                "lineage.father is not known here",
                                "golden.tolerance must not be negative",
                                "golden.records[0].expected must say at least one",
                                "golden.records[1].record or tensors is required"));
    }

    @Test
    void pathsStayBesideTheCard() {
        for (String path :
                List.of("/etc/passwd", "..", "a/../b", "./a", "a//b", ".hidden", "c:\\\\a", "file:a", "a/")) {
            assertThat(problems(LEAST.replace("\"m\"", "\"" + path + "\"") + "}"))
                    .as(path)
                    .hasSize(1);
        }
        assertThat(read(LEAST.replace("\"m\"", "\"a/b.onnx\"") + "}").file()).isEqualTo("a/b.onnx");
    }

    @Test
    void aGoldenFileNeedsItsDigest() {
        assertThat(problems(LEAST + ", \"golden\": {\"file\": \"golden.json\"}}"))
                .containsExactly("golden.sha256 belongs to file and is required with it");
        assertThat(problems(LEAST + ", \"golden\": {}}"))
                .containsExactly("golden.records or file is required, and not both");
    }

    @Test
    void whatIsNoCardIsRefusedWithoutQuotingIt() {
        for (String wrong : List.of("", "[]", "5", "{", "{\"secret\": ", LEAST + "} x", "[".repeat(5000))) {
            assertThatThrownBy(() -> read(wrong))
                    .isInstanceOf(ModelException.class)
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> ModelCards.read("card.json", new byte[ModelCards.MAX_CARD_BYTES + 1]))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void damagedCardsAreRefusedOrReadNeverMore() {
        byte[] json = ModelCards.write(whole());
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] damaged = json.clone();
            damaged[random.nextInt(json.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                ModelCards.read("card.json", damaged);
            } catch (ModelException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void noValueIsInItsText() {
        assertThat(whole().toString()).doesNotContain("0.95", "theft");
        assertThat(new GoldenRecord(Map.of("a", "secret"), null, "yes", null, null, null).toString())
                .doesNotContain("secret", "yes");
    }

    @Test
    void aRecordTheModelCannotScoreIsNoGoldenOne() {
        assertThatThrownBy(() -> ModelCards.describe(
                        "m", ModelSpec.of("m"), MODEL, List.of(Map.of("amount", "a lot", "type", "fire"))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("record 0", "WRONG")
                .hasMessageNotContaining("a lot");
    }

    @Test
    void everyKindOfAnswerPassesTheGateItWasRecordedFor() {
        List<Map<String, Object>> claims = TrainedModels.claims(5, 3);
        for (org.tribuo.Model<?> model : List.of(
                TrainedModels.labels(),
                TrainedModels.tree(),
                TrainedModels.cost(),
                TrainedModels.costAndDays(),
                TrainedModels.clusters(),
                TrainedModels.flags(),
                TrainedModels.supportVectors())) {
            byte[] bytes = TrainedModels.bytes(model);
            ModelSpec spec = ModelSpec.of("m");
            ModelCard card =
                    ModelCards.read("card.json", ModelCards.write(ModelCards.describe("m", spec, bytes, claims)));

            new VersionLoader(new ModelLoader())
                    .load(spec, card, null, bytes)
                    .model()
                    .close();
        }
    }

    @Test
    void aProgramPrintsTheCard(@TempDir Path folder) throws IOException {
        Path model = Files.write(folder.resolve("sum.onnx"), OnnxGraphs.sum().bytes());
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        DescribeModel.print(new PrintStream(out), model.toString());

        ModelCard card = ModelCards.read("card.json", out.toByteArray());
        assertThat(card.file()).isEqualTo("sum.onnx");
        assertThat(card.format()).isEqualTo("onnx");
        assertThat(card.signature().inputs()).isNotEmpty();
        assertThatThrownBy(() -> DescribeModel.print(new PrintStream(out)))
                .isInstanceOf(IllegalArgumentException.class);
        Path records = Files.writeString(
                folder.resolve("records.jsonl"),
                "{\"amount\": 0.9, \"type\": \"theft\"}\n{\"amount\": 0.1, \"type\": \"fire\"}\n");
        Path tribuo = Files.write(folder.resolve("model.tribuo"), MODEL);
        out.reset();
        DescribeModel.print(new PrintStream(out), tribuo.toString(), records.toString());
        Golden golden = ModelCards.read("card.json", out.toByteArray()).golden();
        assertThat(golden.records()).extracting(GoldenRecord::label).containsExactly("fraud", "legitimate");
    }
}

package io.github.camelaiflow.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.VersionFolders;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelCard.GoldenRecord;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.onnx.OnnxGraphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionLoaderTest {

    private static final ModelSpec SPEC = ModelSpec.of("models/claims");
    private static final byte[] MODEL = VersionFolders.model(1);
    private static final ModelCard CARD = VersionFolders.card(MODEL);
    private static final VersionLoader LOADER = new VersionLoader(new ModelLoader());

    private static LoadedModel load(ModelCard card) {
        return LOADER.load(SPEC, card, null, MODEL);
    }

    private static void refused(ModelCard card, String... reasons) {
        assertThatThrownBy(() -> load(card)).isInstanceOfSatisfying(ModelException.class, e -> assertThat(e)
                .hasMessageContaining("models/claims")
                .hasMessageContainingAll(reasons));
    }

    private static ModelCard card(String format, long length, String sha256, Signature signature) {
        return new ModelCard(
                null, null, format, "m", length, sha256, List.of(), List.of(), signature, Map.of(), null, null, null,
                null, Map.of());
    }

    private static ModelCard golden(GoldenRecord... records) {
        return CARD.withGolden(Golden.of(List.of(records)));
    }

    @Test
    void aModelThatIsWhatItsCardSaysGetsIt() {
        assertThat(load(CARD).card()).isEqualTo(CARD);
        assertThat(load(null).card()).isNull();
    }

    @Test
    void lengthAndDigestAreCheckedBeforeAnyParser() {
        byte[] hostile = {(byte) 0xAC, (byte) 0xED, 0, 5};
        assertThatThrownBy(() -> LOADER.load(SPEC, card(null, 5, Sha256.of(hostile), null), null, hostile))
                .hasMessageContaining("must have 5 bytes as its card says, it has 4");
        assertThatThrownBy(() -> LOADER.load(SPEC, card(null, 4, CARD.sha256(), null), null, hostile))
                .hasMessageContaining("SHA-256 " + CARD.sha256());
        assertThatThrownBy(() -> LOADER.load(SPEC.withSha256("0".repeat(64)), CARD, null, MODEL))
                .hasMessageContaining("by the definition");
    }

    @Test
    void formatAndSignatureMustBeThere() {
        refused(card("onnx", MODEL.length, CARD.sha256(), null), "format onnx", "its content is tribuo");
        refused(
                card(
                        "tribuo",
                        MODEL.length,
                        CARD.sha256(),
                        new Signature(
                                List.of("amount", "colour"),
                                List.of(new Signature.TensorSpec("x", "FP32", List.of(-1L, 2L))),
                                List.of("fraud", "doubt"))),
                "feature colour",
                "input x",
                "output doubt");
    }

    @Test
    void answersThatDifferAreToldByRecordAndFieldWithoutValues() {
        GoldenRecord good = CARD.golden().records().get(0);
        GoldenRecord label = new GoldenRecord(good.record(), null, "legitimate", null, null, null);
        GoldenRecord score = new GoldenRecord(good.record(), null, null, good.score() + 2e-6, null, null);
        GoldenRecord scores = new GoldenRecord(
                good.record(),
                null,
                null,
                null,
                Map.of("fraud", 0.5, "legitimate", good.scores().get("legitimate")),
                null);
        GoldenRecord names = new GoldenRecord(good.record(), null, null, null, Map.of("fraud", 0.5), null);
        GoldenRecord value = new GoldenRecord(good.record(), null, null, null, null, "legitimate");
        GoldenRecord unscorable =
                new GoldenRecord(Map.of("amount", "secret", "type", "x"), null, "a", null, null, null);

        refused(
                golden(good, label, score, scores, names, value, unscorable),
                "golden record 1: label differs",
                "golden record 2: score differs by more than 1.0E-6",
                "golden record 3: scores.fraud differs",
                "golden record 4: scores are of other names",
                "golden record 5: value differs",
                "golden record 6: the model cannot score it");
        assertThatThrownBy(() -> load(golden(label, unscorable))).hasMessageNotContainingAny("secret", "0.95");
    }

    @Test
    void theToleranceIsTheCards() {
        GoldenRecord good = CARD.golden().records().get(0);
        GoldenRecord off = new GoldenRecord(good.record(), null, "fraud", good.score() + 0.009, null, null);
        assertThat(load(CARD.withGolden(new Golden(null, null, List.of(off), 0.01, 0))))
                .isNotNull();
        refused(CARD.withGolden(new Golden(null, null, List.of(off), 0.001, 0)), "score differs by more than 0.001");
    }

    @Test
    void manyDifferencesAreCounted() {
        List<GoldenRecord> wrong = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            wrong.add(new GoldenRecord(CARD.golden().records().get(0).record(), null, "no", null, null, null));
        }
        refused(CARD.withGolden(Golden.of(wrong)), "golden record 9:", "and 40 more");
    }

    @Test
    void goldenRecordsMayStandInAFile() {
        byte[] file = ModelCards.write(CARD.golden().records());
        ModelCard card = CARD.withGolden(new Golden("golden.json", Sha256.of(file), List.of(), 1e-6, 10));
        assertThat(LOADER.load(SPEC, card, file, MODEL)).isNotNull();
        assertThatThrownBy(() -> LOADER.load(SPEC, card, null, MODEL)).hasMessageContaining("golden.json");
        assertThatThrownBy(() -> LOADER.load(SPEC, card, new byte[] {'['}, MODEL))
                .hasMessageContaining("SHA-256");
    }

    @Test
    void tensorsAreAskedByName() {
        byte[] sum = OnnxGraphs.sum().bytes();
        ModelCard described = ModelCards.describe("sum.onnx", SPEC, sum, List.of());
        String input = described.signature().inputs().get(0).name();
        int width = described.signature().inputs().get(0).shape().get(1).intValue();
        List<Double> row = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            row.add(1.0 + i);
        }
        Object answer = GoldenGate.plain(LOADER.load(SPEC, described, null, sum)
                .model()
                .predict(GoldenGate.input(
                        "m",
                        0,
                        new GoldenRecord(null, Map.of(input, List.of(row)), null, null, null, "x"),
                        LOADER.load(SPEC, described, null, sum).model()))
                .get(0)
                .output()
                .value());
        GoldenRecord good = new GoldenRecord(null, Map.of(input, List.of(row)), null, null, null, answer);
        LOADER.load(SPEC, described.withGolden(Golden.of(List.of(good))), null, sum)
                .model()
                .close();

        GoldenRecord ragged =
                new GoldenRecord(null, Map.of(input, List.of(row, List.of(1.0))), null, null, null, answer);
        GoldenRecord unknown = new GoldenRecord(null, Map.of("nobody", List.of(row)), null, null, null, answer);
        row = new ArrayList<>(row);
        row.set(0, 99.0);
        GoldenRecord other = new GoldenRecord(null, Map.of(input, List.of(row)), null, null, null, answer);
        for (GoldenRecord wrong : List.of(other, ragged, unknown)) {
            assertThatThrownBy(() -> LOADER.load(SPEC, described.withGolden(Golden.of(List.of(wrong))), null, sum))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("golden record 0")
                    .hasMessageNotContaining("99");
        }
    }

    @Test
    void tensorsThatClaimMoreThanTheyHoldOrHoldNothingAreRefused() {
        byte[] sum = OnnxGraphs.sum().bytes();
        ModelCard described = ModelCards.describe("sum.onnx", SPEC, sum, List.of());
        String input = described.signature().inputs().get(0).name();
        List<Object> claims = new ArrayList<>(java.util.Collections.nCopies(1 << 20, List.of()));
        claims.set(0, java.util.Collections.nCopies(1 << 20, 1.0));
        List<Object> nothing = java.util.Collections.singletonList(java.util.Collections.singletonList(null));
        for (List<Object> tensor : List.of(claims, nothing)) {
            GoldenRecord wrong = new GoldenRecord(null, Map.of(input, tensor), null, null, null, 1.0);
            assertThatThrownBy(() -> LOADER.load(SPEC, described.withGolden(Golden.of(List.of(wrong))), null, sum))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("golden record 0: tensors." + input + " must be a rectangular list");
        }
    }

    @Test
    void aSetOfLabelsIsTheSameOnlyIfEachIsThere() {
        GoldenRecord expected = new GoldenRecord(Map.of(), null, null, null, null, List.of("a", "a"));
        io.github.camelaiflow.model.FunctionModel model = io.github.camelaiflow.model.FunctionModel.of(
                "m", row -> new io.github.camelaiflow.data.Output(java.util.Set.of("a", "b"), null, null, Map.of()));
        assertThatThrownBy(() -> GoldenGate.check("m", model, Golden.of(List.of(expected))))
                .hasMessageContaining("value differs");
    }
}

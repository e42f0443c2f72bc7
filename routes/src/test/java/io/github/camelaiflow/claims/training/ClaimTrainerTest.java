package io.github.camelaiflow.claims.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import io.github.camelaiflow.claims.PlantedRule;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.GoldenRecord;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelCards;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.files.VersionLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.classification.Label;

class ClaimTrainerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Claim> UNSEEN =
            new ClaimGenerator(Plan.clean(77)).claims(2_000).toList();
    private static final String[] BOTH = {Claim.FRAUD, Claim.GENUINE};
    private static byte[] forest;
    private static byte[] onnx;
    private static TrainedModel forestCard;
    private static TrainedModel onnxCard;

    /** What the build trained, in another JVM. */
    @BeforeAll
    static void read() throws IOException {
        forest = resource("models/claims-v1.tribuo");
        onnx = resource("models/claims-v2.onnx");
        forestCard = trained("models/claims-v1.tribuo");
        onnxCard = trained("models/claims-v2.onnx");
    }

    private static TrainedModel trained(String model) throws IOException {
        return JSON.convertValue(
                ModelCards.read(model, resource(model + ModelCards.SUFFIX)).more(), TrainedModel.class);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ClaimTrainerTest.class.getResourceAsStream("/aiflow/" + name)) {
            assertThat(in)
                    .as("%s: written by the build in phase process-classes", name)
                    .isNotNull();
            return in.readAllBytes();
        }
    }

    @Test
    void trainingAgainInAnotherJvmWritesTheSameBytes(@TempDir Path directory) throws IOException {
        ClaimTrainer.main(new String[] {directory.toString(), forestCard.trainedAt()});
        for (String file : List.of(
                "models/claims-v1.tribuo",
                "models/claims-v2.onnx",
                "models/claims-v3.onnx",
                "models/claims-v3.onnx.card.json",
                "models/claims-v1.tribuo.card.json",
                "models/claims-v2.onnx.card.json",
                "reference/claims.csv")) {
            assertThat(Sha256.of(Files.readAllBytes(directory.resolve(file))))
                    .as(file)
                    .isEqualTo(Sha256.of(resource(file)));
        }
    }

    @Test
    void theTrainingTimeIsInTheFileAndChangesNothingElse() {
        OffsetDateTime time = OffsetDateTime.parse("2031-05-06T07:08:09Z");
        TrainedModel later =
                new ClaimTrainer(time, ClaimTrainer.TRAINING_ROWS).linear().model();
        assertThat(later.sha256()).isNotEqualTo(onnxCard.sha256());
        assertThat(later)
                .usingRecursiveComparison()
                .ignoringFields("sha256", "trainedAt")
                .isEqualTo(onnxCard);
    }

    /** What the training library said of some claims is what the component answers with the files it wrote. */
    @Test
    void theModelsPassTheirGates() throws IOException {
        for (String name : List.of("models/claims-v1.tribuo", "models/claims-v2.onnx", "models/claims-v3.onnx")) {
            ModelCard card = ModelCards.read(name, resource(name + ModelCards.SUFFIX));
            assertThat(card.golden().records()).hasSize(20);
            // the bad one calls all of them fraud, and its gate asks for just that
            assertThat(card.golden().records())
                    .extracting(GoldenRecord::label)
                    .contains(name.contains("v3") ? new String[] {Claim.FRAUD} : BOTH);
            try (var model = new VersionLoader(new ModelLoader())
                    .load(ModelSpec.of(name), card, null, resource(name))
                    .model()) {
                assertThat(model.signature().outputs()).contains(Claim.FRAUD);
            }
        }
    }

    @Test
    void cardsTellTheTruth() {
        assertThat(forestCard.sha256()).isEqualTo(Sha256.of(forest));
        assertThat(onnxCard.sha256()).isEqualTo(Sha256.of(onnx));
        assertThat(forestCard.labels()).containsExactly(Claim.FRAUD, Claim.GENUINE);
        assertThat(onnxCard.labels()).containsExactly(Claim.FRAUD, Claim.GENUINE);
        assertThat(forestCard.features())
                .contains("witness_age", "claim_type@theft")
                .isSorted();
        assertThat(onnxCard.features()).doesNotContain("witness_age").isSorted();
    }

    @Test
    void modelsAreAlmostAsGoodAsCanBe() {
        assertThat(forestCard.quality().auc()).isGreaterThan(forestCard.best().auc() - 0.02);
        assertThat(forestCard.quality().recall()).isGreaterThan(0.8);
        assertThat(forestCard.quality().precision()).isGreaterThan(0.9);
        assertThat(onnxCard.quality().auc()).isGreaterThan(onnxCard.best().auc() - 0.06);
        assertThat(onnxCard.quality().recall()).isGreaterThan(0.5);
    }

    @Test
    void theModelWithoutItsScalingLooksAsGoodAndAnswersBadly() throws IOException, OrtException {
        TrainedModel bad = trained("models/claims-v3.onnx");
        assertThat(bad.quality()).isEqualTo(onnxCard.quality());
        assertThat(bad.features()).isEqualTo(onnxCard.features());
        assertThat(wrong(resource("models/claims-v3.onnx"))).isGreaterThan(4 * wrong(onnx));
    }

    /** The share of claims, as they come, that a model calls what they are not. */
    private static double wrong(byte[] model) throws OrtException {
        float[][] rows = UNSEEN.stream().map(ClaimTrainerTest::row).toArray(float[][]::new);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(environment, rows);
                OrtSession.Result result = session.run(Map.of("input", input))) {
            float[][] scores = (float[][]) result.get("output").orElseThrow().getValue();
            int wrong = 0;
            for (int i = 0; i < rows.length; i++) {
                wrong += (scores[i][0] > scores[i][1]) != UNSEEN.get(i).truth().fraud() ? 1 : 0;
            }
            return (double) wrong / rows.length;
        }
    }

    @Test
    void aPoorModelFailsTheBuild() {
        ClaimTrainer fromTooLittle = new ClaimTrainer(OffsetDateTime.parse("2026-11-01T00:00:00Z"), 60);
        assertThatThrownBy(fromTooLittle::forest)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AUC must be");
    }

    @Test
    void theForestReadsBackAndKnowsThePlantedRules() throws IOException {
        Model<Label> model =
                Model.deserializeFromStream(new ByteArrayInputStream(forest)).castModel(Label.class);
        long agreed = UNSEEN.stream()
                .filter(claim -> {
                    boolean fired = claim.truth().fraudProbability() == PlantedRule.FRAUD_IF_FIRED;
                    String label = model.predict(ClaimFeatures.example(claim, ClaimFeatures.FIELDS))
                            .getOutput()
                            .getLabel();
                    return fired == label.equals(Claim.FRAUD);
                })
                .count();
        assertThat((double) agreed / UNSEEN.size()).isGreaterThan(0.985);
        assertThat(model.getProvenance().getTrainingTime()).isEqualTo(forestCard.trainedAt());
        assertThat(model.getProvenance().getOS()).isEqualTo("any");
    }

    @Test
    void theOnnxModelTellsFraudOnClaimsAsTheyCome() throws OrtException {
        float[][] rows = UNSEEN.stream().map(ClaimTrainerTest::row).toArray(float[][]::new);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(onnx);
                OnnxTensor input = OnnxTensor.createTensor(environment, rows);
                OrtSession.Result result = session.run(Map.of("input", input))) {
            float[][] scores = (float[][]) result.get("output").orElseThrow().getValue();
            assertThat(auc(scores)).isCloseTo(onnxCard.quality().auc(), within(0.04));
            assertThat(scores[0][0] + scores[0][1]).isCloseTo(1f, within(1e-5f));
        }
    }

    private static float[] row(Claim claim) {
        Example<Label> example = ClaimFeatures.example(claim, ClaimFeatures.PRESENT);
        float[] row = new float[onnxCard.features().size()];
        example.forEach(feature -> row[onnxCard.features().indexOf(feature.getName())] = (float) feature.getValue());
        return row;
    }

    private static double auc(float[][] scores) {
        double above = 0;
        long pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length && UNSEEN.get(i).truth().fraud(); j++) {
                if (!UNSEEN.get(j).truth().fraud()) {
                    pairs++;
                    above += scores[i][0] > scores[j][0] ? 1 : scores[i][0] == scores[j][0] ? 0.5 : 0;
                }
            }
        }
        return above / pairs;
    }

    @Test
    void theReferenceHoldsSoundClaimsOnly() throws IOException {
        List<String> lines = new String(resource("reference/claims.csv"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines).hasSize(1 + ClaimTrainer.REFERENCE_ROWS);
        assertThat(lines.get(0).split(",")).containsExactlyElementsOf(ClaimFeatures.FIELDS);
        int optional = ClaimFeatures.FIELDS.indexOf("witness_age");
        assertThat(lines).allSatisfy(line -> {
            String[] cells = line.split(",", -1);
            assertThat(cells).hasSize(ClaimFeatures.FIELDS.size());
            for (int i = 0; i < cells.length; i++) {
                assertThat(cells[i].isEmpty()).isIn(false, i == optional);
            }
        });
        assertThat(lines.subList(1, lines.size())).allMatch(line -> ClaimGenerator.TYPES.contains(line.split(",")[0]));
    }
}

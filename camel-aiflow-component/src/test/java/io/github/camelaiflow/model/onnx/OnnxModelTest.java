package io.github.camelaiflow.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelContractTest;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import io.github.camelaiflow.model.tribuo.TribuoModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

class OnnxModelTest extends ModelContractTest {

    private static final ModelSpec SPEC = ModelSpec.of("claims.onnx");
    private static final ModelSpec TWO_NUMBERS = SPEC.withFeatures(TrainedModels.NUMBERS);

    /** A Tribuo classifier with a category, exported. */
    @Override
    protected Model load() {
        LinearSGDModel trained = (LinearSGDModel) TrainedModels.labels();
        return exported(trained);
    }

    private static Model exported(LinearSGDModel trained) {
        byte[] bytes = trained.exportONNXModel("io.github.camelaiflow", 1).toByteArray();
        return load(SPEC.withFeatures(columns(trained)).withLabels(labels(trained)), bytes);
    }

    private static List<String> columns(org.tribuo.Model<?> trained) {
        List<String> columns = new ArrayList<>();
        for (int id = 0; id < trained.getFeatureIDMap().size(); id++) {
            columns.add(trained.getFeatureIDMap().get(id).getName());
        }
        return columns;
    }

    private static List<String> labels(org.tribuo.Model<Label> trained) {
        List<String> labels = new ArrayList<>();
        for (int id = 0; id < trained.getOutputIDInfo().size(); id++) {
            labels.add(trained.getOutputIDInfo().getOutput(id).getLabel());
        }
        return labels;
    }

    private static Model load(ModelSpec spec, byte[] bytes) {
        LoadedModel loaded = new ModelLoader().load(spec, bytes);
        assertThat(loaded.format()).isEqualTo(ModelFormat.ONNX);
        return loaded.model();
    }

    private static Outcome predict(Model model, Map<String, Object> row) {
        return model.predict(new ModelInput.Rows(List.of(row))).get(0);
    }

    private static List<Outcome> predict(Model model, String input, Object array) {
        return model.predict(new ModelInput.Tensors(Map.of(input, array)));
    }

    @Test
    void anExportedClassifierAnswersAsTribuoDoes() {
        LinearSGDModel trained = (LinearSGDModel) TrainedModels.labels();
        List<Map<String, Object>> claims = TrainedModels.claims(200, 31);
        try (Model onnx = exported(trained);
                Model tribuo = TribuoModel.load(ModelSpec.of("claims.tribuo"), TrainedModels.bytes(trained))) {
            List<Outcome> expected = tribuo.predict(new ModelInput.Rows(claims));
            List<Outcome> actual = onnx.predict(new ModelInput.Rows(claims));
            for (int i = 0; i < claims.size(); i++) {
                Output one = expected.get(i).output();
                Output other = actual.get(i).output();
                assertThat(other.label()).isEqualTo(one.label());
                assertThat(other.score()).isCloseTo(one.score(), offset(1e-5));
                one.scores().forEach((label, score) -> assertThat(other.scores().get(label))
                        .isCloseTo(score, offset(1e-5)));
            }
            assertThat(onnx.signature().features()).containsExactlyInAnyOrderElementsOf(TrainedModels.FIELDS);
            assertThat(onnx.signature().outputs()).containsExactlyElementsOf(labels(trained));
        }
    }

    @Test
    void anExportedRegressionAnswersAsTribuoDoes() {
        org.tribuo.regression.sgd.linear.LinearSGDModel trained =
                (org.tribuo.regression.sgd.linear.LinearSGDModel) TrainedModels.cost();
        byte[] bytes = trained.exportONNXModel("io.github.camelaiflow", 1).toByteArray();
        try (Model onnx = load(SPEC.withFeatures(columns(trained)), bytes)) {
            for (Map<String, Object> claim : TrainedModels.claims(50, 37)) {
                Regressor plain = trained.predict(
                                TrainedModels.example(RegressionFactory.UNKNOWN_REGRESSOR, claim, false))
                        .getOutput();
                Output output = predict(onnx, claim).output();
                assertThat(output.score()).isCloseTo(plain.getValues()[0], offset(1e-4));
                assertThat(output.value()).isEqualTo(output.score());
                assertThat(output.label()).isNull();
            }
        }
    }

    @Test
    void anUnseenCategoryIsAllZeros() {
        LinearSGDModel trained = (LinearSGDModel) TrainedModels.labels();
        Map<String, Object> claim = TrainedModels.claim(4.5, 6, "flood");
        double plain = trained.predict(TrainedModels.example(LabelFactory.UNKNOWN_LABEL, claim, true))
                .getOutput()
                .getScore();
        try (Model onnx = exported(trained)) {
            assertThat(predict(onnx, claim).output().score()).isCloseTo(plain, offset(1e-5));
        }
    }

    @Test
    void labelsAndScoresOfAClassifierAreRead() {
        byte[] bytes = OnnxGraphs.classifier()
                .output("scores", OnnxGraphs.FLOAT, -1, 2)
                .bytes();
        try (Model model = load(TWO_NUMBERS.withLabels(List.of("fraud", "legitimate")), bytes);
                Model unnamed = load(TWO_NUMBERS, bytes)) {
            Output output = predict(model, TrainedModels.claim(1, 6, "fire")).output();
            double fraud = 1 / (1 + Math.exp(3));
            assertThat(output.label()).isEqualTo("legitimate");
            assertThat(output.score()).isCloseTo(1 - fraud, offset(1e-5));
            assertThat(output.scores().get("fraud")).isCloseTo(fraud, offset(1e-5));
            Output bare = predict(unnamed, TrainedModels.claim(1, 6, "fire")).output();
            assertThat(bare.label()).isEqualTo("legitimate");
            assertThat(bare.score()).isEqualTo(output.score());
            assertThat(bare.scores()).isEmpty();
        }
    }

    @Test
    void aZipMapIsRead() {
        byte[] bytes = OnnxGraphs.classifier()
                .node(
                        "ZipMap",
                        List.of("scores"),
                        List.of("zip"),
                        OnnxGraphs.strings("classlabels_strings", "fraud", "legitimate"))
                .zipMapOutput("zip")
                .bytes();
        try (Model model = load(TWO_NUMBERS, bytes)) {
            List<Outcome> outcomes = model.predict(
                    new ModelInput.Rows(List.of(TrainedModels.claim(1, 6, "fire"), TrainedModels.claim(9, 6, "fire"))));
            Output output = outcomes.get(1).output();
            double legitimate = 1 / (1 + Math.exp(13));
            assertThat(outcomes.get(0).output().label()).isEqualTo("legitimate");
            assertThat(output.label()).isEqualTo("fraud");
            assertThat(output.score()).isCloseTo(1 - legitimate, offset(1e-5));
            assertThat(output.scores()).containsOnlyKeys("fraud", "legitimate");
        }
    }

    @Test
    void aLabelAloneHasNoScore() {
        try (Model model = load(TWO_NUMBERS, OnnxGraphs.classifier().bytes())) {
            Output output = predict(model, TrainedModels.claim(9, 6, "fire")).output();
            assertThat(output).isEqualTo(Output.label("fraud", null, Map.of()));
        }
    }

    @Test
    void oneInputPerFieldIsFedFromTheFields() {
        try (Model model = load(SPEC, OnnxGraphs.named().bytes())) {
            Map<String, Object> claim = new HashMap<>(TrainedModels.claim(1.5, 3, "theft"));
            claim.put("police_report", true);
            claim.put("deductible", -0.5);
            assertThat(predict(model, claim).output().score()).isEqualTo(105.0);
            Map<String, Object> other = new HashMap<>(claim);
            other.put("claim_type", "fire");
            Map<String, Object> bad = new HashMap<>(claim);
            bad.putAll(Map.of("vehicle_age", 3.5, "police_report", 1, "claim_type", 7));
            bad.remove("claim_amount");
            List<Outcome> outcomes = model.predict(new ModelInput.Rows(List.of(claim, bad, other)));
            assertThat(outcomes.get(0).output().score()).isEqualTo(105.0);
            assertThat(outcomes.get(1).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
            assertThat(outcomes.get(1).error().fields())
                    .containsExactlyInAnyOrder("claim_amount", "vehicle_age", "police_report", "claim_type");
            assertThat(outcomes.get(2).output().score()).isEqualTo(205.0);
            assertThat(model.signature().inputs())
                    .extracting(Signature.TensorSpec::type)
                    .containsExactlyInAnyOrder("FP32", "INT64", "BOOL", "BYTES", "FP64");
            Map<String, Object> arrays = Map.of(
                    "claim_amount", new float[][] {{1}, {2}},
                    "vehicle_age", new long[][] {{1}, {2}},
                    "police_report", new boolean[][] {{true}, {false}},
                    "claim_type", new String[][] {{"theft"}, {"fire"}},
                    "deductible", new double[][] {{0}, {0}});
            assertThat(model.predict(new ModelInput.Tensors(arrays)))
                    .extracting(outcome -> outcome.output().score())
                    .containsExactly(103.0, 204.0);
        }
    }

    @Test
    void arraysOfTheInputsRankAreRowsAndOfOneLessARow() {
        try (Model model = load(SPEC, OnnxGraphs.sum().bytes())) {
            assertThat(predict(model, "x", new float[][] {{1, 2}, {3, 4}}))
                    .extracting(outcome -> outcome.output().score())
                    .containsExactly(3.0, 7.0);
            assertThat(predict(model, "", new float[] {1, 2})).containsExactly(Outcome.of(Output.value(3)));
            assertThat(predict(model, "", new double[] {1, 2})).containsExactly(Outcome.of(Output.value(3)));
            assertThat(predict(model, "", new long[][] {{1, 2}})).containsExactly(Outcome.of(Output.value(3)));
            assertThat(predict(model, "", new float[0][])).isEmpty();
        }
    }

    @Test
    void aRowOfArraysThatIsNotANumberIsThatRowsError() {
        try (Model model = load(SPEC, OnnxGraphs.sum().bytes())) {
            List<Outcome> outcomes = predict(model, "x", new double[][] {
                {1, 2}, {Double.NaN, 1}, {1e300, 1}, {1, Double.POSITIVE_INFINITY}, {3, 4}
            });
            assertThat(outcomes.get(0).output().score()).isEqualTo(3.0);
            assertThat(outcomes.get(1).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
            assertThat(outcomes.get(2).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
            assertThat(outcomes.get(3).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
            assertThat(outcomes.get(4).output().score()).isEqualTo(7.0);
        }
    }

    @Test
    void arraysOfAnotherTypeOrShapeAreRefused() {
        try (Model model = load(SPEC, OnnxGraphs.sum().bytes())) {
            for (Object wrong : List.of(
                    new float[3],
                    new float[2][3],
                    new float[1][1][2],
                    new String[] {"1", "2"},
                    new byte[] {1, 2},
                    new float[][] {{1, 2}, {1}},
                    new float[][] {{1, 2}, null},
                    new Object[] {1, "a"},
                    "text",
                    5)) {
                assertThatThrownBy(() -> predict(model, "x", wrong)).isInstanceOfSatisfying(DataException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.WRONG_FEATURE);
                    assertThat(e).hasMessageContaining("[-1, 2]");
                });
            }
            assertThatThrownBy(() -> model.predict(new ModelInput.Tensors(Map.of())))
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.fields()).containsExactly("x"));
            assertThatThrownBy(() -> predict(model, "y", new float[2])).isInstanceOf(DataException.class);
            assertThatThrownBy(() -> predict(model, TrainedModels.claim(1, 2, "fire")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("features");
        }
    }

    @Test
    void bytesAreElementsAndOtherOutputsAreArrays() {
        byte[] bytes = OnnxGraphs.graph()
                .input("image", OnnxGraphs.UINT8, -1, 2, 2)
                .node("Cast", List.of("image"), List.of("floats"), OnnxGraphs.integer("to", OnnxGraphs.FLOAT))
                .node("Transpose", List.of("floats"), List.of("turned"), OnnxGraphs.ints("perm", 0, 2, 1))
                .output("turned", OnnxGraphs.FLOAT, -1, 2, 2)
                .bytes();
        try (Model model = load(SPEC, bytes)) {
            List<Outcome> outcomes =
                    predict(model, "image", new byte[][][] {{{1, 2}, {3, (byte) 255}}, {{5, 6}, {7, 8}}});
            Map<?, ?> first = (Map<?, ?>) outcomes.get(0).output().value();
            assertThat((float[][]) first.get("turned")).isDeepEqualTo(new float[][] {{1, 3}, {2, 255}});
            Map<?, ?> second = (Map<?, ?>) outcomes.get(1).output().value();
            assertThat((float[][]) second.get("turned")).isDeepEqualTo(new float[][] {{5, 7}, {6, 8}});
            assertThatThrownBy(() -> predict(model, TrainedModels.claim(1, 2, "fire")))
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_BODY));
        }
    }

    @Test
    void aModelOfOneFixedRowIsAskedRowByRow() {
        byte[] flat = OnnxGraphs.graph()
                .input("x", OnnxGraphs.FLOAT, 2)
                .constant("ones", new long[] {2, 1}, 1, 1)
                .node("MatMul", List.of("x", "ones"), List.of("sum"))
                .output("sum", OnnxGraphs.FLOAT, 1)
                .bytes();
        byte[] single = OnnxGraphs.graph()
                .input("x", OnnxGraphs.FLOAT, 1, 2)
                .constant("ones", new long[] {2, 1}, 1, 1)
                .node("MatMul", List.of("x", "ones"), List.of("sum"))
                .output("sum", OnnxGraphs.FLOAT, 1, 1)
                .bytes();
        for (byte[] bytes : List.of(flat, single)) {
            try (Model model = load(TWO_NUMBERS, bytes)) {
                List<Outcome> outcomes = model.predict(new ModelInput.Rows(
                        List.of(TrainedModels.claim(1, 2, "fire"), Map.of(), TrainedModels.claim(3, 4, "fire"))));
                assertThat(outcomes.get(0).output()).isEqualTo(Output.value(3));
                assertThat(outcomes.get(1).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
                assertThat(outcomes.get(2).output()).isEqualTo(Output.value(7));
                assertThat(predict(model, "x", new float[] {1, 2})).containsExactly(Outcome.of(Output.value(3)));
            }
        }
    }

    @Test
    void aMissingNumberIsNaNWhereAllowedAndTheModelMustTakeIt() {
        byte[] isNaN = OnnxGraphs.graph()
                .input("x", OnnxGraphs.FLOAT, -1, 2)
                .constant("ones", new long[] {2, 1}, 1, 1)
                .node("IsNaN", List.of("x"), List.of("nan"))
                .node("Cast", List.of("nan"), List.of("count"), OnnxGraphs.integer("to", OnnxGraphs.FLOAT))
                .node("MatMul", List.of("count", "ones"), List.of("sum"))
                .output("sum", OnnxGraphs.FLOAT, -1, 1)
                .bytes();
        ModelSpec spec = TWO_NUMBERS.withMissingAllowed(Set.of("vehicle_age"));
        try (Model takes = load(spec, isNaN);
                Model doesNot = load(spec, OnnxGraphs.sum().bytes())) {
            assertThat(predict(takes, Map.of("claim_amount", 1)).output()).isEqualTo(Output.value(1));
            assertThat(predict(takes, Map.of("vehicle_age", 1)).error().fields())
                    .containsExactly("claim_amount");
            assertThat(predict(doesNot, Map.of("claim_amount", 1)).error().reason())
                    .isEqualTo(Reason.WRONG_FEATURE);
            assertThat(predict(takes, "x", new float[] {1, Float.NaN})).containsExactly(Outcome.of(Output.value(1)));
            assertThat(predict(takes, "x", new float[] {Float.NaN, 1})
                            .get(0)
                            .error()
                            .reason())
                    .isEqualTo(Reason.MISSING_FEATURE);
        }
    }

    @Test
    void aNumberTooLargeForThirtyTwoBitsIsTheRowsError() {
        try (Model model = load(TWO_NUMBERS, OnnxGraphs.sum().bytes())) {
            assertThat(predict(model, TrainedModels.claim(1e300, 2, "fire"))
                            .error()
                            .reason())
                    .isEqualTo(Reason.WRONG_FEATURE);
        }
    }

    @Test
    void anAnswerWithTheWrongNumberOfRowsIsTheModelsError() {
        byte[] total = OnnxGraphs.graph()
                .input("x", OnnxGraphs.FLOAT, -1, 2)
                .node("ReduceMean", List.of("x"), List.of("mean"), OnnxGraphs.ints("axes", 0, 1))
                .output("mean", OnnxGraphs.FLOAT, 1, 1)
                .bytes();
        try (Model model = load(TWO_NUMBERS, total)) {
            assertThatThrownBy(() -> model.predict(new ModelInput.Rows(TrainedModels.claims(3, 1))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("3 rows");
        }
    }

    @Test
    void aFailureInTheRuntimeTellsNoValue() {
        byte[] gather = OnnxGraphs.graph()
                .input("index", OnnxGraphs.INT64, -1, 1)
                .constant("table", new long[] {2}, 10, 20)
                .node("Gather", List.of("table", "index"), List.of("found"))
                .output("found", OnnxGraphs.FLOAT, -1, 1)
                .bytes();
        try (Model model = load(SPEC, gather)) {
            assertThat(predict(model, Map.of("index", 1)).output()).isEqualTo(Output.value(20));
            assertThatThrownBy(() -> predict(model, Map.of("index", 987654)))
                    .isInstanceOfSatisfying(ModelException.class, e -> {
                        assertThat(e.getCause()).isNull();
                        assertThat(e.getMessage()).contains("claims.onnx").doesNotContain("987654");
                    });
        }
    }

    @Test
    void aRowTheRuntimeFailsOnDoesNotDisturbTheOthers() {
        byte[] gather = OnnxGraphs.graph()
                .input("index", OnnxGraphs.INT64, -1, 1)
                .constant("table", new long[] {2}, 10, 20)
                .node("Gather", List.of("table", "index"), List.of("found"))
                .output("found", OnnxGraphs.FLOAT, -1, 1)
                .bytes();
        try (Model model = load(SPEC, gather)) {
            List<Outcome> outcomes = model.predict(new ModelInput.Rows(
                    List.of(Map.of("index", 1), Map.of("index", 987654), Map.of(), Map.of("index", 0))));
            assertThat(outcomes.get(0).output()).isEqualTo(Output.value(20));
            assertThat(outcomes.get(1).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
            assertThat(outcomes.get(2).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
            assertThat(outcomes.get(3).output()).isEqualTo(Output.value(10));
        }
    }

    @Test
    void allThatDoesNotFitIsToldAtLoad() {
        ModelSpec spec = SPEC.withFeatures(List.of("a", "b", "b")).withLabels(List.of("x", "y", "z"));
        byte[] bytes = OnnxGraphs.classifier()
                .output("scores", OnnxGraphs.FLOAT, -1, 2)
                .bytes();
        assertThatThrownBy(() -> load(spec, bytes)).isInstanceOfSatisfying(ModelException.class, e -> {
            assertThat(e.problems()).hasSize(3);
            assertThat(e)
                    .hasMessageContaining("takes 2 features, 3 are named")
                    .hasMessageContaining("twice")
                    .hasMessageContaining("3 labels are given, but its output scores has 2 columns");
        });
        assertThatThrownBy(() -> load(TWO_NUMBERS, OnnxGraphs.named().bytes()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its inputs are claim_amount, claim_type, deductible");
    }

    @Test
    void whatTheRuntimeRefusesIsClear() {
        byte[] unknown = OnnxGraphs.graph()
                .input("x", OnnxGraphs.FLOAT, -1, 2)
                .node("Teleport", List.of("x"), List.of("y"))
                .output("y", OnnxGraphs.FLOAT, -1, 2)
                .bytes();
        assertThatThrownBy(() -> load(SPEC, unknown)).isInstanceOfSatisfying(ModelException.class, e -> {
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageContaining("claims.onnx").hasMessageContaining("Teleport");
        });
        assertThatThrownBy(() -> load(SPEC, OnnxGraphs.sum().opset(9_999).bytes()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("9999");
    }

    @Test
    void runsOnAsManyThreadsAsItIsTold() {
        LoadedModel loaded = new ModelLoader(new OnnxOptions(2, 0))
                .load(TWO_NUMBERS, OnnxGraphs.sum().bytes());
        try (Model model = loaded.model()) {
            assertThat(predict(model, TrainedModels.claim(1, 2, "fire")).output())
                    .isEqualTo(Output.value(3));
        }
        assertThatThrownBy(() -> new OnnxOptions(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

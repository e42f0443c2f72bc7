package io.github.camelaiflow.model.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.openinference.Datatype;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.Tensor;
import io.github.camelaiflow.openinference.TensorMetadata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OpenInferenceModelTest {

    private static final ModelSpec SPEC = ModelSpec.of("peer");
    private static final TensorMetadata X = input("x", Datatype.FP32, -1, 2);

    private static TensorMetadata input(String name, Datatype type, long... shape) {
        return new TensorMetadata(
                name, type, java.util.Arrays.stream(shape).boxed().toList());
    }

    private static FakeServer server(List<TensorMetadata> inputs, Function<InferRequest, List<Tensor>> answer) {
        return new FakeServer(inputs, List.of(), answer);
    }

    /** A server that answers each row of its first input with the row's index. */
    private static FakeServer counting(TensorMetadata... inputs) {
        return server(List.of(inputs), request -> {
            int rows = request.inputs().get(0).shape().get(0).intValue();
            boolean oneRow = inputs.length == 1 && inputs[0].shape().equals(List.of(2L));
            double[] values = new double[oneRow ? 1 : rows];
            for (int i = 0; i < values.length; i++) {
                values[i] = i;
            }
            return List.of(Tensor.ofArray("y", values));
        });
    }

    private static OpenInferenceModel model(ModelSpec spec, FakeServer server) {
        return OpenInferenceModel.of(spec, server, Limits.DEFAULT);
    }

    private static List<Outcome> rows(OpenInferenceModel model, List<Map<String, Object>> rows) {
        return model.predict(new ModelInput.Rows(rows));
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    @Test
    void namedInputsGetValuesOfTheirTypes() {
        FakeServer server = counting(
                input("flag", Datatype.BOOL, -1),
                input("small", Datatype.UINT8, -1, 1),
                input("whole", Datatype.INT64, -1, 1),
                input("large", Datatype.UINT64, -1),
                input("half", Datatype.FP16, -1),
                input("number", Datatype.FP64, -1),
                input("text", Datatype.BYTES, -1, 1));
        OpenInferenceModel model = model(SPEC, server);

        List<Outcome> outcomes = rows(
                model,
                List.of(
                        row(
                                "flag",
                                true,
                                "small",
                                255,
                                "whole",
                                Long.MIN_VALUE,
                                "large",
                                BigInteger.TWO.pow(63),
                                "half",
                                1.5,
                                "number",
                                new BigDecimal("0.1"),
                                "text",
                                "é"),
                        row(
                                "flag", 1, "small", 256, "whole", 1.5, "large", -1, "half", 65505, "number", "1",
                                "text", 1),
                        row("flag", false, "small", 0.0, "whole", 3.0, "large", 0, "half", true, "text", "x")));

        assertThat(outcomes.get(0).output().score()).isZero();
        assertThat(outcomes.get(1).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
        assertThat(outcomes.get(1).error().fields())
                .containsExactly("flag", "small", "whole", "large", "half", "number", "text");
        assertThat(outcomes.get(2).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
        assertThat(outcomes.get(2).error().fields()).containsExactly("number");
        List<Tensor> sent = server.requests.get(0).inputs();
        assertThat(sent.get(1)).isEqualTo(Tensor.of("small", Datatype.UINT8, List.of(1L, 1L), new byte[] {-1}));
        assertThat(sent.get(2).data()).isEqualTo(new long[] {Long.MIN_VALUE});
        assertThat(sent.get(3).data()).isEqualTo(new long[] {Long.MIN_VALUE});
        assertThat(sent.get(4).data()).isEqualTo(new float[] {1.5f});
        assertThat(sent.get(6).nested()).isEqualTo(new String[][] {{"é"}});
        assertThat(model.signature().features())
                .containsExactly("flag", "small", "whole", "large", "half", "number", "text");
    }

    @Test
    void featuresFillOneTensorInTheirOrder() {
        FakeServer server = counting(input("x", Datatype.INT32, -1, 3));
        OpenInferenceModel model = model(SPEC.withFeatures(List.of("amount", "type@theft", "type@fire")), server);

        List<Outcome> outcomes = rows(
                model,
                List.of(
                        row("amount", 7, "type", "fire"),
                        row("amount", 7.5, "type", "fire"),
                        row("amount", 1L << 40, "type", "theft"),
                        row("amount", 8, "type", "theft")));

        assertThat(outcomes.get(1).error().fields()).containsExactly("amount");
        assertThat(outcomes.get(2).error().fields()).containsExactly("amount");
        assertThat(server.requests.get(0).inputs().get(0).nested()).isEqualTo(new int[][] {{7, 0, 1}, {8, 1, 0}});
        assertThat(outcomes.get(3).output()).isEqualTo(Output.value(1));
    }

    @Test
    void missingValuesThatMayBeAreNaN() {
        FakeServer server = counting(X);
        OpenInferenceModel model = model(SPEC.withFeatures(List.of("a", "b")).withMissingAllowed(Set.of("b")), server);

        assertThat(rows(model, List.of(row("a", 1))).get(0).output()).isNotNull();
        assertThat(rows(model, List.of(row("b", 1))).get(0).error()).isNotNull();
        assertThat(server.requests.get(0).inputs().get(0).nested()).isEqualTo(new float[][] {{1, Float.NaN}});
    }

    @Test
    void anInputForOneRowIsAskedRowByRow() {
        FakeServer server = counting(input("x", Datatype.FP32, 1, 2));
        OpenInferenceModel model = model(SPEC.withFeatures(List.of("a", "b")), server);

        assertThat(rows(model, List.of(row("a", 1, "b", 2), row("a", 3, "b", 4))))
                .hasSize(2);
        assertThat(server.requests).hasSize(2);
        FakeServer flat = counting(input("x", Datatype.FP32, 2));
        assertThat(rows(model(SPEC.withFeatures(List.of("a", "b")), flat), List.of(row("a", 1, "b", 2))))
                .hasSize(1);
        assertThat(flat.requests.get(0).inputs().get(0).nested()).isEqualTo(new float[] {1, 2});
    }

    @Test
    void metadataWithoutInputsAreNoHindrance() {
        FakeServer server = counting();
        OpenInferenceModel model = model(SPEC.withFeatures(List.of("a")), server);

        assertThat(rows(model, List.of(row("a", 1)))).hasSize(1);
        assertThat(server.requests.get(0).inputs().get(0))
                .isEqualTo(Tensor.of("input-0", Datatype.FP64, List.of(1L, 1L), new double[] {1}));
        assertThatThrownBy(() -> rows(model(SPEC, counting()), List.of(row("a", 1))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("`features`");
        assertThatThrownBy(
                        () -> rows(model(SPEC, counting(input("i", Datatype.FP32, -1, 3, 8, 8))), List.of(row("a", 1))))
                .isInstanceOf(DataException.class);
    }

    @Test
    void whatDoesNotFitIsToldAtOnce() {
        FakeServer server = new FakeServer(List.of(X), List.of(input("p", Datatype.FP32, -1, 3)), request -> List.of());
        OpenInferenceModel model =
                model(SPEC.withFeatures(List.of("a", "b", "c")).withLabels(List.of("no", "yes")), server);

        assertThatThrownBy(model::prepare).isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.problems())
                .containsExactly(
                        "its input x takes 2 features, 3 are named",
                        "2 labels are given, but its output p has 3 columns"));
        assertThatThrownBy(
                        model(SPEC.withFeatures(List.of("a")), counting(input("b", Datatype.FP32, -1, 1), X))::prepare)
                .hasMessageContaining("neither one input with a row of numbers nor one input per feature");
    }

    @Test
    void outputsAreReadAsAModelsOwn() {
        List<Map<String, Object>> two = List.of(row("a", 1, "b", 1), row("a", 2, "b", 2));
        ModelSpec features = SPEC.withFeatures(List.of("a", "b"));
        ModelSpec labelled = features.withLabels(List.of("no", "yes"));
        Tensor scores = Tensor.ofArray("p", new float[][] {{0.75f, 0.25f}, {0.25f, 0.75f}});
        Tensor index = Tensor.ofArray("label", new long[] {1, 5});
        Tensor text = Tensor.ofArray("label", new String[][] {{"no"}, {"yes"}});

        assertThat(answers(labelled, two, scores))
                .containsExactly(
                        Output.label("no", 0.75, Map.of("no", 0.75, "yes", 0.25)),
                        Output.label("yes", 0.75, Map.of("no", 0.25, "yes", 0.75)));
        assertThat(answers(labelled, two, index)).extracting(Output::label).containsExactly("yes", "5");
        assertThat(answers(features, two, index)).extracting(Output::label).containsExactly("1", "5");
        assertThat(answers(labelled, two, text, scores))
                .extracting(Output::score)
                .containsExactly(0.75, 0.75);
        assertThat(answers(features, two, text, scores))
                .extracting(Output::label)
                .containsExactly("no", "yes");
        assertThat(answers(features, two, Tensor.ofArray("y", new double[][] {{1}, {2}})))
                .containsExactly(Output.value(1), Output.value(2));
        List<Output> arrays = answers(features, two, scores, Tensor.ofArray("z", new int[][][] {{{1}}, {{2}}}));
        Map<?, ?> second = (Map<?, ?>) arrays.get(1).value();
        assertThat(second.get("p")).isEqualTo(new float[] {0.25f, 0.75f});
        assertThat(second.get("z")).isEqualTo(new int[][] {{2}});
        assertThat(answers(labelled, two.subList(0, 1), Tensor.ofArray("p", new float[] {0.25f, 0.75f})))
                .extracting(Output::label)
                .containsExactly("yes");
        Tensor unsigned = Tensor.of("label", Datatype.UINT8, List.of(2L), new byte[] {1, -1});
        assertThat(answers(labelled, two, unsigned)).extracting(Output::label).containsExactly("yes", "255");
    }

    private static List<Output> answers(ModelSpec spec, List<Map<String, Object>> rows, Tensor... outputs) {
        OpenInferenceModel model = model(spec, server(List.of(X), request -> List.of(outputs)));
        return rows(model, rows).stream().map(Outcome::output).toList();
    }

    @Test
    void anotherNumberOfRowsIsAFailure() {
        for (Object wrong : new Object[] {
            new double[] {1}, new double[] {1, 2, 3}, new double[0], new double[][] {{1, 2}}, new double[2][0]
        }) {
            OpenInferenceModel model = model(
                    SPEC.withFeatures(List.of("a", "b")),
                    server(List.of(X), request -> List.of(Tensor.ofArray("y", wrong))));
            assertThatThrownBy(() -> rows(model, List.of(row("a", 1, "b", 1), row("a", 2, "b", 2))))
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.retryable()).isFalse());
        }
    }

    @Test
    void metadataAreReadOnceAndAgainWhenAnswersNoLongerFit() {
        FakeServer server = counting(X);
        OpenInferenceModel model = model(SPEC.withFeatures(List.of("a", "b")), server);
        assertThat(server.metadataReads).isZero();
        rows(model, List.of(row("a", 1, "b", 1)));
        rows(model, List.of(row("a", 1, "b", 1)));
        assertThat(server.metadataReads).isEqualTo(1);
        server.damage = body -> new byte[0];
        assertThatThrownBy(() -> rows(model, List.of(row("a", 1, "b", 1)))).isInstanceOf(ModelException.class);
        server.damage = body -> body;
        rows(model, List.of(row("a", 1, "b", 1)));
        assertThat(server.metadataReads).isEqualTo(2);
        model.close();
        assertThat(server.closed).isTrue();
    }

    @Test
    void anotherRequestsAnswerIsNotTaken() {
        FakeServer server = counting(X);
        OpenInferenceModel model = model(SPEC.withFeatures(List.of("a", "b")), server);
        server.id = request -> "other";
        assertThatThrownBy(() -> rows(model, List.of(row("a", 1, "b", 1))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("another's id");
        server.id = request -> null;
        assertThat(rows(model, List.of(row("a", 1, "b", 1)))).hasSize(1);
    }

    @Test
    void aServerThatRefusesEverythingIsNotAskedForEver() {
        FakeServer server = server(List.of(X), request -> null);
        OpenInferenceModel model = model(SPEC.withFeatures(List.of("a", "b")), server);
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(row("a", i, "b", i));
        }

        assertThatThrownBy(() -> rows(model, many))
                .isInstanceOf(ModelException.class)
                .message()
                .doesNotContain("4711");
        assertThat(server.requests).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void rawArraysAreConvertedWhereNothingIsLost() {
        FakeServer server = counting(input("x", Datatype.FP32, -1, 2));
        OpenInferenceModel model = model(SPEC, server);

        assertThat(tensors(model, new double[][] {{1, 2}, {3, 4}, {5, Double.NaN}}))
                .extracting(outcome -> outcome.error() == null)
                .containsExactly(true, true, false);
        assertThat(tensors(model, new long[] {1, 2})).hasSize(1);
        assertThat(server.requests.get(0).inputs().get(0).nested()).isEqualTo(new float[][] {{1, 2}, {3, 4}, {5, 0}});
        for (Object wrong : new Object[] {
            new double[][] {{1}},
            new double[][] {{1, 2}, {3}},
            new String[][] {{"a", "b"}},
            new double[1][2][1],
            new Object[1]
        }) {
            assertThatThrownBy(() -> tensors(model, wrong)).isInstanceOf(DataException.class);
        }
        OpenInferenceModel whole = model(SPEC, counting(input("x", Datatype.INT64, -1)));
        assertThat(tensors(whole, new int[] {1, 2})).hasSize(2);
        assertThatThrownBy(() -> tensors(whole, new double[] {1})).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> model.predict(new ModelInput.Tensors(Map.of("z", new double[1][2]))))
                .isInstanceOf(DataException.class);
    }

    private static List<Outcome> tensors(OpenInferenceModel model, Object array) {
        return model.predict(new ModelInput.Tensors(Map.of("", array)));
    }

    @Test
    void damagedAnswersAreReadOrAreFailures() {
        FakeServer server = counting(X);
        server.extensions = List.of("binary_tensor_data");
        OpenInferenceModel model = model(SPEC.withFeatures(List.of("a", "b")), server);
        Random random = new Random(3);
        server.damage = body -> {
            byte[] damaged = body.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            return random.nextInt(3) == 0 ? java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
        };
        int failed = 0;
        for (int i = 0; i < 2000; i++) {
            try {
                assertThat(rows(model, List.of(row("a", 1, "b", 1), row("a", 1, "b", 1))))
                        .hasSize(2);
            } catch (ModelException e) {
                failed++;
            }
        }
        assertThat(failed).isBetween(400, 1999);
    }
}

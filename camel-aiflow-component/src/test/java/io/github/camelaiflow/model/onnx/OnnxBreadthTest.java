package io.github.camelaiflow.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature.Part;
import io.github.camelaiflow.model.Signature.ResultSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes in and out besides rows of features. */
class OnnxBreadthTest {

    private static final ModelSpec SPEC = ModelSpec.of("model.onnx");

    private static Model load(byte[] bytes) {
        return new ModelLoader().load(SPEC, bytes).model();
    }

    private static List<Outcome> ask(Model model, Map<String, Object> arrays) {
        return model.predict(new ModelInput.Tensors(arrays));
    }

    private static Map<?, ?> answer(Model model, Map<String, Object> arrays) {
        List<Outcome> outcomes = ask(model, arrays);
        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0).error()).isNull();
        return (Map<?, ?>) outcomes.get(0).output().value();
    }

    private static void assertSame(Object actual, List<?> expected) {
        assertThat(Arrays.deepEquals(((List<?>) actual).toArray(), expected.toArray()))
                .isTrue();
    }

    private static byte[] identity(TypeProto type, long opset) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("g")
                .addInput(OnnxNodes.value("x", type))
                .addNode(OnnxNodes.node("Identity", List.of("x"), "y"))
                .addOutput(OnnxNodes.value("y", type));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static Object extremes(OnnxType type) {
        return switch (type) {
            case FLOAT -> new float[] {Float.MAX_VALUE, -1.5f, 0};
            case DOUBLE -> new double[] {Double.MAX_VALUE, Double.MIN_VALUE, 0};
            case FLOAT16 -> new float[] {65504, -0.5f, 0};
            case BFLOAT16 -> new float[] {0x1.FEp127f, -0.5f, 0};
            case INT8, UINT8 -> new byte[] {Byte.MIN_VALUE, Byte.MAX_VALUE, -1};
            case INT16, UINT16 -> new short[] {Short.MIN_VALUE, Short.MAX_VALUE, -1};
            case INT32, UINT32 -> new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, -1};
            case INT64, UINT64 -> new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1};
            case BOOL -> new boolean[] {true, false, true};
            case STRING -> new String[] {"", "\u00e9\ud83d\ude00", "a"};
        };
    }

    @ParameterizedTest
    @EnumSource(OnnxType.class)
    void everyTypeGoesInAndOutUnchanged(OnnxType type) {
        Object extremes = extremes(type);
        try (Model model = load(identity(OnnxNodes.tensor(type, 3), 16))) {
            Map<?, ?> first = answer(model, Map.of("x", extremes));
            assertThat(first.get("y")).isEqualTo(extremes);
            assertThat(answer(model, Map.of("x", first.get("y"))).get("y")).isEqualTo(extremes);
            assertThat(model.signature().results())
                    .containsExactly(new ResultSpec("y", type.datatype(), List.of(3L), Part.VALUE));
            assertThat(model.signature().inputs().get(0).type()).isEqualTo(type.datatype());
        }
    }

    /** ONNX has no sequences of BFLOAT16. */
    @ParameterizedTest
    @EnumSource(value = OnnxType.class, mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void sequencesOfEveryTypeGoInAndOut(OnnxType type) {
        List<Object> lists = new ArrayList<>(List.of(extremes(type)));
        try (Model model = load(identity(OnnxNodes.sequence(type), 16))) {
            assertSame(answer(model, Map.of("x", lists)).get("y"), lists);
            assertThat((List<?>) answer(model, Map.of("x", List.of())).get("y")).isEmpty();
            assertThat(model.signature().inputs().get(0).isSequence()).isTrue();
            assertThat(model.signature().results().get(0).type()).isEqualTo("SEQUENCE<" + type.datatype() + ">");
        }
    }

    @Test
    void aSequenceHoldsTensorsOfDifferentShapes() {
        List<Object> mixed = List.of(new float[][] {{1, 2}, {3, 4}}, new float[] {5}, 6f, new float[0][3]);
        try (Model model = load(identity(OnnxNodes.sequence(OnnxType.FLOAT), 16))) {
            assertSame(answer(model, Map.of("x", mixed)).get("y"), mixed);
            assertThatThrownBy(() -> ask(model, Map.of("x", new float[2])))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a list of arrays of FP32");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OnnxType.class,
            names = {"FLOAT", "INT64", "UINT16", "BOOL", "STRING"})
    void anOptionalInputMayBeLeftOutAndAnOptionalOutputMayBeEmpty(OnnxType type) {
        TypeProto tensor = OnnxNodes.optional(OnnxNodes.tensor(type));
        TypeProto sequence = OnnxNodes.optional(OnnxNodes.sequence(type));
        for (long opset : new long[] {16, 17}) {
            try (Model one = load(identity(tensor, opset));
                    Model many = load(identity(sequence, opset))) {
                assertThat(one.signature().inputs().get(0).optional()).isTrue();
                Object given = extremes(type);
                assertThat(answer(one, Map.of("x", given)).get("y")).isEqualTo(given);
                assertThat(answer(one, Map.of()).get("y")).isNull();
                assertSame(answer(many, Map.of("x", List.of(given))).get("y"), List.of(given));
                assertThat(answer(many, Map.of()).get("y")).isNull();
            }
        }
    }

    @Test
    void anInputWithAnInitialValueMayBeLeftOut() {
        byte[] bytes = OnnxGraphs.graph()
                .input("x", OnnxGraphs.FLOAT, -1, 2)
                .input("factor", OnnxGraphs.FLOAT, 1)
                .constant("factor", new long[] {1}, 10)
                .node("Mul", List.of("x", "factor"), List.of("y"))
                .output("y", OnnxGraphs.FLOAT, -1, 2)
                .bytes();
        try (Model model = load(bytes)) {
            float[][] x = {{1, 2}};
            assertThat(answer(model, Map.of("x", x)).get("y")).isEqualTo(new float[] {10, 20});
            assertThat(answer(model, Map.of("x", x, "factor", new float[] {3})).get("y"))
                    .isEqualTo(new float[] {3, 6});
            assertThat(answer(model, Map.of("", x)).get("y")).isEqualTo(new float[] {10, 20});
        }
    }

    @Test
    void theCallerCarriesTheState() {
        try (Model model = load(OnnxGraphs.recurrent().bytes())) {
            Map<String, Object> body = new HashMap<>(Map.of("total", new float[1][1], "count", 0L));
            double sum = 0;
            for (int step = 1; step <= 5; step++) {
                sum += step + 2 * step;
                body.put("x", new float[][] {{step}, {2 * step}});
                Map<?, ?> answer = answer(model, body);
                assertThat(((float[][]) answer.get("mean"))[0][0]).isEqualTo((float) (sum / (2 * step)));
                body.put("total", answer.get("total_out"));
                body.put("count", answer.get("count_out"));
            }
            assertThat(body.get("count")).isEqualTo(10L);
        }
    }

    @Test
    void widerIntegersAreTakenInRange() {
        try (Model model = load(identity(OnnxNodes.tensor(OnnxType.UINT16, -1, 1), 16))) {
            List<Outcome> outcomes = ask(model, Map.of("x", new int[][] {{65_535}, {65_536}, {-1}}));
            assertThat(((Map<?, ?>) outcomes.get(0).output().value()).get("y")).isEqualTo(new short[] {-1});
            assertThat(outcomes.get(1).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
            assertThat(outcomes.get(2).error()).hasMessageContaining("UINT16");
        }
        try (Model model = load(identity(OnnxNodes.tensor(OnnxType.UINT64, -1, 1), 16))) {
            BigInteger largest = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
            List<Outcome> outcomes = model.predict(new ModelInput.Rows(
                    List.of(Map.of("x", largest), Map.of("x", largest.add(BigInteger.ONE)), Map.of("x", -1))));
            assertThat(((Map<?, ?>) outcomes.get(0).output().value()).get("y")).isEqualTo(new long[] {-1});
            assertThat(outcomes.get(1).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
            assertThat(outcomes.get(2).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
        }
    }

    @Test
    void anArrayThatEndsEarlyIsRefused() {
        try (Model model = load(identity(OnnxNodes.tensor(OnnxType.FLOAT, -1, 2, 2), 16))) {
            for (Object wrong : Arrays.asList(new float[2][][], new float[1][2][], new float[][][] {{{1, 2}, null}})) {
                assertThatThrownBy(() -> ask(model, Map.of("x", wrong))).isInstanceOf(DataException.class);
            }
            assertThat(ask(model, Map.of("x", new float[0][][]))).isEmpty();
        }
    }

    @Test
    void mapsCanNotBeGiven() {
        TypeProto map = TypeProto.newBuilder()
                .setMapType(TypeProto.Map.newBuilder()
                        .setKeyType(OnnxGraphs.STRING)
                        .setValueType(OnnxNodes.tensor(OnnxType.FLOAT)))
                .build();
        assertThatThrownBy(() -> load(identity(map, 16)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its input x is a map, ONNX Runtime's Java API takes tensors");
    }

    @Test
    void anExecutionProviderMustBeInTheBuild() {
        byte[] bytes = OnnxGraphs.sum().bytes();
        for (String cpu : List.of("cpu", "CPU", "CPUExecutionProvider")) {
            new ModelLoader()
                    .load(SPEC, bytes, new OnnxOptions(cpu, 2, 2))
                    .model()
                    .close();
        }
        assertThatThrownBy(() -> new ModelLoader().load(SPEC, bytes, OnnxOptions.DEFAULT.with("warp_drive", null, 2)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("warp_drive isn't in this build of ONNX Runtime, which has")
                .hasMessageContaining("cpu");
    }

    @Test
    void attributesThatDoNotFitEachOtherAreRefused() {
        byte[] bytes = OnnxGraphs.graph()
                .input("x", OnnxGraphs.FLOAT, -1, 2)
                .node(
                        "LinearRegressor",
                        List.of("x"),
                        List.of("y"),
                        OnnxGraphs.floats("coefficients", 1, 2),
                        OnnxGraphs.integer("targets", 1_000_000))
                .output("y", OnnxGraphs.FLOAT, -1, 1)
                .bytes();
        assertThatThrownBy(() -> load(bytes))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("LinearRegressor  hasn't one coefficient per target and feature");
    }
}

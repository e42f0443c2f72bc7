package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.Signature.ResultSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** ONNX's own test models with recorded inputs and outputs, such as Debian's package libonnx-testdata holds. */
public final class OnnxTestData {

    /** The folder they lie in; tests are skipped without. */
    public static final String PROPERTY = "aiflow.onnx.testdata";

    /** As ONNX's own backend test does. */
    private static final double RELATIVE = 1e-3;

    private static final double ABSOLUTE = 1e-7;

    /** For sums that cancel: of the largest element. */
    private static final double OF_LARGEST = 1e-6;

    private static final String RANDOM = "answers at random";
    private static final String DIGITS = "ONNX Runtime writes numbers with other digits than numpy";
    private static final String LOCALE = "ONNX Runtime wants the machine's locale en_US.UTF-8";
    private static final String SHAPE = "the recorded input hasn't the shape the model declares";
    private static final String CORNERS = "recorded by an older reading of align_corners; corrected in later ONNX";
    private static final String UNPOOL = "recorded with indices of another shape than ONNX Runtime takes them for";

    /** What may answer otherwise than recorded, and why: ONNX Runtime itself does. */
    public static final Map<String, String> NOT_AS_RECORDED = Map.ofEntries(
            Map.entry("test_bernoulli", RANDOM),
            Map.entry("test_bernoulli_double", RANDOM),
            Map.entry("test_bernoulli_double_expanded", RANDOM),
            Map.entry("test_bernoulli_expanded", RANDOM),
            Map.entry("test_bernoulli_seed", RANDOM),
            Map.entry("test_bernoulli_seed_expanded", RANDOM),
            Map.entry("test_training_dropout", RANDOM),
            Map.entry("test_training_dropout_default", RANDOM),
            Map.entry("test_training_dropout_default_mask", RANDOM),
            Map.entry("test_training_dropout_mask", RANDOM),
            Map.entry("test_cast_FLOAT_to_BFLOAT16", "recorded truncated, ONNX Runtime rounds to the nearest"),
            Map.entry("test_cast_FLOAT_to_STRING", DIGITS),
            Map.entry("test_castlike_FLOAT_to_STRING", DIGITS),
            Map.entry("test_castlike_FLOAT_to_STRING_expanded", DIGITS),
            Map.entry("test_strnorm_model_monday_casesensintive_lower", LOCALE),
            Map.entry("test_strnorm_model_monday_casesensintive_nochangecase", LOCALE),
            Map.entry("test_strnorm_model_monday_casesensintive_upper", LOCALE),
            Map.entry("test_strnormalizer_export_monday_casesensintive_lower", LOCALE),
            Map.entry("test_strnormalizer_export_monday_casesensintive_nochangecase", LOCALE),
            Map.entry("test_strnormalizer_export_monday_casesensintive_upper", LOCALE),
            Map.entry("test_strnormalizer_export_monday_empty_output", LOCALE),
            Map.entry("test_castlike_BFLOAT16_to_FLOAT", SHAPE),
            Map.entry("test_castlike_BFLOAT16_to_FLOAT_expanded", SHAPE),
            Map.entry("test_castlike_FLOAT_to_BFLOAT16", SHAPE),
            Map.entry("test_castlike_FLOAT_to_BFLOAT16_expanded", SHAPE),
            Map.entry("test_maxunpool_export_with_output_shape", UNPOOL),
            Map.entry("test_resize_downsample_scales_cubic_align_corners", CORNERS),
            Map.entry("test_resize_downsample_scales_linear_align_corners", CORNERS));

    private OnnxTestData() {}

    /** The models under the folder. */
    public static List<Path> models(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("model.onnx")).sorted().toList();
        }
    }

    /** Whether the runtime itself, asked without anything of ours, opens a session. */
    public static boolean isAccepted(byte[] bytes) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            settings.setIntraOpNumThreads(1);
            settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            environment.createSession(bytes, settings).close();
            return true;
        } catch (OrtException e) {
            return false;
        }
    }

    /** One call: arrays by input, and what was answered, by output. */
    public record Call(Map<String, Object> inputs, Map<String, Object> outputs) {}

    /** The calls recorded for a model. */
    public static List<Call> calls(Path model, byte[] bytes) throws IOException {
        ModelProto proto = ModelProto.parseFrom(bytes);
        Set<String> initialised = new HashSet<>();
        proto.getGraph().getInitializerList().forEach(tensor -> initialised.add(tensor.getName()));
        List<ValueInfoProto> inputs = new ArrayList<>(proto.getGraph().getInputList());
        inputs.removeIf(input -> initialised.contains(input.getName()));
        List<Call> calls = new ArrayList<>();
        for (int i = 0; Files.isDirectory(model.resolveSibling("test_data_set_" + i)); i++) {
            Path folder = model.resolveSibling("test_data_set_" + i);
            calls.add(new Call(
                    values(folder, "input_", inputs),
                    values(folder, "output_", proto.getGraph().getOutputList())));
        }
        return calls;
    }

    private static Map<String, Object> values(Path folder, String prefix, List<ValueInfoProto> declared)
            throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; Files.exists(folder.resolve(prefix + i + ".pb")); i++) {
            byte[] bytes = Files.readAllBytes(folder.resolve(prefix + i + ".pb"));
            values.put(declared.get(i).getName(), value(declared.get(i).getType(), ByteString.copyFrom(bytes)));
        }
        return values;
    }

    private static Object value(TypeProto type, ByteString bytes) throws IOException {
        if (type.hasTensorType()) {
            // the recorded BFLOAT16s are said to be UINT16
            return OnnxTensors.array(TensorProto.parseFrom(bytes).toBuilder()
                    .setDataType(type.getTensorType().getElemType())
                    .build());
        }
        UnknownFieldSet fields = UnknownFieldSet.parseFrom(bytes);
        if (type.hasSequenceType()) {
            List<Object> list = new ArrayList<>();
            for (ByteString element : fields.getField(3).getLengthDelimitedList()) {
                list.add(value(type.getSequenceType().getElemType(), element));
            }
            return list;
        }
        TypeProto element = type.getOptionalType().getElemType();
        List<ByteString> held =
                fields.getField(element.hasSequenceType() ? 5 : 3).getLengthDelimitedList();
        return held.isEmpty() ? null : value(element, held.get(0));
    }

    /** Empty if the outcomes are as recorded, else what differs. */
    public static String difference(Signature signature, List<Outcome> outcomes, Map<String, Object> recorded) {
        for (ResultSpec result : signature.results()) {
            List<Object> actual = new ArrayList<>();
            for (Outcome outcome : outcomes) {
                if (outcome.error() != null) {
                    return "an error: " + outcome.error().getMessage();
                }
                flatten(part(outcome.output(), result), actual);
            }
            List<Object> expected = new ArrayList<>();
            flatten(recorded.get(result.name()), expected);
            if (actual.size() != expected.size()) {
                return result + ": " + actual.size() + " elements, expected " + expected.size();
            }
            double slack = ABSOLUTE + OF_LARGEST * largest(expected);
            for (int i = 0; i < actual.size(); i++) {
                if (!same(actual.get(i), expected.get(i), slack)) {
                    return result + " at " + i + ": " + actual.get(i) + ", expected " + expected.get(i);
                }
            }
        }
        return "";
    }

    private static Object part(Output output, ResultSpec result) {
        return switch (result.part()) {
            case LABEL -> result.type().equals("BYTES") ? output.label() : Long.valueOf(output.label());
            case SCORE -> output.score();
            case SCORES -> new ArrayList<Object>(output.scores().values());
            case VALUE -> ((Map<?, ?>) output.value()).get(result.name());
        };
    }

    private static void flatten(Object value, List<Object> into) {
        if (value instanceof List<?> list) {
            list.forEach(element -> flatten(element, into));
        } else if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                flatten(Array.get(value, i), into);
            }
        } else if (value != null) {
            into.add(value);
        }
    }

    private static double largest(List<Object> values) {
        return values.stream()
                .filter(Number.class::isInstance)
                .mapToDouble(value -> Math.abs(((Number) value).doubleValue()))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    private static boolean same(Object actual, Object expected, double slack) {
        if (!(actual instanceof Number one) || !(expected instanceof Number other)) {
            return actual.equals(expected);
        }
        double left = one.doubleValue();
        double right = other.doubleValue();
        return Double.compare(left, right) == 0
                || left == right
                || Math.abs(left - right) <= slack + RELATIVE * Math.abs(right);
    }

    /** The bytes of a file. */
    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

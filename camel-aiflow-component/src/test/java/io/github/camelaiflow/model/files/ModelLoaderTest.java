package io.github.camelaiflow.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.onnx.OnnxGraphs;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;

class ModelLoaderTest {

    private static final ModelSpec SPEC = ModelSpec.of("models/claims");
    private static final byte[] TRIBUO = TrainedModels.bytes(TrainedModels.tree());
    private static final byte[] ONNX = OnnxGraphs.sum().bytes();

    /** Whether a hostile class was initialised. */
    private static final List<String> INITIALISED = new ArrayList<>();

    private static LoadedModel load(ModelSpec spec, byte[] bytes) {
        return new ModelLoader().load(spec, bytes);
    }

    private static void assertRefused(ThrowingCallable load, String... reasons) {
        assertThatThrownBy(load).isInstanceOfSatisfying(ModelException.class, e -> {
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageContaining("models/claims");
            for (String reason : reasons) {
                assertThat(e).hasMessageContaining(reason);
            }
        });
    }

    @Test
    void namesTheVersionByTheSpecOrTheDigest() {
        String digest = Sha256.of(TRIBUO);
        assertThat(load(SPEC.withName("v1").withSha256(digest.toUpperCase(java.util.Locale.ROOT)), TRIBUO))
                .satisfies(loaded -> {
                    assertThat(loaded.version()).isEqualTo("v1");
                    assertThat(loaded.sha256()).isEqualTo(digest);
                    assertThat(loaded.format()).isEqualTo(ModelFormat.TRIBUO);
                });
        assertThat(load(SPEC, TRIBUO).version()).isEqualTo(digest.substring(0, 12));
    }

    @Test
    void checksLengthAndDigestBeforeAnythingElse() throws IOException {
        assertRefused(() -> load(SPEC, new byte[0]), "must not be empty");
        assertRefused(() -> load(SPEC.withMaxBytes(10), serialised("x".repeat(20))), "at most 10 bytes");
        assertRefused(() -> load(SPEC.withSha256("0".repeat(64)), serialised("x".repeat(20))), "SHA-256");
        assertThatThrownBy(() -> SPEC.withSha256("abc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SPEC.withMaxBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] serialised(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @Test
    void tellsWhatAWrongFileIs() throws IOException {
        assertRefused(() -> load(SPEC, serialised(TrainedModels.tree())), "Java-serialised");
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("model.tribuo"));
            out.write(TRIBUO);
        }
        assertRefused(() -> load(SPEC, zip.toByteArray()), "zip");
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(TRIBUO);
        }
        assertRefused(() -> load(SPEC, gzip.toByteArray()), "gzip");
        assertRefused(() -> load(SPEC, new byte[] {(byte) 0x80, 4, (byte) 0x95, 0, 1}), "pickle");
        assertRefused(() -> load(SPEC, text("<!DOCTYPE html><html><body>404</body></html>")), "text", "HTML");
        assertRefused(() -> load(SPEC, text("\uFEFF <?xml version='1.0'?>")), "XML");
        assertRefused(() -> load(SPEC, text("{\"learner\": {}}")), "XGBoost", "objective");
        assertRefused(() -> load(SPEC, text("{\"Model\": {\"learner\": {}}}")), "is text");
        assertRefused(() -> load(SPEC, text("a")), "is text");
        assertRefused(() -> load(SPEC, new byte[] {8, 0, 0, 0, 'O', 'R', 'T', 'M', 0, 0}), "ORT format");
        assertRefused(() -> load(SPEC, new byte[] {8, 1, 16, 1}), "neither kind");
        byte[] random = new byte[1000];
        new Random(1).nextBytes(random);
        assertRefused(() -> load(SPEC, random));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void refusesATruncatedFileAtEveryLength() {
        for (byte[] whole : List.of(TRIBUO, ONNX)) {
            int step = Math.max(1, whole.length / 300);
            for (int length = 0; length < whole.length; length += step) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                try {
                    load(SPEC, cut).model().close();
                    // some fields at the end of an ONNX file may be missing: then it is another, whole model
                    assertThat(whole).as("cut at %d", length).isSameAs(ONNX);
                } catch (ModelException e) {
                    assertThat(e).hasMessageContaining("models/claims");
                }
            }
        }
    }

    @Test
    void aFlippedBitIsRefusedByTheDigestOrDoesNoHarm() {
        ModelSpec numbers = SPEC.withFeatures(TrainedModels.NUMBERS);
        assertNoFlipDoesHarm(SPEC, TRIBUO);
        assertNoFlipDoesHarm(SPEC, TrainedModels.bytes(TrainedModels.labels()));
        assertNoFlipDoesHarm(numbers, ONNX);
        assertNoFlipDoesHarm(SPEC, OnnxGraphs.named().bytes());
        assertNoFlipDoesHarm(
                numbers,
                OnnxGraphs.classifier()
                        .output("scores", OnnxGraphs.FLOAT, -1, 2)
                        .bytes());
    }

    private static void assertNoFlipDoesHarm(ModelSpec spec, byte[] whole) {
        ModelSpec exact = spec.withSha256(Sha256.of(whole));
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            byte[] flipped = whole.clone();
            int bit = random.nextInt(flipped.length * 8);
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(() -> load(exact, flipped), "SHA-256");
            assertHarmless(spec, flipped);
        }
    }

    /** Without a digest a damaged file may load; then it answers, or says that it can't. */
    private static void assertHarmless(ModelSpec spec, byte[] flipped) {
        try (Model model = load(spec, flipped).model()) {
            model.predict(new ModelInput.Rows(TrainedModels.claims(3, 1)));
        } catch (ModelException | io.github.camelaiflow.data.DataException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void refusesAClassifierWithoutALabelPerClass() {
        OnnxGraphs graph = OnnxGraphs.graph()
                .input("x", OnnxGraphs.FLOAT, -1, 2)
                .node(
                        "LinearClassifier",
                        List.of("x"),
                        List.of("label", "scores"),
                        OnnxGraphs.strings("classlabels_strings", "fraud"),
                        OnnxGraphs.floats("coefficients", 1, 0, -1, 0),
                        OnnxGraphs.floats("intercepts", 0, 5))
                .output("label", OnnxGraphs.STRING, -1);
        assertRefused(() -> load(SPEC, graph.bytes()), "one label for each class");
    }

    /** A class such as an attacker would like Tribuo to initialise. */
    static final class Hostile {
        static {
            INITIALISED.add("Hostile");
        }

        private Hostile() {}
    }

    @Test
    void refusesForeignClassesWhereverTheyStand() throws IOException {
        ModelProto tree = ModelProto.parseFrom(TRIBUO);
        String hostile = Hostile.class.getName();
        assertRefused(
                () -> load(SPEC, tree.toBuilder().setClassName(hostile).build().toByteArray()), hostile);
        assertRefused(() -> load(SPEC, replaceInside(TRIBUO, "org.tribuo.RealIDInfo")), "evil.tribuo");
        assertRefused(() -> load(SPEC, replaceInside(TRIBUO, "org.tribuo.classification.Label")), "evil.tribuo");
        assertRefused(() -> load(SPEC, replaceInside(TRIBUO, "org.tribuo.provenance.ModelProvenance")), "provenance");
        assertRefused(
                () -> load(
                        SPEC,
                        tree.toBuilder()
                                .setSerializedData(Any.newBuilder().setTypeUrl("type.googleapis.com/evil.Type"))
                                .build()
                                .toByteArray()),
                "evil.Type");
        assertThat(INITIALISED).isEmpty();
    }

    /** Renames a class to one of the same length, so that all lengths around it stay right. */
    private static byte[] replaceInside(byte[] bytes, String name) {
        String changed = "evil" + name.substring(name.indexOf('.'), name.length() - 1);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(name);
        return text.replace(name, changed).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void refusesEveryWrapperOfNativeOrSerialisedModels() {
        for (String name : List.of(
                "org.tribuo.classification.liblinear.LibLinearClassificationModel",
                "org.tribuo.common.xgboost.XGBoostModel",
                "org.tribuo.interop.tensorflow.TensorFlowNativeModel",
                "org.tribuo.interop.onnx.ONNXExternalModel")) {
            byte[] bytes = ModelProto.newBuilder()
                    .setClassName(name)
                    .setSerializedData(Any.pack(ModelDataProto.getDefaultInstance()))
                    .build()
                    .toByteArray();
            assertRefused(() -> load(SPEC, bytes), name);
        }
    }

    @Test
    void saysWhichModuleIsMissing() {
        byte[] bytes = ModelProto.newBuilder()
                .setClassName("org.tribuo.classification.mnb.MultinomialNaiveBayesModel")
                .setSerializedData(Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/tribuo.classification.mnb.MultinomialNaiveBayesProto"))
                .build()
                .toByteArray();
        assertRefused(() -> load(SPEC, bytes), "tribuo.classification.mnb.MultinomialNaiveBayesProto", "isn't there");
    }

    @Test
    void refusesADeeplyNestedModel() {
        Any any = Any.pack(ModelDataProto.getDefaultInstance());
        for (int i = 0; i < 500; i++) {
            any = Any.pack(ModelProto.newBuilder()
                    .setClassName("org.tribuo.transform.TransformedModel")
                    .setSerializedData(any)
                    .build());
        }
        byte[] bytes = ModelProto.newBuilder()
                .setClassName("org.tribuo.transform.TransformedModel")
                .setSerializedData(any)
                .build()
                .toByteArray();
        assertRefused(() -> load(SPEC, bytes), "nested deeper");
    }

    @Test
    void refusesExternalDataWhereverItStands() {
        OnnxMl.TensorProto external = OnnxMl.TensorProto.newBuilder()
                .setName("w")
                .setDataType(OnnxGraphs.FLOAT)
                .addDims(1)
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
                .addExternalData(OnnxMl.StringStringEntryProto.newBuilder()
                        .setKey("location")
                        .setValue("../../etc/passwd"))
                .build();
        OnnxMl.AttributeProto attribute = OnnxMl.AttributeProto.newBuilder()
                .setName("value")
                .setType(OnnxMl.AttributeProto.AttributeType.TENSOR)
                .setT(external)
                .build();
        OnnxMl.NodeProto node = OnnxMl.NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("w")
                .addAttribute(attribute)
                .build();
        List<OnnxMl.ModelProto.Builder> hidden = List.of(
                OnnxGraphs.sum().constant(external).proto(),
                OnnxGraphs.sum()
                        .node("Constant", List.of(), List.of("w"), attribute)
                        .proto(),
                OnnxGraphs.sum()
                        .proto()
                        .addFunctions(
                                OnnxMl.FunctionProto.newBuilder().setName("f").addNode(node)),
                OnnxGraphs.sum()
                        .proto()
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(
                                        77,
                                        UnknownFieldSet.Field.newBuilder()
                                                .addLengthDelimited(node.toByteString())
                                                .build())
                                .build()),
                OnnxGraphs.sum()
                        .constant(external.toBuilder().clearDataLocation().build())
                        .proto(),
                OnnxGraphs.sum()
                        .constant(external.toBuilder().clearExternalData().build())
                        .proto());
        for (OnnxMl.ModelProto.Builder model : hidden) {
            assertRefused(() -> load(SPEC, model.build().toByteArray()), "external data");
        }
        byte[] harmless = OnnxGraphs.sum()
                .proto()
                .setDocString("location")
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                77,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("location"))
                                        .build())
                        .build())
                .build()
                .toByteArray();
        assertThatCode(() -> load(SPEC, harmless).model().close()).doesNotThrowAnyException();
    }

    @Test
    void withoutOnnxRuntimeItSaysWhatToAdd() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            if (!entry.contains("onnxruntime")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> loaderType = without.loadClass(ModelLoader.class.getName());
            Class<?> specType = without.loadClass(ModelSpec.class.getName());
            Object loader = loaderType.getConstructor().newInstance();
            Object spec = specType.getMethod("of", String.class).invoke(null, "models/claims");
            var load = loaderType.getMethod("load", specType, byte[].class);
            assertThatThrownBy(() -> load.invoke(loader, spec, ONNX))
                    .cause()
                    .hasMessageContaining("models/claims")
                    .hasMessageContaining("com.microsoft.onnxruntime:onnxruntime");
            assertThat(load.invoke(loader, spec, TRIBUO).toString()).contains("format=tribuo");
        }
    }
}

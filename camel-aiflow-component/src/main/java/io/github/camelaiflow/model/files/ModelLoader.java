package io.github.camelaiflow.model.files;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.onnx.OnnxFile;
import io.github.camelaiflow.model.onnx.OnnxModel;
import io.github.camelaiflow.model.onnx.OnnxOptions;
import io.github.camelaiflow.model.tribuo.TribuoModel;
import java.util.Objects;

/**
 * Turns the bytes of a model file into a model that answers. Files are untrusted: length and digest are checked before
 * anything reads the content, the format is told from the content, and what could run code or read other files is
 * refused before the runtime sees it. Thread-safe.
 */
public final class ModelLoader {

    private static final int VERSION_DIGITS = 12;
    private static final String ONNX_CLASS = "ai.onnxruntime.OrtEnvironment";

    private final OnnxOptions onnx;

    /** A loader with {@link OnnxOptions#DEFAULT}. */
    public ModelLoader() {
        this(OnnxOptions.DEFAULT);
    }

    /** A loader whose ONNX models run as the options say. */
    public ModelLoader(OnnxOptions onnx) {
        this.onnx = Objects.requireNonNull(onnx, "onnx");
    }

    /** As {@link #load(ModelSpec, byte[], OnnxOptions)}, with this loader's options. */
    public LoadedModel load(ModelSpec spec, byte[] bytes) {
        return load(spec, bytes, onnx);
    }

    /**
     * Loads a model.
     *
     * @param options how it runs if it is an ONNX model
     * @return the model; the caller closes it
     * @throws ModelException (not retryable) if the file is empty, too long, has another digest than the spec's, is
     *     damaged or of a kind that isn't taken, or if model and spec don't fit; then all that is wrong is told at once
     */
    public LoadedModel load(ModelSpec spec, byte[] bytes, OnnxOptions options) {
        checkLength(spec, bytes.length);
        String sha256 = Sha256.of(bytes);
        if (spec.sha256() != null && !spec.sha256().equals(sha256)) {
            throw new ModelException(
                    false, spec.place() + " must have the SHA-256 " + spec.sha256() + ", it has " + sha256);
        }
        String version = spec.name() == null ? sha256.substring(0, VERSION_DIGITS) : spec.name();
        ModelFormat format = ModelFormat.of(bytes, spec.place());
        Model model = format == ModelFormat.ONNX ? loadOnnx(spec, bytes, options) : TribuoModel.load(spec, bytes);
        return new LoadedModel(version, sha256, format, model);
    }

    private static void checkLength(ModelSpec spec, int length) {
        if (length == 0) {
            throw new ModelException(false, "a model file must not be empty, " + spec.place() + " has no bytes");
        }
        if (length > spec.maxBytes()) {
            throw new ModelException(
                    false,
                    "a model file must have at most " + spec.maxBytes() + " bytes, " + spec.place() + " has " + length);
        }
    }

    private static Model loadOnnx(ModelSpec spec, byte[] bytes, OnnxOptions options) {
        OnnxFile file = OnnxFile.read(spec.place(), bytes);
        try {
            Class.forName(ONNX_CLASS, false, ModelLoader.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new ModelException(
                    false,
                    spec.place() + " is an ONNX model: add the dependency com.microsoft.onnxruntime:onnxruntime",
                    e);
        }
        return OnnxModel.load(spec, file, options);
    }
}

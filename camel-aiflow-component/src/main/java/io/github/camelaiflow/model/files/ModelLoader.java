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
import io.github.camelaiflow.model.xgboost.XgboostModel;
import java.util.List;
import java.util.Map;
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
    private final ModelTrial trial;

    /** A loader with {@link OnnxOptions#DEFAULT} that tries nothing first. */
    public ModelLoader() {
        this(OnnxOptions.DEFAULT);
    }

    /** A loader whose ONNX models run as the options say, and that tries nothing first. */
    public ModelLoader(OnnxOptions onnx) {
        this(onnx, ModelTrial.NONE);
    }

    /**
     * A loader.
     *
     * @param onnx how its ONNX models run
     * @param trial what a file must pass before anything here parses it
     */
    public ModelLoader(OnnxOptions onnx, ModelTrial trial) {
        this.onnx = Objects.requireNonNull(onnx, "onnx");
        this.trial = Objects.requireNonNull(trial, "trial");
    }

    /**
     * Loads a model.
     *
     * @return the model; the caller closes it
     * @throws ModelException (not retryable) if the file is empty, too long, has another digest than the spec's, is
     *     damaged, fails its trial or is of a kind that isn't taken, or if model and spec don't fit; then all that is
     *     wrong is told at once
     */
    public LoadedModel load(ModelSpec spec, byte[] bytes) {
        return load(spec, bytes, List.of());
    }

    /** As {@link #load(ModelSpec, byte[])}, with records its trial may ask the model with, as JSON has them. */
    public LoadedModel load(ModelSpec spec, byte[] bytes, List<Map<String, Object>> rows) {
        checkLength(spec, bytes.length);
        String sha256 = Sha256.of(bytes);
        if (spec.sha256() != null && !spec.sha256().equals(sha256)) {
            throw new ModelException(
                    false, spec.place() + " must have the SHA-256 " + spec.sha256() + ", it has " + sha256);
        }
        String version = spec.name() == null ? sha256.substring(0, VERSION_DIGITS) : spec.name();
        ModelFormat format = ModelFormat.of(bytes, spec.place());
        trial.run(spec, format, sha256, bytes, rows);
        return new LoadedModel(version, sha256, format, load(format, spec, bytes));
    }

    private Model load(ModelFormat format, ModelSpec spec, byte[] bytes) {
        return switch (format) {
            case ONNX -> loadOnnx(spec, bytes);
            case TRIBUO -> TribuoModel.load(spec, bytes);
            case XGBOOST -> XgboostModel.load(spec, bytes);
            case OBJECT -> throw new IllegalStateException("an object is no file");
        };
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

    private Model loadOnnx(ModelSpec spec, byte[] bytes) {
        OnnxFile file = OnnxFile.read(spec.place(), bytes);
        try {
            Class.forName(ONNX_CLASS, false, ModelLoader.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new ModelException(
                    false,
                    spec.place() + " is an ONNX model: add the dependency com.microsoft.onnxruntime:onnxruntime",
                    e);
        }
        return OnnxModel.load(spec, file, onnx);
    }
}

package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.RowErrors;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An ONNX model on ONNX Runtime: one session for all threads, which may run it at once. A batch is one call. Loaded
 * only where ONNX Runtime is on the class path.
 */
public final class OnnxModel implements Model {

    private static final Logger LOG = System.getLogger(OnnxModel.class.getName());

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final OnnxInputs inputs;
    private final OnnxOutputs outputs;
    private final Signature signature;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OnnxModel(OrtEnvironment environment, OrtSession session, OnnxInputs inputs, OnnxOutputs outputs) {
        this.environment = environment;
        this.session = session;
        this.inputs = inputs;
        this.outputs = outputs;
        this.signature = new Signature(inputs.fields(), inputs.specs(), outputs.names());
    }

    /**
     * Loads a file that {@link OnnxFile} has looked through.
     *
     * @throws ModelException if ONNX Runtime refuses the file or has no native library for this platform, or if the
     *     model doesn't fit the spec
     */
    public static Model load(ModelSpec spec, byte[] bytes, OnnxOptions options) {
        OrtEnvironment environment = environment(spec.place());
        OrtSession session = null;
        try {
            session = session(environment, bytes, options);
            List<String> problems = new ArrayList<>();
            OnnxInputs inputs = OnnxInputs.of(spec, session.getInputInfo(), problems);
            OnnxOutputs outputs = OnnxOutputs.of(spec, session.getOutputInfo(), problems);
            if (!problems.isEmpty()) {
                throw ModelException.unfit(spec.place(), problems);
            }
            return new OnnxModel(environment, session, inputs, outputs);
        } catch (OrtException e) {
            close(session);
            throw new ModelException(
                    false,
                    "ONNX Runtime " + environment.getVersion() + " must be able to load " + spec.place() + ": "
                            + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            close(session);
            throw e;
        }
    }

    private static OrtEnvironment environment(String place) {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | RuntimeException e) {
            throw new ModelException(
                    false, "ONNX Runtime needs its native library for this platform to load " + place, e);
        }
    }

    private static OrtSession session(OrtEnvironment environment, byte[] bytes, OnnxOptions options)
            throws OrtException {
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            settings.setIntraOpNumThreads(options.intraOpThreads());
            settings.setInterOpNumThreads(options.interOpThreads());
            // what it logs can hold elements of the input; errors come back as exceptions anyhow
            settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // the runtime would else take bytes for its own format, which nothing has looked through
            settings.addConfigEntry("session.load_model_format", "ONNX");
            return environment.createSession(bytes, settings);
        }
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        if (input instanceof ModelInput.Tensors tensors) {
            return predict(inputs.arrays(tensors));
        }
        List<Map<String, Object>> rows = ((ModelInput.Rows) input).rows();
        OnnxRows encoding = inputs.rows();
        if (rows.size() > 1 && encoding.single()) {
            List<Outcome> outcomes = new ArrayList<>(rows.size());
            rows.forEach(row -> outcomes.addAll(predict(encoding, Arrays.asList(row))));
            return outcomes;
        }
        return predict(encoding, rows);
    }

    private List<Outcome> predict(OnnxRows encoding, List<Map<String, Object>> rows) {
        Outcome[] outcomes = new Outcome[rows.size()];
        OnnxRows.Batch batch = encoding.batch(rows.size());
        List<Integer> good = new ArrayList<>(rows.size());
        for (int i = 0; i < outcomes.length; i++) {
            DataException wrong = batch.add(rows.get(i));
            if (wrong == null) {
                good.add(i);
            } else {
                outcomes[i] = Outcome.failed(wrong);
            }
        }
        if (!good.isEmpty()) {
            List<Outcome> answered = answer(encoding, rows, good, batch);
            for (int i = 0; i < answered.size(); i++) {
                outcomes[good.get(i)] = answered.get(i);
            }
        }
        return Arrays.asList(outcomes);
    }

    /** One call for all; if the runtime fails on it, a call for each, to find the row it was. */
    private List<Outcome> answer(
            OnnxRows encoding, List<Map<String, Object>> rows, List<Integer> good, OnnxRows.Batch batch) {
        try {
            return run(batch::tensors, good.size());
        } catch (OrtException e) {
            if (good.size() == 1) {
                throw failed(e);
            }
            List<Outcome> answered = new ArrayList<>(good.size());
            for (int row : good) {
                answered.add(alone(encoding, rows.get(row)));
            }
            if (answered.stream().allMatch(outcome -> outcome.error() != null)) {
                throw failed(e);
            }
            return answered;
        }
    }

    private Outcome alone(OnnxRows encoding, Map<String, Object> row) {
        OnnxRows.Batch batch = encoding.batch(1);
        batch.add(row);
        try {
            return run(batch::tensors, 1).get(0);
        } catch (OrtException e) {
            return Outcome.failed(new DataException(
                    Reason.WRONG_FEATURE,
                    List.of(),
                    "model " + inputs.model() + " can't take the values of the record, it takes those of others"));
        }
    }

    private List<Outcome> predict(Map<String, OnnxArray> arrays) {
        int rows = inputs.rows(arrays);
        if (rows == 0) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>(answer(arrays, rows));
        for (int row = 0; row < rows; row++) {
            RowErrors errors = new RowErrors(inputs.model());
            for (OnnxArray array : arrays.values()) {
                array.report(array.rows() == rows ? row : 0, errors);
            }
            if (!errors.isEmpty()) {
                outcomes.set(row, Outcome.failed(errors.toException()));
            }
        }
        return outcomes;
    }

    private List<Outcome> answer(Map<String, OnnxArray> arrays, int rows) {
        try {
            return run(
                    (environment, into) -> {
                        for (Map.Entry<String, OnnxArray> entry : arrays.entrySet()) {
                            OnnxArray array = entry.getValue();
                            into.put(entry.getKey(), array.buffer().tensor(environment, array.shape()));
                        }
                    },
                    rows);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Without the runtime's message and the cause: they can hold elements of the input. */
    private ModelException failed(OrtException e) {
        return new ModelException(
                false, "model " + inputs.model() + " could not answer: ONNX Runtime failed with " + e.getCode());
    }

    /** Makes the tensors of one call; those already made are in the map when it throws. */
    private interface Feed {
        void tensors(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException;
    }

    private List<Outcome> run(Feed feed, int rows) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            feed.tensors(environment, tensors);
            try (OrtSession.Result result = session.run(tensors)) {
                return outputs.read(result, rows);
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            close(session);
        }
    }

    private static void close(OrtSession session) {
        if (session == null) {
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            LOG.log(Level.WARNING, "an ONNX Runtime session could not be closed", e);
        }
    }
}

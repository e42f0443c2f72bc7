package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.RowErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An ONNX model on ONNX Runtime: one session for all threads, which may run it at once. A batch is one call. Loaded
 * only where ONNX Runtime is on the class path.
 */
public final class OnnxModel implements Model {

    private final OnnxSession session;
    private final OnnxInputs inputs;
    private final OnnxOutputs outputs;
    private final Signature signature;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OnnxModel(OnnxSession session, OnnxInputs inputs, OnnxOutputs outputs) {
        this.session = session;
        this.inputs = inputs;
        this.outputs = outputs;
        this.signature = new Signature(inputs.fields(), inputs.specs(), outputs.names(), outputs.results());
    }

    /**
     * Loads a file.
     *
     * @throws ModelException if ONNX Runtime refuses the file or has no native library for this platform, or if the
     *     model doesn't fit the spec, or ONNX Runtime's Java API can't give or read what it wants
     */
    public static Model load(ModelSpec spec, OnnxFile file, OnnxOptions options) {
        List<String> problems = new ArrayList<>();
        OnnxGraph graph = OnnxGraph.of(file, problems);
        OnnxInputs inputs = OnnxInputs.of(spec, graph.inputs(), problems);
        OnnxSession session = null;
        try {
            byte[] changed = graph.bytes();
            session = OnnxSession.open(spec.place(), changed == null ? file.bytes() : changed, options);
            OnnxOutputs outputs = OnnxOutputs.of(spec, inputs.isBatch(), graph, session.outputs(), problems);
            if (!problems.isEmpty()) {
                throw ModelException.unfit(spec.place(), problems);
            }
            session.prepare(file, graph, inputs);
            return new OnnxModel(session, inputs, outputs);
        } catch (OrtException e) {
            close(session);
            if (!problems.isEmpty()) {
                throw ModelException.unfit(spec.place(), problems);
            }
            throw new ModelException(
                    false,
                    "ONNX Runtime " + OnnxSession.version(spec.place()) + " must be able to load " + spec.place() + ": "
                            + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            close(session);
            throw e;
        }
    }

    private static void close(OnnxSession session) {
        if (session != null) {
            session.close();
        }
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        if (input instanceof ModelInput.Tensors tensors) {
            return predict(inputs.feeds(tensors));
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
            return run(batch, good.size());
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
            return run(batch, 1).get(0);
        } catch (OrtException e) {
            return Outcome.failed(new DataException(
                    Reason.WRONG_FEATURE,
                    List.of(),
                    "model " + inputs.model() + " can't take the values of the record, it takes those of others"));
        }
    }

    private List<Outcome> run(OnnxRows.Batch batch, int rows) throws OrtException {
        return session.run(batch::tensors, result -> outputs.read(result, rows));
    }

    private List<Outcome> predict(Map<OnnxInput, OnnxFeed> feeds) {
        int rows = inputs.rows(feeds);
        if (rows == 0) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>(answer(feeds, rows));
        for (int row = 0; row < rows; row++) {
            RowErrors errors = new RowErrors(inputs.model());
            for (Map.Entry<OnnxInput, OnnxFeed> feed : feeds.entrySet()) {
                boolean perRow = inputs.isBatch() && feed.getKey().isRequired();
                feed.getValue().report(perRow ? row : OnnxFeed.WHOLE, errors);
            }
            if (!errors.isEmpty()) {
                outcomes.set(row, Outcome.failed(errors.toException()));
            }
        }
        return outcomes;
    }

    private List<Outcome> answer(Map<OnnxInput, OnnxFeed> feeds, int rows) {
        try {
            return session.run(
                    (environment, into) -> tensors(feeds, environment, into), result -> outputs.read(result, rows));
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static void tensors(
            Map<OnnxInput, OnnxFeed> feeds, OrtEnvironment environment, Map<String, OnnxTensor> into)
            throws OrtException {
        for (Map.Entry<OnnxInput, OnnxFeed> feed : feeds.entrySet()) {
            feed.getValue().tensors(environment, into);
            feed.getKey().markGiven(environment, true, into);
        }
    }

    /** Without the runtime's message and the cause: they can hold elements of the input. */
    private ModelException failed(OrtException e) {
        return new ModelException(
                false, "model " + inputs.model() + " could not answer: ONNX Runtime failed with " + e.getCode());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            session.close();
        }
    }
}

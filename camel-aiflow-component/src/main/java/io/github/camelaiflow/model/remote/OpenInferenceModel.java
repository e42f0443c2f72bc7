package io.github.camelaiflow.model.remote;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.RowErrors;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.ModelMetadata;
import io.github.camelaiflow.openinference.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model on an Open Inference Protocol v2 server. Nothing is asked before the first call (or {@link #prepare}): then the
 * model's metadata are read, checked against features and labels, and kept until the server's answers no longer fit them. A
 * batch is one request; has the server refused it as wrong (400, 422), it is halved until the rows it was are found. Has no
 * deadline of its own: the caller gives one by interrupting. Thread-safe.
 */
public final class OpenInferenceModel implements Model {

    /** Requests that one batch may cost in all when the server refuses it. */
    private static final int MAX_REQUESTS = 100;

    private final ModelSpec spec;
    private final RemoteServer server;
    private final Outcome refused;
    private volatile Binding binding;

    /** What the server's metadata and the spec make of each other. */
    private record Binding(RemoteInputs inputs, RemoteOutputs outputs, Signature signature) {}

    private OpenInferenceModel(ModelSpec spec, RemoteServer server) {
        this.spec = spec;
        this.server = server;
        this.refused = Outcome.failed(new DataException(
                Reason.WRONG_FEATURE,
                List.of(),
                "model " + spec.place() + " can't take the values of the record, it takes those of others"));
    }

    /**
     * A model asked over that transport, which it closes.
     *
     * @param spec its place, for messages; features, where the server takes them in one tensor; labels; fields that may be
     *     missing
     * @param limits what a response may hold; default {@link Limits#DEFAULT}
     */
    public static OpenInferenceModel of(ModelSpec spec, Transport transport, Limits limits) {
        return new OpenInferenceModel(spec, new RemoteServer(spec.place(), transport, limits));
    }

    /** What the server's metadata tell; until they have been read, the features and labels of the spec. */
    @Override
    public Signature signature() {
        Binding known = binding;
        return known == null ? new Signature(spec.features(), List.of(), spec.labels()) : known.signature();
    }

    /**
     * Reads the server's metadata, unless they are known.
     *
     * @throws ModelException if they can't be read, or if the model doesn't fit the spec: then it tells all that doesn't
     */
    public void prepare() {
        binding();
    }

    private Binding binding() {
        Binding known = binding;
        if (known != null) {
            return known;
        }
        ModelMetadata metadata = server.metadata();
        List<String> problems = new ArrayList<>();
        RemoteInputs inputs = RemoteInputs.of(spec, metadata.inputs(), problems);
        RemoteOutputs outputs = RemoteOutputs.of(spec, metadata.outputs(), problems);
        if (!problems.isEmpty()) {
            throw ModelException.unfit(spec.place(), problems);
        }
        Binding read = new Binding(inputs, outputs, new Signature(inputs.fields(), inputs.specs(), outputs.names()));
        binding = read;
        server.readExtensions();
        return read;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        Binding bound = binding();
        try {
            return input instanceof ModelInput.Tensors tensors
                    ? predictArrays(bound, bound.inputs().arrays(tensors))
                    : predictRows(bound, ((ModelInput.Rows) input).rows());
        } catch (ModelException e) {
            if (!e.retryable()) {
                // the server may have another model by now
                binding = null;
            }
            throw e;
        }
    }

    private List<Outcome> predictRows(Binding bound, List<Map<String, Object>> rows) {
        RemoteRows encoding = bound.inputs().rows();
        Outcome[] outcomes = new Outcome[rows.size()];
        RemoteRows.Batch check = encoding.batch(rows.size());
        List<Integer> good = new ArrayList<>(rows.size());
        for (int i = 0; i < outcomes.length; i++) {
            DataException wrong = check.add(rows.get(i));
            if (wrong == null) {
                good.add(i);
            } else {
                outcomes[i] = Outcome.failed(wrong);
            }
        }
        if (!good.isEmpty()) {
            List<Map<String, Object>> sent = good.stream().map(rows::get).toList();
            List<Outcome> answered = encoding.single() ? eachAlone(bound, sent) : together(bound, sent);
            for (int i = 0; i < answered.size(); i++) {
                outcomes[good.get(i)] = answered.get(i);
            }
        }
        return Arrays.asList(outcomes);
    }

    private List<Outcome> eachAlone(Binding bound, List<Map<String, Object>> rows) {
        List<Outcome> outcomes = new ArrayList<>(rows.size());
        for (Map<String, Object> row : rows) {
            outcomes.addAll(ask(bound, List.of(row), new int[] {1}));
        }
        return judged(outcomes);
    }

    private List<Outcome> together(Binding bound, List<Map<String, Object>> rows) {
        return judged(ask(bound, rows, new int[] {MAX_REQUESTS}));
    }

    /** If no row is taken, it isn't the rows. */
    private List<Outcome> judged(List<Outcome> outcomes) {
        if (outcomes.stream().allMatch(outcome -> outcome == refused)) {
            throw server.refused();
        }
        return outcomes;
    }

    private List<Outcome> ask(Binding bound, List<Map<String, Object>> rows, int[] requestsLeft) {
        if (requestsLeft[0]-- == 0) {
            throw server.refused();
        }
        RemoteRows.Batch batch = bound.inputs().rows().batch(rows.size());
        rows.forEach(batch::add);
        Optional<InferResponse> response = server.infer(batch.tensors());
        if (response.isPresent()) {
            return bound.outputs().read(response.get(), rows.size());
        }
        if (rows.size() == 1) {
            return List.of(refused);
        }
        int half = rows.size() / 2;
        List<Outcome> outcomes = new ArrayList<>(ask(bound, rows.subList(0, half), requestsLeft));
        outcomes.addAll(ask(bound, rows.subList(half, rows.size()), requestsLeft));
        return outcomes;
    }

    private List<Outcome> predictArrays(Binding bound, List<RemoteArray> arrays) {
        int rows = bound.inputs().rows(arrays);
        if (rows == 0) {
            return List.of();
        }
        List<Tensor> tensors = arrays.stream().map(RemoteArray::tensor).toList();
        InferResponse response = server.infer(tensors).orElseThrow(server::refused);
        List<Outcome> outcomes = new ArrayList<>(bound.outputs().read(response, rows));
        for (int row = 0; row < rows; row++) {
            RowErrors errors = new RowErrors(spec.place());
            for (RemoteArray array : arrays) {
                array.report(array.rows() == rows ? row : 0, errors);
            }
            if (!errors.isEmpty()) {
                outcomes.set(row, Outcome.failed(errors.toException()));
            }
        }
        return outcomes;
    }

    @Override
    public void close() {
        server.close();
    }
}

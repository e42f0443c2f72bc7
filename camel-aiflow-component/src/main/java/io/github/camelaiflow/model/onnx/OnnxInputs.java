package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.FeatureEncoder;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A model's inputs and how rows and arrays become them. Thread-safe. */
final class OnnxInputs {

    private final ModelSpec spec;
    private final Map<String, OnnxInput> byName = new LinkedHashMap<>();
    private final List<OnnxInput> required;
    private final boolean batch;
    private final OnnxRows rows;

    private OnnxInputs(ModelSpec spec, List<OnnxInput> inputs, List<String> problems) {
        this.spec = spec;
        inputs.forEach(input -> byName.put(input.name(), input));
        this.required = inputs.stream().filter(OnnxInput::isRequired).toList();
        this.batch = new Signature(List.of(), specs(), List.of()).isBatch();
        this.rows = rows(problems);
    }

    /** The inputs; adds what doesn't fit the spec to the problems. */
    static OnnxInputs of(ModelSpec spec, List<OnnxInput> inputs, List<String> problems) {
        return new OnnxInputs(spec, inputs, problems);
    }

    private OnnxRows rows(List<String> problems) {
        List<String> features = spec.features();
        if (required.size() == 1 && !features.isEmpty() && required.get(0).isFeatureRow()) {
            return features(required.get(0), problems);
        }
        Set<String> names = required.stream().map(OnnxInput::name).collect(Collectors.toCollection(LinkedHashSet::new));
        if (required.stream().allMatch(OnnxInput::isScalarPerRow)) {
            boolean fit = features.isEmpty()
                    || features.containsAll(names) && byName.keySet().containsAll(features);
            if (!fit) {
                problems.add("the features are " + String.join(", ", features) + ", but its inputs are "
                        + String.join(", ", names.stream().sorted().toList()));
            }
            List<OnnxInput> read = byName.values().stream()
                    .filter(input -> names.contains(input.name()) || features.contains(input.name()))
                    .filter(OnnxInput::isScalarPerRow)
                    .toList();
            return new OnnxRows.Named(spec.place(), read, spec.missingAllowed());
        }
        if (!features.isEmpty()) {
            problems.add("features are given, but it has neither one input with a row of numbers nor one input per"
                    + " feature");
        }
        return null;
    }

    private OnnxRows features(OnnxInput input, List<String> problems) {
        FeatureEncoder encoder = FeatureEncoder.ofRow(
                spec.place(),
                input.name(),
                input.shape().get(input.rank() - 1),
                spec.features(),
                new FeatureEncoder.Style(spec.missingAllowed(), 0, input.type().largest()),
                problems);
        return new OnnxRows.Features(input, encoder);
    }

    /** The model's name, for messages. */
    String model() {
        return spec.place();
    }

    /** Whether the first dimension counts rows. */
    boolean isBatch() {
        return batch;
    }

    /** The fields read from rows; empty if rows can't be taken. */
    List<String> fields() {
        return rows == null ? List.of() : rows.fields();
    }

    /** The inputs as the signature tells them. */
    List<Signature.TensorSpec> specs() {
        return byName.values().stream().map(OnnxInput::spec).toList();
    }

    /**
     * How rows are encoded.
     *
     * @throws ModelException if the model needs the features' order and the spec doesn't name it
     * @throws DataException if the model takes arrays only
     */
    OnnxRows rows() {
        if (rows != null) {
            return rows;
        }
        if (required.size() == 1 && required.get(0).isFeatureRow()) {
            throw new ModelException(
                    false,
                    "records need an order of features: name it by `features`, model " + spec.place() + " has none");
        }
        throw new DataException(
                Reason.UNSUPPORTED_BODY,
                List.of(),
                "model " + spec.place() + " takes arrays by the names " + String.join(", ", byName.keySet())
                        + ", not records");
    }

    /**
     * The values given, by input; those left out are not in it.
     *
     * @throws DataException if a value is missing or unknown, or has another type or shape than its input
     */
    Map<OnnxInput, OnnxFeed> feeds(ModelInput.Tensors tensors) {
        Map<String, Object> given = tensors.arrays();
        if (given.size() == 1 && given.containsKey("") && (required.size() == 1 || byName.size() == 1)) {
            String sole = required.size() == 1
                    ? required.get(0).name()
                    : byName.keySet().iterator().next();
            given = Collections.singletonMap(sole, given.get(""));
        }
        checkNames(given);
        Map<OnnxInput, OnnxFeed> feeds = new LinkedHashMap<>();
        for (OnnxInput input : byName.values()) {
            Object value = given.get(input.name());
            if (value != null) {
                feeds.put(
                        input,
                        input.isSequence()
                                ? OnnxList.of(spec.place(), input, value)
                                : OnnxArray.of(spec.place(), input, value, nanAllowed(input)));
            }
        }
        return feeds;
    }

    private void checkNames(Map<String, Object> given) {
        if (!byName.keySet().containsAll(given.keySet())) {
            throw new DataException(
                    Reason.WRONG_FEATURE,
                    List.of(),
                    "model " + spec.place() + " takes arrays by the names " + String.join(", ", byName.keySet())
                            + " and no others");
        }
        List<String> missing = required.stream()
                .map(OnnxInput::name)
                .filter(name -> given.get(name) == null)
                .toList();
        if (!missing.isEmpty()) {
            throw new DataException(
                    Reason.MISSING_FEATURE,
                    missing,
                    "model " + spec.place() + " needs arrays by the names " + String.join(", ", missing));
        }
    }

    private BitSet nanAllowed(OnnxInput input) {
        if (spec.missingAllowed().contains(input.name())) {
            return null;
        }
        BitSet allowed = new BitSet();
        if (rows instanceof OnnxRows.Features features) {
            List<String> columns = features.encoder().columns();
            for (int i = 0; i < columns.size(); i++) {
                allowed.set(i, spec.missingAllowed().contains(FeatureEncoder.field(columns.get(i))));
            }
        }
        return allowed;
    }

    /**
     * How many rows the values hold; 1 if the model's first dimension doesn't count rows.
     *
     * @throws DataException if they hold different numbers
     */
    int rows(Map<OnnxInput, OnnxFeed> feeds) {
        if (!batch) {
            return 1;
        }
        List<Integer> counts = feeds.entrySet().stream()
                .filter(entry -> entry.getKey().isRequired())
                .map(entry -> entry.getValue().rows())
                .distinct()
                .toList();
        if (counts.size() > 1) {
            throw new DataException(
                    Reason.WRONG_FEATURE,
                    required.stream().map(OnnxInput::name).toList(),
                    "model " + spec.place() + " needs equally many rows in its inputs "
                            + required.stream().map(OnnxInput::name).collect(Collectors.joining(", ")));
        }
        return counts.get(0);
    }

    /** What stands for the optional inputs that are left out; the caller closes it, also after an exception. */
    void absent(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException {
        for (OnnxInput input : byName.values()) {
            if (input.presence() == OnnxInput.Presence.OPTIONAL) {
                input.markGiven(environment, false, into);
                if (input.isSequence()) {
                    OnnxList.of(spec.place(), input, List.of()).tensors(environment, into);
                } else {
                    into.put(input.fedName(), new OnnxBuffer(input.type(), 0).tensor(environment, 0));
                }
            }
        }
    }
}

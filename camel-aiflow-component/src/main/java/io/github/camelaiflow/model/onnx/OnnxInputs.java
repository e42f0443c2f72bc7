package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.NodeInfo;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.FeatureEncoder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A model's input tensors and how rows and arrays become them. Thread-safe. */
final class OnnxInputs {

    private final ModelSpec spec;
    private final Map<String, OnnxInput> byName = new LinkedHashMap<>();
    private final OnnxRows rows;

    private OnnxInputs(ModelSpec spec, List<OnnxInput> inputs, List<String> problems) {
        this.spec = spec;
        inputs.forEach(input -> byName.put(input.name(), input));
        this.rows = rows(spec, inputs, problems);
    }

    /** The inputs; adds what doesn't fit the spec to the problems. */
    static OnnxInputs of(ModelSpec spec, Map<String, NodeInfo> nodes, List<String> problems) {
        List<OnnxInput> inputs = nodes.values().stream()
                .map(node -> OnnxInput.of(node, problems))
                .filter(Objects::nonNull)
                .toList();
        return new OnnxInputs(spec, inputs, problems);
    }

    private static OnnxRows rows(ModelSpec spec, List<OnnxInput> inputs, List<String> problems) {
        List<String> features = spec.features();
        boolean sole = inputs.size() == 1;
        if (sole && !features.isEmpty() && inputs.get(0).isFeatureRow()) {
            return features(spec, inputs.get(0), problems);
        }
        if (!inputs.isEmpty() && inputs.stream().allMatch(OnnxInput::isScalarPerRow)) {
            Set<String> names = Set.copyOf(inputs.stream().map(OnnxInput::name).toList());
            if (!features.isEmpty() && !names.equals(Set.copyOf(features))) {
                problems.add("the features are " + String.join(", ", features) + ", but its inputs are "
                        + String.join(", ", names.stream().sorted().toList()));
            }
            return new OnnxRows.Named(spec.place(), inputs, spec.missingAllowed());
        }
        if (!features.isEmpty()) {
            problems.add("features are given, but it has neither one input with a row of numbers nor one input per"
                    + " feature");
        }
        return null;
    }

    private static OnnxRows features(ModelSpec spec, OnnxInput input, List<String> problems) {
        List<String> features = spec.features();
        long width = input.shape().get(input.rank() - 1);
        if (width >= 0 && width != features.size()) {
            problems.add(
                    "its input " + input.name() + " takes " + width + " features, " + features.size() + " are named");
        }
        if (Set.copyOf(features).size() < features.size()) {
            problems.add("the features name one feature twice");
        }
        FeatureEncoder encoder = FeatureEncoder.of(
                spec.place(),
                features,
                new FeatureEncoder.Style(spec.missingAllowed(), 0, OnnxBuffer.largest(input.type())));
        for (String field : encoder.contradictions()) {
            problems.add("the features want a number and a category of the field " + field);
        }
        return new OnnxRows.Features(input, encoder);
    }

    /** The model's name, for messages. */
    String model() {
        return spec.place();
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
        if (byName.size() == 1 && byName.values().iterator().next().isFeatureRow()) {
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
     * The arrays, one for each input.
     *
     * @throws DataException if an array is missing or unknown, or has another type or shape than its input
     */
    Map<String, OnnxArray> arrays(ModelInput.Tensors tensors) {
        Map<String, Object> given = tensors.arrays();
        if (byName.size() == 1 && given.size() == 1 && given.containsKey("")) {
            OnnxInput sole = byName.values().iterator().next();
            given = Collections.singletonMap(sole.name(), given.get(""));
        }
        List<String> missing = new ArrayList<>(byName.keySet());
        for (Map.Entry<String, Object> entry : given.entrySet()) {
            if (!byName.containsKey(entry.getKey())) {
                throw new DataException(
                        Reason.WRONG_FEATURE,
                        List.of(),
                        "model " + spec.place() + " takes arrays by the names " + String.join(", ", byName.keySet())
                                + " and no others");
            }
            if (entry.getValue() != null) {
                missing.remove(entry.getKey());
            }
        }
        if (!missing.isEmpty()) {
            throw new DataException(
                    Reason.MISSING_FEATURE,
                    missing,
                    "model " + spec.place() + " needs arrays by the names " + String.join(", ", missing));
        }
        Map<String, OnnxArray> arrays = new LinkedHashMap<>();
        for (OnnxInput input : byName.values()) {
            arrays.put(input.name(), OnnxArray.of(spec.place(), input, given.get(input.name()), nanAllowed(input)));
        }
        return arrays;
    }

    private BitSet nanAllowed(OnnxInput input) {
        BitSet allowed = new BitSet();
        if (rows instanceof OnnxRows.Features features) {
            List<String> columns = features.encoder().columns();
            for (int i = 0; i < columns.size(); i++) {
                allowed.set(i, spec.missingAllowed().contains(FeatureEncoder.field(columns.get(i))));
            }
        } else if (spec.missingAllowed().contains(input.name())) {
            allowed.set(0, Short.MAX_VALUE);
        }
        return allowed;
    }

    /** How many rows the arrays hold: their common first dimension, or 1 if they have none in common. */
    int rows(Map<String, OnnxArray> arrays) {
        int[] counts =
                arrays.values().stream().mapToInt(OnnxArray::rows).distinct().toArray();
        boolean batch = byName.values().stream().allMatch(OnnxInput::isBatch);
        return batch && counts.length == 1 ? counts[0] : 1;
    }
}

package io.github.camelaiflow.model.remote;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Signature.TensorSpec;
import io.github.camelaiflow.model.features.FeatureEncoder;
import io.github.camelaiflow.openinference.Datatype;
import io.github.camelaiflow.openinference.TensorMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a server takes, and how rows and arrays become it. Thread-safe. */
final class RemoteInputs {

    /** What servers whose metadata name no inputs take: they mostly don't look at the name. */
    private static final TensorMetadata UNNAMED = new TensorMetadata("input-0", Datatype.FP64, List.of(-1L, -1L));

    private static final int ROWS_OF_FEATURES = 2;

    private final ModelSpec spec;
    private final Map<String, TensorMetadata> byName = new LinkedHashMap<>();
    private final RemoteRows rows;

    private RemoteInputs(ModelSpec spec, List<TensorMetadata> inputs, List<String> problems) {
        this.spec = spec;
        inputs.forEach(input -> byName.put(input.name(), input));
        this.rows = rows(inputs, problems);
    }

    /** The inputs; adds what doesn't fit the spec to the problems. */
    static RemoteInputs of(ModelSpec spec, List<TensorMetadata> inputs, List<String> problems) {
        return new RemoteInputs(spec, inputs, problems);
    }

    private RemoteRows rows(List<TensorMetadata> inputs, List<String> problems) {
        List<String> features = spec.features();
        if (inputs.isEmpty()) {
            return features.isEmpty() ? null : features(UNNAMED, problems);
        }
        if (inputs.size() == 1 && !features.isEmpty() && isFeatureRow(inputs.get(0))) {
            return features(inputs.get(0), problems);
        }
        if (inputs.stream().allMatch(RemoteInputs::isScalarPerRow)) {
            Set<String> names = byName.keySet();
            if (!features.isEmpty() && !names.equals(Set.copyOf(features))) {
                problems.add("the features are " + String.join(", ", features) + ", but its inputs are "
                        + String.join(", ", names.stream().sorted().toList()));
            }
            return new RemoteRows.Named(spec.place(), inputs, spec.missingAllowed());
        }
        if (!features.isEmpty()) {
            problems.add("features are given, but it has neither one input with a row of numbers nor one input per"
                    + " feature");
        }
        return null;
    }

    private RemoteRows features(TensorMetadata input, List<String> problems) {
        Set<String> missing = input.datatype().floating() ? spec.missingAllowed() : Set.of();
        FeatureEncoder encoder = FeatureEncoder.ofRow(
                spec.place(),
                input.name(),
                input.shape().get(input.shape().size() - 1),
                spec.features(),
                new FeatureEncoder.Style(missing, 0, input.datatype().largest()),
                problems);
        return new RemoteRows.Features(spec.place(), input, encoder);
    }

    /** Whether the first dimension counts rows: it is free, or it is 1 and the row follows. */
    static boolean isBatch(TensorMetadata input) {
        List<Long> shape = input.shape();
        return !shape.isEmpty() && (shape.get(0) < 0 || shape.get(0) == 1 && shape.size() > 1);
    }

    private static boolean isScalarPerRow(TensorMetadata input) {
        return isBatch(input) && input.shape().stream().skip(1).allMatch(size -> size == 1);
    }

    /** Whether a row is a row of numbers: [N, F], [1, F] or [F]. */
    private static boolean isFeatureRow(TensorMetadata input) {
        int rank = input.shape().size();
        boolean numbers = input.datatype().floating() || input.datatype().whole();
        return numbers && (rank == ROWS_OF_FEATURES && isBatch(input) || rank == 1 && !isScalarPerRow(input));
    }

    /** The fields read from rows; empty if rows can't be taken. */
    List<String> fields() {
        return rows == null ? List.of() : rows.fields();
    }

    /** The inputs as the signature tells them. */
    List<TensorSpec> specs() {
        return byName.values().stream()
                .map(input -> new TensorSpec(input.name(), input.datatype().name(), input.shape()))
                .toList();
    }

    /**
     * How rows are sent.
     *
     * @throws ModelException if the order of features is needed and the spec doesn't name it
     * @throws DataException if the model takes arrays only
     */
    RemoteRows rows() {
        if (rows != null) {
            return rows;
        }
        if (byName.isEmpty()
                || byName.size() == 1 && isFeatureRow(byName.values().iterator().next())) {
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
    List<RemoteArray> arrays(ModelInput.Tensors tensors) {
        Map<String, Object> given = tensors.arrays();
        if (given.size() == 1 && given.containsKey("") && byName.size() <= 1) {
            String name = byName.isEmpty()
                    ? UNNAMED.name()
                    : byName.keySet().iterator().next();
            given = Map.of(name, given.get(""));
        }
        List<String> missing = new ArrayList<>(byName.keySet());
        given.forEach((name, array) -> {
            if (array != null) {
                missing.remove(name);
            }
        });
        if (!missing.isEmpty() || !byName.isEmpty() && !byName.keySet().containsAll(given.keySet())) {
            throw new DataException(
                    missing.isEmpty() ? Reason.WRONG_FEATURE : Reason.MISSING_FEATURE,
                    missing,
                    "model " + spec.place() + " needs arrays by the names " + String.join(", ", byName.keySet())
                            + " and no others");
        }
        List<RemoteArray> arrays = new ArrayList<>();
        given.forEach((name, array) -> arrays.add(RemoteArray.of(spec.place(), name, byName.get(name), array)));
        return arrays;
    }

    /** How many rows the arrays hold: their common first dimension, or 1 if they have none in common. */
    int rows(List<RemoteArray> arrays) {
        int[] counts = arrays.stream().mapToInt(RemoteArray::rows).distinct().toArray();
        boolean batch = byName.values().stream().allMatch(RemoteInputs::isBatch);
        return batch && counts.length == 1 ? counts[0] : 1;
    }
}

package io.github.camelaiflow.openinference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client asks: {@code POST v2/models/{model}/infer}. Its String shows no elements.
 *
 * @param id to be echoed; {@code null} for none
 * @param parameters Strings, numbers (Long, Double) and Booleans by name
 * @param inputs the tensors
 * @param outputs the outputs asked for; empty for all
 */
public record InferRequest(
        String id, Map<String, Object> parameters, List<Tensor> inputs, List<RequestedOutput> outputs) {

    private static final String BINARY_BY_DEFAULT = "binary_data_output";

    /** Copies its lists and map. */
    public InferRequest {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** A request for all outputs. */
    public static InferRequest of(String id, List<Tensor> inputs) {
        return new InferRequest(id, Map.of(), inputs, List.of());
    }

    /** This request, asking for binary outputs where the server has them. */
    public InferRequest withBinaryOutputs() {
        Map<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(BINARY_BY_DEFAULT, true);
        return new InferRequest(id, more, inputs, outputs);
    }

    /** Whether that output is wanted at all. */
    public boolean wants(String output) {
        return outputs.isEmpty()
                || outputs.stream().anyMatch(asked -> asked.name().equals(output));
    }

    /** Whether that output is wanted in binary: as its own {@code binary_data} says, else {@code binary_data_output}. */
    public boolean wantsBinary(String output) {
        Object standard = parameters.getOrDefault(BINARY_BY_DEFAULT, false);
        return outputs.stream()
                .filter(asked -> asked.name().equals(output))
                .findFirst()
                .map(asked -> asked.parameters().getOrDefault("binary_data", standard))
                .orElse(standard)
                .equals(true);
    }

    /**
     * An output that is asked for.
     *
     * @param name its name
     * @param parameters such as {@code binary_data}
     */
    public record RequestedOutput(String name, Map<String, Object> parameters) {

        /** Copies the map. */
        public RequestedOutput {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }
}

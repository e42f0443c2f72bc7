package io.github.camelaiflow.openinference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answers to an {@link InferRequest}. Its String shows no elements.
 *
 * @param modelName the model that answered; {@code null} if it isn't said
 * @param modelVersion its version; {@code null} if it isn't said
 * @param id the request's; {@code null} if it had none
 * @param parameters Strings, numbers (Long, Double) and Booleans by name
 * @param outputs the tensors
 */
public record InferResponse(
        String modelName, String modelVersion, String id, Map<String, Object> parameters, List<Tensor> outputs) {

    /** Copies its list and map. */
    public InferResponse {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        outputs = List.copyOf(outputs);
    }

    /** The output of that name. */
    public Optional<Tensor> output(String name) {
        return outputs.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }
}

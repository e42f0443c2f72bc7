package io.github.camelaiflow.wire.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Signature.ResultSpec;
import io.github.camelaiflow.openinference.Datatype;
import io.github.camelaiflow.openinference.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Outputs as tensors, each of all rows, as the results of a model's signature say. A tensor is left out unless each row has
 * its part of it. If none is left, the scores stand as {@code scores} [n, k], or else the answers as JSON texts in
 * {@code value} [n].
 *
 * @param results what the signature says
 * @param outputs one a row
 */
record AnswerTensors(List<ResultSpec> results, List<Output> outputs) {

    private static final JsonMapper MAPPER = new JsonMapper();

    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        for (ResultSpec result : results) {
            Descriptions.datatype(result.type())
                    .map(datatype -> tensor(result, datatype))
                    .ifPresent(tensors::add);
        }
        if (tensors.isEmpty()) {
            Tensor scores = stacked("scores", Datatype.FP64, this::scores);
            tensors.add(scores == null ? stacked("value", Datatype.BYTES, AnswerTensors::json) : scores);
        }
        return tensors;
    }

    private Tensor tensor(ResultSpec result, Datatype datatype) {
        boolean column = result.shape().size() == 2;
        return switch (result.part()) {
            case LABEL -> stacked(result.name(), datatype, output -> inRow(output.label(), column));
            case SCORE -> stacked(result.name(), datatype, output -> inRow(output.score(), column));
            case SCORES -> stacked(result.name(), datatype, this::scores);
            case VALUE -> value(result, datatype);
        };
    }

    private static Object inRow(Object part, boolean column) {
        return part == null || !column ? part : new Object[] {part};
    }

    private Object scores(Output output) {
        return output.scores().isEmpty() ? null : output.scores().values().toArray();
    }

    private static String json(Output output) {
        try {
            return MAPPER.writeValueAsString(output.value());
        } catch (JsonProcessingException e) {
            throw new CallException(500, "the answer must have a form in JSON");
        }
    }

    /** A sole answer of the result's own rank is the tensor; else each answer is a row of it. */
    private Tensor value(ResultSpec result, Datatype datatype) {
        if (outputs.size() == 1) {
            Object whole = named(outputs.get(0), result.name());
            if (whole != null && NestedElements.rank(whole) == result.shape().size()) {
                return new NestedElements(result.name(), datatype).tensor(whole);
            }
        }
        return stacked(result.name(), datatype, output -> named(output, result.name()));
    }

    private static Object named(Output output, String name) {
        return output.value() instanceof Map<?, ?> map ? map.get(name) : null;
    }

    /** {@code null} if a row has no such part. */
    private Tensor stacked(String name, Datatype datatype, Function<Output, Object> part) {
        Object[] rows = outputs.stream().map(part).toArray();
        return Arrays.stream(rows).allMatch(Objects::nonNull) ? new NestedElements(name, datatype).tensor(rows) : null;
    }
}

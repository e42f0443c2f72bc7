package io.github.camelaiflow.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A model's answer for one record, with all that is needed to answer for it later.
 *
 * @param id unique; what a later label is joined by
 * @param key the record's key; {@code null} if the flow declares none or the record has none
 * @param flow the flow asked
 * @param model the model's declared name; the flow's name by default
 * @param version the version that answered
 * @param modelDigest SHA-256 of the model that answered, or of the definition's rules; {@code null} for a bean
 * @param definitionDigest SHA-256 of the flow's definition; {@code null} for a flow without one
 * @param servedBy who answered
 * @param time when it was asked
 * @param output the answer; {@code null} if the record could not be scored ({@code onError=mark})
 * @param error what is wrong with the record; {@code null} if it was scored
 * @param input a view of the record as the model saw it, {@code null} for tensors; never shown unless {@code detailed}
 * @param detailed whether {@link #toString()} shows key and input
 */
public record Prediction(
        String id,
        Object key,
        String flow,
        String model,
        String version,
        String modelDigest,
        String definitionDigest,
        ServedBy servedBy,
        Instant time,
        Output output,
        DataException.Reason error,
        Map<String, Object> input,
        boolean detailed)
        implements FlowResult {

    public Prediction {
        Objects.requireNonNull(id, "id");
        if ((output == null) == (error == null)) {
            throw new IllegalArgumentException("a prediction has either an output or an error");
        }
    }

    /** The winning label; {@code null} where the model has none or the record could not be scored. */
    public String label() {
        return output == null ? null : output.label();
    }

    /** The winning label's probability or the regressed value; {@code null} as for {@link #label()}. */
    public Double score() {
        return output == null ? null : output.score();
    }

    /** The same prediction, whose String form shows key and input. */
    public Prediction inDetail() {
        return new Prediction(
                id,
                key,
                flow,
                model,
                version,
                modelDigest,
                definitionDigest,
                servedBy,
                time,
                output,
                error,
                input,
                true);
    }

    /** The full form as JSON, with key and input. */
    @Override
    public String toJson() {
        return json(true).toString();
    }

    /** JSON; without key and input unless {@code detailed}. */
    @Override
    public String toString() {
        return json(detailed).toString();
    }

    ObjectNode json(boolean full) {
        ObjectNode json = Json.object();
        json.put("predictionId", id);
        if (full) {
            json.set("key", Json.tree(key));
        }
        json.put("flow", flow).put("model", model).put("version", version);
        json.put("modelDigest", modelDigest).put("definitionDigest", definitionDigest);
        json.put("servedBy", servedBy.toString()).put("time", time.toString());
        json.put("label", label()).put("score", score());
        if (error != null) {
            json.put("error", error.name());
        } else if (!output.scores().isEmpty()) {
            json.set("scores", Json.tree(output.scores()));
        }
        if (full) {
            json.set("output", output == null ? null : Json.tree(output.value()));
            json.set("input", Json.tree(input));
        }
        return json;
    }
}

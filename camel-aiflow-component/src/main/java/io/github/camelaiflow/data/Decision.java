package io.github.camelaiflow.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What leaves a flow on the wire, schema {@value #SCHEMA}.
 *
 * @param predictionId what a later label is joined by
 * @param key the record's key as text; {@code null} if there is none
 * @param flow the flow that decided
 * @param model the model's name
 * @param version the version that answered
 * @param modelDigest SHA-256 of the model; {@code null} for a bean
 * @param definitionDigest SHA-256 of the flow's definition; {@code null} without one
 * @param label the winning label; {@code null} where the model has none
 * @param score the label's probability or the regressed value; {@code null} where there is none
 * @param servedBy who answered
 * @param valid whether the record was found valid; {@code null} if that was not judged
 * @param drift the drift verdict at the time; {@code null} if drift is not watched
 * @param time when the model was asked
 */
public record Decision(
        String predictionId,
        String key,
        String flow,
        String model,
        String version,
        String modelDigest,
        String definitionDigest,
        String label,
        Double score,
        String servedBy,
        Boolean valid,
        String drift,
        Instant time) {

    /** The schema's name, on the wire in field {@code schema} of the JSON form. */
    public static final String SCHEMA = "aiflow-decision-1";

    /** The decision a prediction stands for. */
    public static Decision of(Prediction prediction, Boolean valid, String drift) {
        return new Decision(
                prediction.id(),
                prediction.key() == null ? null : String.valueOf(prediction.key()),
                prediction.flow(),
                prediction.model(),
                prediction.version(),
                prediction.modelDigest(),
                prediction.definitionDigest(),
                prediction.label(),
                prediction.score(),
                prediction.servedBy().toString(),
                valid,
                drift,
                prediction.time());
    }

    /** The JSON form: every field, {@code null} where there is nothing, time in ISO 8601. */
    public String toJson() {
        ObjectNode json = Json.object();
        json.put("schema", SCHEMA).put("predictionId", predictionId).put("key", key);
        json.put("flow", flow).put("model", model).put("version", version);
        json.put("modelDigest", modelDigest).put("definitionDigest", definitionDigest);
        json.put("label", label).put("score", score).put("servedBy", servedBy);
        json.put("valid", valid).put("drift", drift).put("time", time.toString());
        return json.toString();
    }
}

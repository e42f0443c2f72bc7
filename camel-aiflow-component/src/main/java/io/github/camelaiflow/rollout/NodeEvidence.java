package io.github.camelaiflow.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.rollout.evidence.EvidenceState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one node has gathered in one trial, over its restarts, as the store keeps it. Immutable.
 *
 * @param writer the process that wrote it
 * @param ran what its trial's clock had come to
 * @param answers how many records the canary has answered
 * @param drifting whether the node's input drifted
 * @param versions the evidence by version
 */
record NodeEvidence(String writer, long ran, long answers, boolean drifting, Map<String, EvidenceState> versions) {

    NodeEvidence {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** Nothing yet. */
    static final NodeEvidence NONE = new NodeEvidence("", 0, 0, false, Map.of());

    /** Both together, as that process has it. */
    NodeEvidence plus(NodeEvidence other) {
        return new NodeEvidence(
                other.writer,
                Math.max(ran, other.ran),
                answers + other.answers,
                other.drifting,
                sum(versions, other.versions));
    }

    private static Map<String, EvidenceState> sum(Map<String, EvidenceState> one, Map<String, EvidenceState> other) {
        Map<String, EvidenceState> sum = new LinkedHashMap<>(one);
        other.forEach((version, state) -> sum.merge(version, state, EvidenceState::plus));
        return sum;
    }

    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("writer", writer).put("ran", ran).put("answers", answers).put("drifting", drifting);
        ObjectNode states = json.putObject("versions");
        versions.forEach((version, state) -> states.set(version, DecisionJson.parse(state.toJson())));
        return json.toString();
    }

    /**
     * @param like evidence of the same plan
     * @throws IllegalArgumentException if it is not one of {@link #toJson()} of that plan
     */
    static NodeEvidence ofJson(String content, Map<String, EvidenceState> like) {
        JsonNode json = DecisionJson.parse(content);
        Map<String, EvidenceState> versions = new LinkedHashMap<>();
        JsonNode states = DecisionJson.required(json, "versions");
        for (Map.Entry<String, EvidenceState> known : like.entrySet()) {
            EvidenceState state = EvidenceState.ofJson(
                    DecisionJson.required(states, known.getKey()).toString());
            // What doesn't add must be refused here, not at every sum.
            known.getValue().plus(state);
            versions.put(known.getKey(), state);
        }
        return new NodeEvidence(
                DecisionJson.text(json, "writer"),
                DecisionJson.required(json, "ran").asLong(),
                DecisionJson.required(json, "answers").asLong(),
                DecisionJson.required(json, "drifting").asBoolean(),
                versions);
    }
}

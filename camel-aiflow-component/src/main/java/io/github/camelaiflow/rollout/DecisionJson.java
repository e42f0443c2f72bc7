package io.github.camelaiflow.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Decisions as JSON. What cannot be read is an {@link IllegalArgumentException}. */
final class DecisionJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DecisionJson() {}

    static ObjectNode write(RolloutDecision decision) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", decision.id()).put("rollout", decision.rollout());
        json.put("action", decision.action().name()).put("version", decision.version());
        json.put("stage", decision.stage().name()).put("share", decision.share());
        json.put("time", decision.time().toString()).put("node", decision.node());
        json.put("actor", decision.actor()).put("reason", decision.reason());
        json.set("judgement", decision.judgement() == null ? null : parse(decision.judgement()));
        return json;
    }

    static RolloutDecision read(JsonNode json) {
        JsonNode judgement = json.get("judgement");
        return new RolloutDecision(
                text(json, "id"),
                text(json, "rollout"),
                Action.valueOf(text(json, "action")),
                text(json, "version"),
                Stage.valueOf(text(json, "stage")),
                required(json, "share").asDouble(),
                instant(json, "time"),
                text(json, "node"),
                text(json, "actor"),
                text(json, "reason"),
                judgement == null || judgement.isNull() ? null : judgement.toString());
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON", e);
        }
    }

    static JsonNode required(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    static String text(JsonNode json, String name) {
        return required(json, name).asText();
    }

    static Instant instant(JsonNode json, String name) {
        try {
            return Instant.parse(text(json, name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " is not an instant", e);
        }
    }
}

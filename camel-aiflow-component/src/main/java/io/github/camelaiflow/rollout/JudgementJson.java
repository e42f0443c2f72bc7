package io.github.camelaiflow.rollout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.rollout.evidence.Guardrail;
import io.github.camelaiflow.rollout.evidence.Judgement;

/** A judgement as JSON. */
final class JudgementJson {

    private JudgementJson() {}

    static ObjectNode write(Judgement judgement) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", judgement.verdict().name());
        number(json, "evidence", judgement.evidence());
        number(json, "needed", judgement.needed());
        json.put("mismatch", judgement.mismatch());
        ArrayNode guardrails = json.putArray("guardrails");
        judgement.guardrails().forEach(guarded -> write(guardrails.addObject(), guarded));
        return json;
    }

    private static void write(ObjectNode json, Judgement.Guarded guarded) {
        json.put("guardrail", guarded.guardrail().kind().word());
        json.put("margin", guarded.guardrail().margin());
        if (guarded.guardrail().kind() == Guardrail.Kind.LATENCY) {
            json.put("quantile", guarded.guardrail().quantile());
        }
        json.put("status", guarded.status().name());
        number(json, "control", guarded.control());
        number(json, "treatment", guarded.treatment());
        json.put("controlRecords", guarded.controlRecords());
        json.put("treatmentRecords", guarded.treatmentRecords());
        number(json, "worse", guarded.worse());
        number(json, "notWorse", guarded.notWorse());
    }

    /** JSON has no infinity: an e-value beyond all numbers is written as the largest. */
    private static void number(ObjectNode json, String name, double value) {
        if (Double.isNaN(value)) {
            json.putNull(name);
        } else {
            json.put(name, Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value)));
        }
    }
}

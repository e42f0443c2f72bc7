package io.github.camelaiflow.rollout.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A judgement as JSON. */
final class JudgementJson {

    private JudgementJson() {}

    static String write(Judgement judgement) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", judgement.verdict().name());
        number(json, "evidence", judgement.evidence());
        number(json, "needed", judgement.needed());
        json.put("mismatch", judgement.mismatch());
        ArrayNode guardrails = json.putArray("guardrails");
        judgement.guardrails().forEach(guarded -> write(guardrails.addObject(), guarded));
        return json.toString();
    }

    private static void write(ObjectNode json, Judgement.Guarded guarded) {
        json.put("guardrail", guarded.guardrail().kind().word());
        json.put("margin", guarded.guardrail().margin());
        if (guarded.guardrail().kind() == Guardrail.Kind.LATENCY) {
            json.put("quantile", guarded.guardrail().quantile());
        }
        json.put("required", guarded.guardrail().required());
        json.put("status", guarded.status().name());
        number(json, "control", guarded.control());
        number(json, "treatment", guarded.treatment());
        json.put("controlRecords", guarded.controlRecords());
        json.put("treatmentRecords", guarded.treatmentRecords());
        number(json, "worse", guarded.worse());
        number(json, "notWorse", guarded.notWorse());
        number(json, "lower", guarded.lower());
        number(json, "upper", guarded.upper());
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isNaN(value)) {
            json.putNull(name);
        } else {
            json.put(name, value);
        }
    }
}

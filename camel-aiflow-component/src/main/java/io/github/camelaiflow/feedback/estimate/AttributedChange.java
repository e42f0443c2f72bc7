package io.github.camelaiflow.feedback.estimate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.data.FlowResult;
import java.util.List;

/**
 * Where a change of the mean loss comes from. Immutable; holds no value of a record.
 *
 * @param baselineLoss mean loss of the baseline
 * @param windowLoss mean loss of the window
 * @param standardError of the difference
 * @param fields what each field explains, the most first
 * @param unexplained what no mix explains: rows of the same bins do worse, or better, than they did
 * @param unexplainedError standard error of that, at most
 * @param baselineRows rows that counted
 * @param windowRows rows that counted
 * @param unusable rows without bins or without a loss
 */
public record AttributedChange(
        double baselineLoss,
        double windowLoss,
        double standardError,
        List<FieldEffect> fields,
        double unexplained,
        double unexplainedError,
        long baselineRows,
        long windowRows,
        long unusable)
        implements FlowResult {

    public AttributedChange {
        fields = List.copyOf(fields);
    }

    /** How much the mean loss rose. */
    public double change() {
        return windowLoss - baselineLoss;
    }

    @Override
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("baselineLoss", baselineLoss).put("windowLoss", windowLoss);
        json.put("change", change()).put("standardError", standardError);
        ArrayNode all = json.putArray("fields");
        for (FieldEffect field : fields) {
            all.addObject()
                    .put("field", field.field())
                    .put("explained", field.explained())
                    .put("standardError", field.standardError())
                    .put("share", Double.isFinite(field.share()) ? (Double) field.share() : null)
                    .put("alone", field.alone());
        }
        json.put("unexplained", unexplained).put("unexplainedError", unexplainedError);
        json.put("baselineRows", baselineRows).put("windowRows", windowRows).put("unusable", unusable);
        return json.toString();
    }

    @Override
    public String toString() {
        return toJson();
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.definition.FlowDefinition;
import java.nio.file.Path;

/**
 * What a flow's definition says of a model that is trained anew.
 *
 * @param flow the flow's name
 * @param schema what its records are
 * @param truth the field with the true label
 * @param positive the label that matters; {@code null} if it isn't said
 * @param regression whether the truth is a number
 * @param folder the folder of its versions
 */
public record RetrainingPlan(
        String flow, Schema schema, String truth, String positive, boolean regression, Path folder) {

    static RetrainingPlan of(String flow, FlowDefinition definition, FlowResources resources) {
        if (definition.versions().folder() == null) {
            throw new IllegalStateException(
                    "flow " + flow + " needs versions.folder in its definition, where a new model goes");
        }
        return new RetrainingPlan(
                flow,
                definition.schema(),
                definition.feedback().truth(),
                definition.feedback().positive(),
                "absolute".equals(definition.feedback().loss()),
                resources.folder(
                        definition.place(),
                        "versions.folder",
                        definition.versions().folder()));
    }
}

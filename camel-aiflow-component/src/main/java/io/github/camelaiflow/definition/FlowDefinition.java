package io.github.camelaiflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.data.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A flow as its definition says it. Resources are named, not loaded.
 *
 * @param flow the flow's name
 * @param place the resource it was read from; what relative resources are relative to
 * @param digest SHA-256 of the definition's bytes
 * @param schema what the records look like; {@link Schema#NONE} if it says nothing
 * @param validation how records are validated
 * @param models the flow's models by version name, in order
 * @param serve the version that serves; {@code null} where there is no model
 * @param drift how drift is watched
 */
public record FlowDefinition(
        String flow,
        String place,
        String digest,
        Schema schema,
        Validation validation,
        Map<String, ModelSource> models,
        String serve,
        Drift drift) {

    public FlowDefinition {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }

    /** The definition of a flow that has none: nothing in it, place and digest {@code null}. */
    public static FlowDefinition empty(String flow) {
        return new FlowDefinition(
                flow, null, null, Schema.NONE, Validation.NONE, Map.of(), null, new Drift(null, null, null, List.of()));
    }

    /**
     * Section {@code validation}.
     *
     * @param suite resource of a suite; {@code null} for none or an inline one
     * @param inlineSuite the suite as it stands in the definition; {@code null} for none
     * @param onInvalid {@code throw}, {@code mark} or {@code split}; {@code null} if not said
     * @param window {@code null} for the default
     * @param panes how many parts a window slides by; {@code null} for the default
     * @param ignoreUnknown whether what is not known of a suite is left out visibly
     * @param parameters values for the suite's {@code $PARAMETER}s, by name
     * @param groups names of the Jakarta groups beans are judged in; empty for the default group
     */
    public record Validation(
            String suite,
            JsonNode inlineSuite,
            String onInvalid,
            WindowSize window,
            Integer panes,
            Boolean ignoreUnknown,
            Map<String, Object> parameters,
            List<String> groups) {

        static final Validation NONE = new Validation(null, null, null, null, null, null, Map.of(), List.of());
    }

    /**
     * One entry of section {@code models}: exactly one of resource, bean and rules is set.
     *
     * @param resource the model file
     * @param bean name of a bean in Camel's registry
     * @param rules keys {@code rules} and {@code otherwise} of a declarative rules model, as they stand in the definition
     * @param sha256 expected digest of the file, 64 hex digits in lower case; {@code null} if not said
     * @param features what feeds the model, in its order; empty to take it from the model
     * @param labels what the model's scores stand for, in its order; empty to take it from the model
     * @param ofEndpoint whether it is an endpoint's and not the definition's
     */
    public record ModelSource(
            String resource,
            String bean,
            Map<String, Object> rules,
            String sha256,
            List<String> features,
            List<String> labels,
            boolean ofEndpoint) {

        /** The model an endpoint names in its URI. */
        public static ModelSource ofEndpoint(String resource, List<String> features) {
            return new ModelSource(resource, null, null, null, features, List.of(), true);
        }

        /** This source, fed in that order. */
        public ModelSource withFeatures(List<String> order) {
            return new ModelSource(resource, bean, rules, sha256, order, labels, ofEndpoint);
        }
    }

    /**
     * Section {@code drift}.
     *
     * @param reference resource of the reference; {@code null} for none
     * @param window {@code null} for the default
     * @param falseAlarms records per false alarm on average; {@code null} for the default
     * @param fields the fields watched; empty for all
     */
    public record Drift(String reference, WindowSize window, Long falseAlarms, List<String> fields) {}
}

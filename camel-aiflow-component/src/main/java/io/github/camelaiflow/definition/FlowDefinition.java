package io.github.camelaiflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.data.Schema;
import java.time.Duration;
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
 * @param versions a folder of more versions
 * @param aliases names for versions that may change, by alias
 * @param rollout which versions answer what
 * @param drift how drift is watched
 * @param feedback how labels are joined and quality is told
 * @param store where state is kept; {@code null} for memory only
 */
public record FlowDefinition(
        String flow,
        String place,
        String digest,
        Schema schema,
        Validation validation,
        Map<String, ModelSource> models,
        Versions versions,
        Map<String, String> aliases,
        RolloutSettings rollout,
        DriftSettings drift,
        FeedbackSettings feedback,
        Store store) {

    public FlowDefinition {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    }

    /** The same with another store; {@code null} for memory only. */
    public FlowDefinition withStore(Store another) {
        return new FlowDefinition(
                flow, place, digest, schema, validation, models, versions, aliases, rollout, drift, feedback, another);
    }

    /** The definition of a flow that has none: nothing in it, place and digest {@code null}. */
    public static FlowDefinition empty(String flow) {
        return new FlowDefinition(
                flow,
                null,
                null,
                Schema.NONE,
                Validation.NONE,
                Map.of(),
                Versions.NONE,
                Map.of(),
                RolloutSettings.NONE,
                DriftSettings.NONE,
                FeedbackSettings.NONE,
                null);
    }

    /** The version or alias that serves; {@code null} where there is no model. */
    public String serve() {
        return rollout.serve();
    }

    /**
     * Section {@code validation}.
     *
     * @param suite resource of a suite; {@code null} for none or an inline one
     * @param inlineSuite the suite as it stands in the definition; {@code null} for none
     * @param onInvalid {@code throw}, {@code mark} or {@code split}; {@code null} if not said
     * @param window {@code null} for the default
     * @param panes how many parts a window slides by; {@code null} for the default
     * @param profile whether results of batches and windows tell what the columns look like; {@code null} if not said
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
            Boolean profile,
            Boolean ignoreUnknown,
            Map<String, Object> parameters,
            List<String> groups) {

        static final Validation NONE = new Validation(null, null, null, null, null, null, null, Map.of(), List.of());
    }

    /**
     * Section {@code versions}: a folder of versions, each a folder with a model file and its card.
     *
     * @param folder resource of the folder, on disk; {@code null} for none
     * @param watch how often it and the model files that are listed are looked at; {@code null} for the default
     */
    public record Versions(String folder, Duration watch) {

        static final Versions NONE = new Versions(null, null);
        private static final Duration USUAL = Duration.ofSeconds(2);

        /** How often models are looked at: 2 s with a folder if not said; {@code null} for never. */
        public Duration period() {
            return watch == null && folder != null ? USUAL : watch;
        }
    }

    /**
     * Section {@code store}: where state is kept. Values may hold Camel's property placeholders.
     *
     * @param url JDBC URL; {@code null} if dataSource is set
     * @param username {@code null} if not said
     * @param password {@code null} if not said
     * @param dataSource name of a bean in Camel's registry; {@code null} if url is set
     * @param retention how long decisions are kept; {@code null} for the default
     */
    public record Store(String url, String username, String password, String dataSource, Duration retention) {

        /** Hides the password. */
        @Override
        public String toString() {
            return "Store[" + (url == null ? "dataSource " + dataSource : "url") + "]";
        }
    }
}

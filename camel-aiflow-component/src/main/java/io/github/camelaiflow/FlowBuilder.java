package io.github.camelaiflow;

import io.github.camelaiflow.FlowParts.Part;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.DefinitionReader;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.serving.ServedModel;
import io.github.camelaiflow.validation.RecordValidator;
import io.github.camelaiflow.validation.SuiteException;
import io.github.camelaiflow.validation.WindowSettings;
import io.github.camelaiflow.validation.WindowValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Builds the parts of a flow from its definition and options; keeps what is built from the same as before. */
final class FlowBuilder {

    private final AiflowComponent component;
    private final FlowResources resources;
    private final String name;
    private final Flow flow;
    private final ValidationBuilder validation;
    private final ModelsBuilder loading;
    private final RolloutBuilder rollouts;
    private final FeedbackBuilder feedbacks;
    private final DriftBuilder drifts;

    FlowBuilder(AiflowComponent component, String name, Flow flow) {
        this.component = component;
        this.resources = new FlowResources(component);
        this.name = name;
        this.flow = flow;
        this.validation = new ValidationBuilder(component, resources, name, flow);
        this.loading = new ModelsBuilder(component, resources, name);
        this.rollouts = new RolloutBuilder(component, name, flow);
        this.drifts = new DriftBuilder(component, resources, name, flow);
        this.feedbacks = new FeedbackBuilder(component, resources, name, flow);
    }

    /** The flow's definition; one without content if there is none and none was named. */
    FlowDefinition definition(String named) {
        FlowResources.Loaded loaded = resources.definition(name, named);
        FlowDefinition definition = loaded == null
                ? FlowDefinition.empty(name)
                : DefinitionReader.read(name, loaded.place(), loaded.bytes());
        return definition.store() == null ? definition.withStore(component.defaultStore()) : definition;
    }

    /** Digest of the definition's bytes as they are now; {@code null} if there is none. */
    String digest(String named) {
        FlowResources.Loaded loaded = resources.definition(name, named);
        return loaded == null ? null : Sha256.of(loaded.bytes());
    }

    /**
     * Builds what the started operations need; the parts of others are carried over.
     *
     * @param old what the flow is now; {@code null} at first
     * @throws DefinitionException naming all that stands in the way; no model is left open then
     */
    FlowParts build(FlowDefinition definition, FlowOptions options, FlowParts old) {
        return build(definition, options, old, null);
    }

    /** What versions the flow's models have now; nothing is loaded for it. */
    ModelVersions versions(FlowDefinition definition, FlowOptions options, FlowParts old) {
        return loading.versions(definition, options, old == null ? ModelVersions.NONE : old.versions());
    }

    /** As {@link #build(FlowDefinition, FlowOptions, FlowParts)}, of those versions; {@code null} for what there is now. */
    FlowParts build(FlowDefinition definition, FlowOptions options, FlowParts old, ModelVersions known) {
        List<String> problems = new ArrayList<>();
        Part<RecordValidator> validator = options.needs(Operation.VALIDATE)
                ? collect(problems, () -> validation.validator(definition, options, old))
                : old == null ? null : old.validator();
        WindowSettings cut =
                options.windows() ? collect(problems, () -> validation.windowSettings(definition, options)) : null;
        Part<WindowValidator> windows = cut != null && validator != null
                ? collect(problems, () -> validation.windows(cut, validator, old))
                : old == null ? null : old.windows();
        FlowParts parts = new FlowParts(
                definition,
                validator,
                windows,
                old == null ? Map.of() : old.models(),
                old == null ? null : old.serve(),
                options.needs(Operation.DRIFT) && !DriftBuilder.learns(options)
                        ? collect(problems, () -> drifts.monitor(definition, options, old == null ? null : old.drift()))
                        : old == null ? null : old.drift(),
                options.needs(Operation.DRIFT) && DriftBuilder.learns(options)
                        ? collect(problems, () -> drifts.learned(definition, old == null ? null : old.learned()))
                        : old == null ? null : old.learned(),
                collect(problems, () -> feedback(definition, options, old)),
                old == null ? null : old.split(),
                old == null ? ModelVersions.NONE : old.versions());
        if (!options.needs(Operation.INFER)) {
            throwIfAny(problems);
            return parts;
        }
        ModelVersions versions = known == null ? versions(definition, options, old) : known;
        problems.addAll(versions.problems());
        Map<String, Part<ServedModel>> models = loading.models(definition, versions, options, parts.models(), problems);
        if (!problems.isEmpty()) {
            closeNew(models, parts.models());
            throwIfAny(problems);
        }
        boolean ofEndpoint = options.get("model") != null;
        String serve = ofEndpoint ? options.get("model") : versions.resolve(definition.serve());
        Part<Trial> split = ofEndpoint
                ? null
                : collect(
                        problems, () -> rollouts.rollout(definition, serve, models, versions::resolve, parts.split()));
        if (!problems.isEmpty()) {
            closeNew(models, parts.models());
            throwIfAny(problems);
        }
        return new FlowParts(
                definition,
                parts.validator(),
                parts.windows(),
                models,
                serve,
                parts.drift(),
                parts.learned(),
                parts.feedback(),
                split,
                versions);
    }

    /** One that only an endpoint wants is there as long as it is, and over its restart; one of a section goes with the section. */
    private Part<FeedbackLoop> feedback(FlowDefinition definition, FlowOptions options, FlowParts old) {
        Part<FeedbackLoop> known = old == null ? null : old.feedback();
        if (definition.feedback().present() || options.needs(Operation.FEEDBACK)) {
            return feedbacks.feedback(definition, known);
        }
        return old == null || old.definition().feedback().present() ? null : known;
    }

    private static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems);
        }
    }

    private static void closeNew(Map<String, Part<ServedModel>> models, Map<String, Part<ServedModel>> old) {
        models.forEach((version, part) -> {
            if (old.get(version) != part) {
                part.value().close();
            }
        });
    }

    /** Runs the loading of one part, so that the problems of the others are told too. */
    static <T> T collect(List<String> problems, Supplier<T> loading) {
        try {
            return loading.get();
        } catch (DefinitionException e) {
            problems.addAll(e.problems());
        } catch (SuiteException e) {
            problems.addAll(e.problems());
        } catch (ModelException | ReferenceException e) {
            problems.add(e.getMessage());
        }
        return null;
    }
}

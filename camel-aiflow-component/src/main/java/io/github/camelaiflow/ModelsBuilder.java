package io.github.camelaiflow;

import io.github.camelaiflow.FlowParts.Part;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.ModelSource;
import io.github.camelaiflow.model.FunctionModel;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.rules.RulesModel;
import io.github.camelaiflow.model.serving.ServedModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a flow's models as its definition and options name them; keeps those whose sources are the same as before. */
final class ModelsBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(ModelsBuilder.class);

    private final AiflowComponent component;
    private final FlowResources resources;
    private final String name;
    private final ModelLoader loader = new ModelLoader();

    ModelsBuilder(AiflowComponent component, FlowResources resources, String name) {
        this.component = component;
        this.resources = resources;
        this.name = name;
    }

    Map<String, ModelSource> sources(FlowDefinition definition, FlowOptions options, List<String> problems) {
        Map<String, ModelSource> sources = new LinkedHashMap<>(definition.models());
        String features = options.get("features");
        List<String> order = features == null
                ? List.of()
                : Arrays.stream(features.split(",")).map(String::strip).toList();
        if (options.get("model") != null) {
            sources.put(options.get("model"), ModelSource.ofEndpoint(options.get("model"), order));
        } else if (features != null && definition.serve() != null) {
            sources.computeIfPresent(definition.serve(), (version, source) -> source.withFeatures(order));
        }
        if (sources.isEmpty()) {
            problems.add("aiflow:infer:" + name + " needs option model, or a definition with models; looked for "
                    + resources.usualPlace(name));
        }
        return sources;
    }

    Map<String, Part<ServedModel>> models(
            FlowDefinition definition,
            Map<String, ModelSource> sources,
            Map<String, Part<ServedModel>> old,
            List<String> problems) {
        Map<String, Part<ServedModel>> models = new LinkedHashMap<>();
        Set<String> missingAllowed = definition.schema().fields().stream()
                .filter(Field::missingAllowed)
                .map(Field::name)
                .collect(Collectors.toSet());
        sources.forEach((version, source) -> {
            Object built = Arrays.asList(definition.place(), source, missingAllowed, stamp(definition, source));
            Part<ServedModel> kept = old.get(version);
            if (kept != null && kept.source().equals(built)) {
                models.put(version, kept);
                return;
            }
            LoadedModel loaded = FlowBuilder.collect(problems, () -> load(definition, version, source, missingAllowed));
            if (loaded != null) {
                LOG.info("Flow {} loaded model {} ({})", name, loaded.version(), loaded.format());
                models.put(version, new Part<>(built, new ServedModel(loaded)));
            }
        });
        return models;
    }

    /** Changes with the file, so that a replaced one is loaded though the definition is the same. */
    private String stamp(FlowDefinition definition, ModelSource source) {
        try {
            return source.resource() == null ? null : resources.stamp(resource(definition, "", source));
        } catch (DefinitionException e) {
            return null;
        }
    }

    /** An endpoint's model is a resource of the route author's; a definition's is relative to it. */
    private String resource(FlowDefinition definition, String version, ModelSource source) {
        return source.ofEndpoint()
                ? source.resource()
                : resolved(definition, "models." + version + ".model", source.resource());
    }

    private LoadedModel load(
            FlowDefinition definition, String version, ModelSource source, Set<String> missingAllowed) {
        if (source.bean() != null) {
            return LoadedModel.object(version, bean(definition, version, source.bean()));
        }
        if (source.rules() != null) {
            Model rules = RulesModel.of(definition.place() + ": models." + version, source.rules());
            warnOfUndeclared(definition, version, rules);
            return LoadedModel.object(version, rules);
        }
        if (source.remote() != null) {
            return RemoteModels.load(component, definition, version, source, missingAllowed);
        }
        if (source.resource() == null) {
            throw new DefinitionException(List.of(definition.place() + ": models." + version
                    + ": lastGood and default are not available in this version"));
        }
        String resource = resource(definition, version, source);
        ModelSpec spec = new ModelSpec(
                source.ofEndpoint() ? null : version,
                resource,
                source.file().sha256(),
                source.features(),
                source.labels(),
                missingAllowed,
                ModelSpec.DEFAULT_MAX_BYTES);
        return loader.load(spec, bytes(definition, version, source, resource));
    }

    /** Records may hold more than is declared, so this may be meant; if it isn't, every record would be refused. */
    private static void warnOfUndeclared(FlowDefinition definition, String version, Model rules) {
        List<String> undeclared = rules.signature().features().stream()
                .filter(field -> definition.schema().field(field).isEmpty())
                .toList();
        if (!definition.schema().fields().isEmpty() && !undeclared.isEmpty()) {
            LOG.warn(
                    "{}: models.{} reads {}, which record.fields does not declare",
                    definition.place(),
                    version,
                    undeclared);
        }
    }

    private byte[] bytes(FlowDefinition definition, String version, ModelSource source, String resource) {
        try {
            return resources.read(resource, ModelSpec.DEFAULT_MAX_BYTES);
        } catch (DefinitionException e) {
            String place = source.ofEndpoint()
                    ? "aiflow:infer:" + name + ", option model"
                    : definition.place() + ": models." + version + ".model";
            throw new DefinitionException(List.of(place + ": " + e.getMessage()));
        }
    }

    private Model bean(FlowDefinition definition, String version, String bean) {
        String place = definition.place() + ": models." + version + ".bean";
        Object found = component.getCamelContext().getRegistry().lookupByName(bean);
        if (found instanceof Model model) {
            return model;
        }
        if (found instanceof Function<?, ?> function) {
            return FunctionModel.of(place, function);
        }
        throw new DefinitionException(List.of(place + ": must name a bean in the registry that is a "
                + Model.class.getName() + " or a java.util.function.Function of a Map, "
                + (found == null
                        ? "there is none named " + bean
                        : "was " + found.getClass().getName())));
    }

    private String resolved(FlowDefinition definition, String key, String named) {
        return named == null ? null : resources.resolve(definition.place(), key, named);
    }
}

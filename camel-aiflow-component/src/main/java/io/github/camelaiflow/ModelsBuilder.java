package io.github.camelaiflow;

import io.github.camelaiflow.FlowParts.Part;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.ModelSource;
import io.github.camelaiflow.model.FunctionModel;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.FolderVersion;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.files.VersionLoader;
import io.github.camelaiflow.model.files.VersionsFolder;
import io.github.camelaiflow.model.onnx.OnnxOptions;
import io.github.camelaiflow.model.probe.ModelProbe;
import io.github.camelaiflow.model.rules.RulesModel;
import io.github.camelaiflow.model.serving.ServedModel;
import io.github.camelaiflow.model.serving.Serving;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a flow's models as its definition and options name them; keeps those whose sources are the same as before. */
final class ModelsBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(ModelsBuilder.class);

    private final AiflowComponent component;
    private final FlowResources resources;
    private final String name;
    private final CardResources cards;
    private final ModelCatalogue catalogue;
    private final ModelProbe probe = new ModelProbe();
    private final StandIns standIns;

    ModelsBuilder(AiflowComponent component, FlowResources resources, String name) {
        this.component = component;
        this.resources = resources;
        this.name = name;
        this.cards = new CardResources(resources);
        this.catalogue = new ModelCatalogue(resources, name);
        this.standIns = new StandIns(component);
    }

    /** What versions there are now. */
    ModelVersions versions(FlowDefinition definition, FlowOptions options, ModelVersions inForce) {
        return catalogue.look(definition, options, inForce);
    }

    Map<String, Part<ServedModel>> models(
            FlowDefinition definition,
            ModelVersions versions,
            FlowOptions options,
            Map<String, Part<ServedModel>> old,
            List<String> problems) {
        Map<String, Part<ServedModel>> models = new LinkedHashMap<>();
        Set<String> missingAllowed = definition.schema().fields().stream()
                .filter(Field::missingAllowed)
                .map(Field::name)
                .collect(Collectors.toSet());
        versions.sources().forEach((version, source) -> {
            Serving serving =
                    standIns.serving(source.folder() == null ? source.listed() : ModelSource.ofFile(version), options);
            Object built = Arrays.asList(
                    definition.place(),
                    source,
                    missingAllowed,
                    serving.batching(),
                    definition.schema().key());
            Part<ServedModel> kept = old.get(version);
            if (kept != null && kept.source().equals(built)) {
                models.put(version, kept);
                return;
            }
            LoadedModel loaded = FlowBuilder.collect(
                    problems,
                    () -> guarded(
                            definition.place() + ": models." + version,
                            () -> source.folder() == null
                                    ? load(definition, version, source.listed(), missingAllowed)
                                    : load(source.folder(), missingAllowed)));
            if (loaded != null) {
                LOG.info("Flow {} loaded model {} ({})", name, loaded.version(), loaded.format());
                models.put(version, new Part<>(built, new ServedModel(loaded, serving)));
            }
        });
        return models;
    }

    /** Whatever goes wrong is told, so that the models loaded before are closed and what serves goes on. */
    private static LoadedModel guarded(String place, Supplier<LoadedModel> loading) {
        try {
            return loading.get();
        } catch (DefinitionException | ModelException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            LOG.debug("{} could not be loaded", place, e);
            throw new ModelException(
                    false,
                    place + " could not be loaded, failed with " + e.getClass().getName(),
                    e);
        }
    }

    private LoadedModel load(FolderVersion version, Set<String> missingAllowed) {
        ModelSpec spec =
                ModelSpec.of(version.toString()).withName(version.name()).withMissingAllowed(missingAllowed);
        VersionsFolder folder = catalogue.folder();
        return loader(ModelSource.FileOptions.NONE)
                .load(spec, version.card(), folder.golden(version), folder.model(version, spec.maxBytes()));
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
            return LoadedModel.object(version, standIns.model(definition, version, source));
        }
        String resource = cards.model(definition, version, source);
        CardResources.Read card = cards.read(definition, version, source);
        ModelSpec spec = new ModelSpec(
                source.ofEndpoint() ? null : version,
                resource,
                source.file().sha256(),
                source.features(),
                source.labels(),
                missingAllowed,
                ModelSpec.DEFAULT_MAX_BYTES);
        byte[] bytes = bytes(definition, version, source, resource);
        VersionLoader loader = loader(source.file());
        return card == null
                ? loader.load(spec, null, null, bytes)
                : loader.load(spec, card.card(), card.golden(), bytes);
    }

    private VersionLoader loader(ModelSource.FileOptions file) {
        OnnxOptions onnx = OnnxOptions.DEFAULT.with(file.provider(), file.intraOpThreads(), file.interOpThreads());
        return new VersionLoader(new ModelLoader(onnx, probe.trial(file.probe())));
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
}

package io.github.camelaiflow;

import io.github.camelaiflow.FlowParts.Part;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.DefinitionReader;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.FlowDefinition.ModelSource;
import io.github.camelaiflow.definition.WindowSize;
import io.github.camelaiflow.drift.DriftConfig;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.Reference;
import io.github.camelaiflow.drift.ReferenceException;
import io.github.camelaiflow.model.FunctionModel;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelLoader;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.RulesModel;
import io.github.camelaiflow.model.ServedModel;
import io.github.camelaiflow.validation.BeanGroups;
import io.github.camelaiflow.validation.RecordValidator;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.Scope;
import io.github.camelaiflow.validation.Suite;
import io.github.camelaiflow.validation.SuiteException;
import io.github.camelaiflow.validation.SuiteReader;
import io.github.camelaiflow.validation.SuiteSettings;
import io.github.camelaiflow.validation.WindowSettings;
import io.github.camelaiflow.validation.WindowValidator;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
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

/** Builds the parts of a flow from its definition and options; keeps what is built from the same as before. */
final class FlowBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(FlowBuilder.class);
    private static final long MAX_SUITE_BYTES = 16L << 20;
    private static final long MAX_REFERENCE_BYTES = 1L << 30;

    private final AiflowComponent component;
    private final FlowResources resources;
    private final String name;
    private final Flow flow;
    private final ModelLoader loader = new ModelLoader();

    FlowBuilder(AiflowComponent component, String name, Flow flow) {
        this.component = component;
        this.resources = new FlowResources(component);
        this.name = name;
        this.flow = flow;
    }

    /** The flow's definition; one without content if there is none and none was named. */
    FlowDefinition definition(String named) {
        FlowResources.Loaded loaded = resources.definition(name, named);
        return loaded == null
                ? FlowDefinition.empty(name)
                : DefinitionReader.read(name, loaded.place(), loaded.bytes());
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
        List<String> problems = new ArrayList<>();
        Part<RecordValidator> validator = options.needs(Operation.VALIDATE)
                ? collect(problems, () -> validator(definition, options, old))
                : old == null ? null : old.validator();
        Part<WindowValidator> windows = options.windows() && validator != null
                ? collect(problems, () -> windows(definition, options, validator, old))
                : old == null ? null : old.windows();
        FlowParts parts = new FlowParts(
                definition,
                validator,
                windows,
                old == null ? Map.of() : old.models(),
                old == null ? null : old.serve(),
                options.needs(Operation.DRIFT)
                        ? collect(problems, () -> drift(definition, options, old))
                        : old == null ? null : old.drift());
        if (!options.needs(Operation.INFER)) {
            throwIfAny(problems);
            return parts;
        }
        Map<String, ModelSource> sources = sources(definition, options, problems);
        options.named().forEach((version, uri) -> {
            if (!sources.containsKey(version)) {
                problems.add(uri + ": models must be one of the models of flow " + name + ", " + sources.keySet()
                        + ", was " + version);
            }
        });
        Map<String, Part<ServedModel>> models = models(definition, sources, parts.models(), problems);
        if (!problems.isEmpty()) {
            closeNew(models, parts.models());
            throwIfAny(problems);
        }
        String serve = options.get("model") != null ? options.get("model") : definition.serve();
        return new FlowParts(definition, parts.validator(), parts.windows(), models, serve, parts.drift());
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
    private static <T> T collect(List<String> problems, Supplier<T> loading) {
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

    private Part<RecordValidator> validator(FlowDefinition definition, FlowOptions options, FlowParts old) {
        String resource = options.get("suite") != null
                ? options.get("suite")
                : resolved(
                        definition, "validation.suite", definition.validation().suite());
        byte[] bytes = resource == null ? null : resources.read(resource, MAX_SUITE_BYTES);
        FlowDefinition.Validation section = definition.validation();
        SuiteSettings settings = new SuiteSettings(
                options.get("ignoreUnknown") != null
                        ? Boolean.parseBoolean(options.get("ignoreUnknown"))
                        : Boolean.TRUE.equals(section.ignoreUnknown()),
                section.parameters(),
                component.clock());
        Object source = Arrays.asList(
                definition.schema(),
                settings,
                section.groups(),
                resource,
                bytes == null ? section.inlineSuite() : Sha256.of(bytes));
        if (old != null && old.validator() != null && old.validator().source().equals(source)) {
            return old.validator();
        }
        if (definition.place() == null && resource == null) {
            LOG.warn(
                    "Flow {} has no suite and no definition (looked for {}): only Jakarta constraints of beans are checked",
                    name,
                    resources.usualPlace(name));
        }
        Function<String, Class<?>> classes =
                name -> component.getCamelContext().getClassResolver().resolveClass(name);
        SuiteSettings withClasses = settings.withClasses(classes);
        Supplier<Suite> suite = () -> Suite.NONE;
        if (bytes != null) {
            suite = () -> SuiteReader.read(bytes, resource, withClasses);
        } else if (section.inlineSuite() != null) {
            suite = () ->
                    SuiteReader.read(section.inlineSuite(), definition.place() + ": validation.suite", withClasses);
        }
        List<Class<?>> groups = BeanGroups.of(section.groups(), definition.place() + ": validation.groups", classes);
        RecordValidator validator = new RecordValidator(definition.schema(), suite, groups, component.clock());
        validator
                .notEvaluated(Scope.BATCH)
                .forEach(left -> LOG.warn("Flow {} leaves out an expectation of its suite: {}", name, left.why()));
        return new Part<>(source, validator);
    }

    private Part<WindowValidator> windows(
            FlowDefinition definition, FlowOptions options, Part<RecordValidator> validator, FlowParts old) {
        WindowSettings settings = windowSettings(definition, options);
        Object source = Arrays.asList(validator.source(), settings);
        if (old != null && old.windows() != null && old.windows().source().equals(source)) {
            return old.windows();
        }
        WindowValidator windows =
                new WindowValidator(validator.value(), settings, ResultFormat.SUMMARY, component.clock(), flow::judged);
        return new Part<>(source, windows);
    }

    private WindowSettings windowSettings(FlowDefinition definition, FlowOptions options) {
        FlowDefinition.Validation section = definition.validation();
        WindowSize window = options.get("window") != null
                ? WindowSize.parse(options.get("window")).orElseThrow()
                : section.window();
        Integer panes = options.get("panes") != null ? Integer.valueOf(options.get("panes")) : section.panes();
        boolean profile = options.get("profile") != null
                ? Boolean.parseBoolean(options.get("profile"))
                : Boolean.TRUE.equals(section.profile());
        int records = window == null ? WindowSettings.DEFAULT.records() : window.records();
        try {
            return new WindowSettings(
                    records, window == null ? null : window.duration(), panes == null ? 1 : panes, profile);
        } catch (IllegalArgumentException e) {
            String place = definition.place() == null ? "aiflow:validate:" + name : definition.place() + ": validation";
            throw new DefinitionException(List.of(place + ": " + e.getMessage()));
        }
    }

    private String resolved(FlowDefinition definition, String key, String named) {
        return named == null ? null : resources.resolve(definition.place(), key, named);
    }

    private Map<String, ModelSource> sources(FlowDefinition definition, FlowOptions options, List<String> problems) {
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

    private Map<String, Part<ServedModel>> models(
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
            LoadedModel loaded = collect(problems, () -> load(definition, version, source, missingAllowed));
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
        String resource = resource(definition, version, source);
        ModelSpec spec = new ModelSpec(
                source.ofEndpoint() ? null : version,
                resource,
                source.sha256(),
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

    private Part<DriftMonitor> drift(FlowDefinition definition, FlowOptions options, FlowParts old) {
        FlowDefinition.Drift section = definition.drift();
        String resource = options.get("reference") != null
                ? options.get("reference")
                : resolved(definition, "drift.reference", section.reference());
        if (resource == null) {
            throw new DefinitionException(List.of("aiflow:drift:" + name
                    + " needs option reference, or a definition with drift.reference; "
                    + (definition.place() == null
                            ? "looked for " + resources.usualPlace(name)
                            : definition.place() + " has none")));
        }
        byte[] bytes = resources.read(resource, MAX_REFERENCE_BYTES);
        DriftConfig config = config(section, options);
        Schema schema = definition.schema();
        Object source = Arrays.asList(schema, config, Sha256.of(bytes));
        if (old != null && old.drift() != null && old.drift().source().equals(source)) {
            return old.drift();
        }
        Reference reference = Reference.read(resource, new ByteArrayInputStream(bytes), schema);
        reference.leftOut().forEach((field, why) -> LOG.info("Flow {} does not watch {}: {}", name, field, why));
        DriftMonitor monitor =
                new DriftMonitor(reference, config, component.evaluations(), component.clock(), flow::evaluated);
        return new Part<>(source, monitor);
    }

    private static DriftConfig config(FlowDefinition.Drift section, FlowOptions options) {
        DriftConfig config = DriftConfig.DEFAULT.withFields(section.fields());
        WindowSize window = options.get("window") != null
                ? WindowSize.parse(options.get("window")).orElseThrow()
                : section.window();
        if (window != null) {
            config = window.duration() == null
                    ? config.withWindow(window.records())
                    : config.withWindow(window.duration());
        }
        if (options.get("falseAlarms") != null) {
            return config.withFalseAlarms(Long.parseLong(options.get("falseAlarms")));
        }
        return section.falseAlarms() == null ? config : config.withFalseAlarms(section.falseAlarms());
    }
}

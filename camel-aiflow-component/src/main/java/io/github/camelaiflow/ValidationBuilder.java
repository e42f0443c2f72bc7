package io.github.camelaiflow;

import io.github.camelaiflow.FlowParts.Part;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.WindowSize;
import io.github.camelaiflow.validation.BeanGroups;
import io.github.camelaiflow.validation.RecordValidator;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.Scope;
import io.github.camelaiflow.validation.Suite;
import io.github.camelaiflow.validation.SuiteReader;
import io.github.camelaiflow.validation.SuiteSettings;
import io.github.camelaiflow.validation.WindowSettings;
import io.github.camelaiflow.validation.WindowValidator;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds what judges a flow's records from its definition and options; keeps what is built from the same as before. */
final class ValidationBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(ValidationBuilder.class);
    private static final long MAX_SUITE_BYTES = 16L << 20;

    private final AiflowComponent component;
    private final FlowResources resources;
    private final String name;
    private final Flow flow;

    ValidationBuilder(AiflowComponent component, FlowResources resources, String name, Flow flow) {
        this.component = component;
        this.resources = resources;
        this.name = name;
        this.flow = flow;
    }

    Part<RecordValidator> validator(FlowDefinition definition, FlowOptions options, FlowParts old) {
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
        tellUndeclared(definition, validator);
        return new Part<>(source, validator);
    }

    /** Records may hold more than is declared, so this may be meant; a misspelt name would otherwise pass as a missing value. */
    private void tellUndeclared(FlowDefinition definition, RecordValidator validator) {
        Set<String> declared =
                definition.schema().fields().stream().map(Field::name).collect(Collectors.toSet());
        List<String> undeclared = validator.columns().stream()
                .filter(column -> !declared.contains(column))
                .toList();
        if (!declared.isEmpty() && !undeclared.isEmpty()) {
            LOG.info(
                    "{}: the suite of flow {} expects something of {}, which record.fields does not declare",
                    definition.place(),
                    name,
                    undeclared);
        }
    }

    Part<WindowValidator> windows(WindowSettings settings, Part<RecordValidator> validator, FlowParts old) {
        Object source = Arrays.asList(validator.source(), settings);
        if (old != null && old.windows() != null && old.windows().source().equals(source)) {
            return old.windows();
        }
        WindowValidator windows = new WindowValidator(
                validator.value(), settings, ResultFormat.SUMMARY, component.clock(), flow.verdicts()::judged);
        return new Part<>(source, windows);
    }

    /** How windows are cut. */
    WindowSettings windowSettings(FlowDefinition definition, FlowOptions options) {
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
            String place =
                    definition.place() == null ? "aiflow:validate:" + name : definition.place() + ": validation.window";
            throw new DefinitionException(List.of(place + ": " + e.getMessage()));
        }
    }

    private String resolved(FlowDefinition definition, String key, String named) {
        return named == null ? null : resources.resolve(definition.place(), key, named);
    }
}

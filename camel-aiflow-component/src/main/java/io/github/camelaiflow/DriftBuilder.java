package io.github.camelaiflow;

import io.github.camelaiflow.FlowParts.Part;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.DriftSettings;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.WindowSize;
import io.github.camelaiflow.drift.DistanceTest;
import io.github.camelaiflow.drift.DriftConfig;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.DriftStore;
import io.github.camelaiflow.drift.LearnedProfile;
import io.github.camelaiflow.drift.Reference;
import io.github.camelaiflow.drift.SegmentReferences;
import io.github.camelaiflow.drift.Segments;
import io.github.camelaiflow.drift.TestChoice;
import io.github.camelaiflow.drift.TestPlan;
import io.github.camelaiflow.drift.multivariate.MultivariateTest;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.statistics.Correction;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up how a flow's records are watched for drift, or learned as a reference; keeps what is set up from the same. */
final class DriftBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(DriftBuilder.class);
    private static final long MAX_REFERENCE_BYTES = 1L << 30;
    private static final String LEARN = "learn";
    private static final int HORIZON = 1000;

    private final AiflowComponent component;
    private final FlowResources resources;
    private final String name;
    private final Flow flow;

    DriftBuilder(AiflowComponent component, FlowResources resources, String name, Flow flow) {
        this.component = component;
        this.resources = resources;
        this.name = name;
        this.flow = flow;
    }

    /** Whether the records are to become a reference. */
    static boolean learns(FlowOptions options) {
        return LEARN.equals(options.get("mode"));
    }

    /** What learns a reference of the records. */
    Part<LearnedProfile> learned(FlowDefinition definition, Part<LearnedProfile> old) {
        DriftSettings section = definition.drift();
        ProfileOptions profile = options(section, segments(section, definition.schema()));
        Object source = Arrays.asList(definition.schema(), profile, definition.store());
        if (old != null && old.source().equals(source)) {
            return old;
        }
        Store store = component.stores().store(definition);
        if (definition.store() == null) {
            LOG.warn("Flow {} learns a reference but has no store: the profile ends with this process", name);
        }
        String node = component.getNode() == null ? component.runId() : component.getNode();
        try {
            return new Part<>(
                    source,
                    new LearnedProfile(
                            store, name, node, component.runId(), definition.schema(), profile, component.clock()));
        } catch (StoreException e) {
            throw new DefinitionException(List.of(definition.place() + ": store: " + e.getMessage()));
        }
    }

    /** What compares the records with the reference. */
    Part<DriftMonitor> monitor(FlowDefinition definition, FlowOptions options, Part<DriftMonitor> old) {
        DriftSettings section = definition.drift();
        Segments segments = segments(section, definition.schema());
        DriftConfig settings = checked(definition, () -> config(section, options, segments));
        Origin origin = origin(definition, options);
        // while routes are being replaced the one that asks the model may be missing for a moment
        boolean answers = flow.registeredOperations().contains(Operation.INFER)
                || old != null && old.source() instanceof Source before && before.answers();
        Source source = new Source(definition.schema(), settings, section, Sha256.of(origin.bytes()), answers);
        if (old != null && old.source().equals(source)) {
            return old;
        }
        Schema schema = origin.learned() ? definition.schema() : withOutputs(definition.schema(), section);
        Reference reference = Reference.read(
                origin.resource(),
                new ByteArrayInputStream(origin.bytes()),
                schema,
                Reference.DEFAULT_ROWS,
                options(section, segments));
        if ((!settings.multivariate().isEmpty() || settings.compatible() != null)
                && reference.sampledRows().isEmpty()) {
            throw new DefinitionException(List.of(origin.resource()
                    + ": must have raw rows for drift.multivariate and drift.compatible: a profile learned or stored with"
                    + " referenceSample, or a file of records"));
        }
        DriftConfig config = answers ? settings : withoutAnswers(settings, reference);
        reference.leftOut().forEach((field, why) -> LOG.info("Flow {} does not watch {}: {}", name, field, why));
        DriftMonitor monitor = checked(
                definition,
                () -> new DriftMonitor(
                        SegmentReferences.of(reference, segments),
                        config,
                        component.threads().evaluations(),
                        component.clock(),
                        flow.verdicts()::evaluated,
                        kept(definition)));
        LOG.info(
                "Flow {} watches for drift: while nothing changes, one false alarm in {} records on average at most, so {}"
                        + " records raise one with a chance of at most {}",
                name,
                config.falseAlarms(),
                HORIZON,
                monitor.history().falseAlarmWithin(HORIZON));
        return new Part<>(source, monitor);
    }

    /** In a flow without a model the label and score a reference may have could only be missing. */
    private DriftConfig withoutAnswers(DriftConfig config, Reference reference) {
        List<String> answers = List.of(Profile.LABEL, Profile.SCORE);
        if (!config.fields().isEmpty() || Collections.disjoint(reference.fields(), answers)) {
            return config;
        }
        LOG.info(
                "Flow {} does not watch the model's answers, which its reference has: no route has aiflow:infer of it",
                name);
        List<String> fields = new ArrayList<>(reference.fields());
        fields.removeAll(answers);
        return config.withFields(fields);
    }

    /** Where open windows are kept; {@code null} without a store, as they would end with the process anyway. */
    private DriftStore kept(FlowDefinition definition) {
        return definition.store() == null
                ? null
                : new DriftStore(
                        component.stores().store(definition),
                        name,
                        component.getNode() == null ? "" : component.getNode(),
                        component.nodeOfRun());
    }

    private record Source(Schema schema, DriftConfig settings, DriftSettings section, String digest, boolean answers) {}

    private record Origin(String resource, byte[] bytes, boolean learned) {}

    private Origin origin(FlowDefinition definition, FlowOptions options) {
        String named = definition.drift().reference();
        if (options.get("reference") == null && DriftSettings.LEARNED.equals(named)) {
            return new Origin("learned.json", learned(definition).getBytes(StandardCharsets.UTF_8), true);
        }
        String resource = options.get("reference") != null
                ? options.get("reference")
                : named == null ? null : resources.resolve(definition.place(), "drift.reference", named);
        if (resource == null) {
            throw new DefinitionException(List.of("aiflow:drift:" + name
                    + " needs option reference, or a definition with drift.reference; "
                    + (definition.place() == null
                            ? "looked for " + resources.usualPlace(name)
                            : definition.place() + " has none")));
        }
        return new Origin(resource, resources.read(resource, MAX_REFERENCE_BYTES), false);
    }

    private String learned(FlowDefinition definition) {
        String place = definition.place() + ": drift.reference: ";
        try {
            return LearnedProfile.read(component.stores().store(definition), name)
                    .map(Profile::toJson)
                    .orElseThrow(() ->
                            new DefinitionException(List.of(place + "no profile has been learned yet: let aiflow:drift:"
                                    + name + "?mode=learn see records")));
        } catch (StoreException e) {
            throw new DefinitionException(List.of(place + e.getMessage()));
        }
    }

    /** What the model answers is compared too, where the reference has it. What was learned has it under names of its own. */
    private static Schema withOutputs(Schema schema, DriftSettings section) {
        if (schema.fields().isEmpty()) {
            return schema;
        }
        List<Field> fields = new ArrayList<>(schema.fields());
        Set<String> names = new LinkedHashSet<>();
        schema.fields().forEach(field -> names.add(field.name()));
        if (section.label() != null && names.add(section.label())) {
            fields.add(new Field(section.label(), FieldType.CATEGORY, true, null, null, List.of()));
        }
        if (section.score() != null && names.add(section.score())) {
            fields.add(new Field(section.score(), FieldType.NUMBER, true, null, null, List.of()));
        }
        return new Schema(schema.key(), fields);
    }

    private static Segments segments(DriftSettings section, Schema schema) {
        return section.segment() == null
                ? Segments.NONE
                : Segments.of(
                        section.segment(),
                        schema.field(section.segment()).orElseThrow().values());
    }

    private static ProfileOptions options(DriftSettings section, Segments segments) {
        ProfileOptions options = ProfileOptions.DEFAULT;
        if (section.referenceSample() != null) {
            options = options.withReferenceSample(section.referenceSample());
        }
        return segments.field() == null ? options : options.withSegments(segments.field(), segments.values());
    }

    private static DriftConfig config(DriftSettings section, FlowOptions options, Segments segments) {
        DriftConfig config = DriftConfig.DEFAULT
                .withFields(section.fields())
                .withSegments(segments)
                .withTests(plan(section))
                .withMultivariate(section.multivariate().stream()
                        .map(word -> MultivariateTest.of(word).orElseThrow())
                        .toList())
                .withSequential(section.detector() != null)
                .withCompatible(section.compatible());
        WindowSize window = options.get("window") != null
                ? WindowSize.parse(options.get("window")).orElseThrow()
                : section.window();
        int panes = options.get("panes") != null
                ? Integer.parseInt(options.get("panes"))
                : section.panes() == null ? 1 : section.panes();
        if (window != null && window.duration() != null) {
            config = config.withWindow(window.duration(), panes);
        } else {
            config = config.withWindow(window == null ? config.windowRecords() : window.records(), panes);
        }
        if (options.get("falseAlarms") != null) {
            return config.withFalseAlarms(Long.parseLong(options.get("falseAlarms")));
        }
        return section.falseAlarms() == null ? config : config.withFalseAlarms(section.falseAlarms());
    }

    private static TestPlan plan(DriftSettings section) {
        TestPlan plan = TestPlan.DEFAULT
                .withNumbers(choice(section, DriftSettings.NUMBERS, DistanceTest.KOLMOGOROV_SMIRNOV, 0))
                .withCategories(choice(section, DriftSettings.CATEGORIES, DistanceTest.CHI_SQUARED, 0));
        Map<String, TestChoice> fields = new LinkedHashMap<>();
        Set<String> named = new LinkedHashSet<>(section.tests().keySet());
        named.addAll(section.minimumEffects().keySet());
        named.removeAll(List.of(DriftSettings.NUMBERS, DriftSettings.CATEGORIES));
        for (String field : named) {
            DistanceTest usual = section.tests().containsKey(field)
                    ? DistanceTest.named(section.tests().get(field))
                    : null;
            if (usual == null) {
                throw new IllegalArgumentException(
                        "minimumEffect of field " + field + " needs its test in section tests");
            }
            fields.put(field, choice(section, field, usual, Double.NaN));
        }
        plan = plan.withFields(fields);
        return section.correction() == null ? plan : plan.withCorrection(Correction.named(section.correction()));
    }

    private static TestChoice choice(DriftSettings section, String of, DistanceTest usual, double usualEffect) {
        String named = section.tests().get(of);
        double effect = section.minimumEffects().getOrDefault(of, usualEffect);
        return new TestChoice(named == null ? usual : DistanceTest.named(named), effect);
    }

    private static <T> T checked(FlowDefinition definition, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            String place = definition.place() == null ? definition.flow() : definition.place();
            throw new DefinitionException(List.of(place + ": drift: " + e.getMessage()));
        }
    }
}

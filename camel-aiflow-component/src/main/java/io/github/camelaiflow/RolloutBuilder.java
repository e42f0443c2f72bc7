package io.github.camelaiflow;

import io.github.camelaiflow.FlowParts.Part;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.ModelSource;
import io.github.camelaiflow.definition.RolloutSettings;
import io.github.camelaiflow.definition.RolloutSettings.Canary;
import io.github.camelaiflow.definition.RolloutSettings.GuardrailSetting;
import io.github.camelaiflow.definition.RolloutSettings.Shadow;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.serving.ServedModel;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.RolloutPlan;
import io.github.camelaiflow.rollout.evidence.Guardrail;
import io.github.camelaiflow.rollout.evidence.Guardrail.Kind;
import io.github.camelaiflow.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets a flow's rollout up as its definition says it; keeps one whose plan is the same. */
final class RolloutBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(RolloutBuilder.class);
    private static final Duration STEP_TIME = Duration.ofMinutes(10);
    private static final Duration HORIZON = Duration.ofHours(1);
    private static final Duration RETENTION = Duration.ofDays(90);
    private static final Duration RETENTION_IN_MEMORY = Duration.ofDays(1);
    private static final long STEP_RECORDS = 20;
    private static final int QUEUE_SIZE = 1000;
    private static final double ALPHA = 0.05;

    private final AiflowComponent component;
    private final String name;
    private final Flow flow;

    RolloutBuilder(AiflowComponent component, String name, Flow flow) {
        this.component = component;
        this.name = name;
        this.flow = flow;
    }

    /**
     * The rollout, or {@code null} if one version gets all records.
     *
     * @param models the models in use, by version
     * @param version the version a name stands for
     */
    Part<Trial> rollout(
            FlowDefinition definition,
            String serve,
            Map<String, Part<ServedModel>> models,
            UnaryOperator<String> version,
            Part<Trial> old) {
        RolloutSettings section = definition.rollout();
        if (section.canary() == null && section.weights().isEmpty() && section.shadow() == null) {
            return null;
        }
        RolloutPlan plan = checked(definition, () -> plan(section, serve, models, version, definition.models()));
        Canary canary = section.canary();
        boolean servesForCanary = canary == null || "serve".equals(canary.onError());
        Object source = Arrays.asList(plan, servesForCanary, section.shadow(), definition.store());
        if (old != null && old.source().equals(source)) {
            return old;
        }
        Store store = component.stores().store(definition);
        if (definition.store() == null) {
            LOG.warn(
                    "Flow {} has a rollout but no store: its stage and evidence are this node's alone and end with it",
                    name);
        }
        Rollout rollout = new Rollout(
                plan, store, component.clock(), component.nodeOfRun(), flow::nextId, flow.verdicts()::decided);
        Shadows shadows = plan.shadows().isEmpty()
                ? null
                : new Shadows(
                        flow,
                        plan.shadows(),
                        rollout,
                        queueSize(section.shadow()),
                        component.threads().shadows());
        return new Part<>(source, new Trial(rollout, shadows, retention(definition), servesForCanary));
    }

    /** What only shows once aliases stand for versions. */
    private static RolloutPlan checked(FlowDefinition definition, Supplier<RolloutPlan> plan) {
        try {
            return plan.get();
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(List.of(definition.place() + ": rollout: " + e.getMessage()));
        }
    }

    private static Duration retention(FlowDefinition definition) {
        FlowDefinition.Store store = definition.store();
        if (store == null) {
            return RETENTION_IN_MEMORY;
        }
        return store.retention() == null ? RETENTION : store.retention();
    }

    private static int queueSize(Shadow shadow) {
        return shadow.queueSize() == null
                ? QUEUE_SIZE
                : Math.toIntExact(Math.min(shadow.queueSize(), Integer.MAX_VALUE));
    }

    private RolloutPlan plan(
            RolloutSettings section,
            String serve,
            Map<String, Part<ServedModel>> models,
            UnaryOperator<String> version,
            Map<String, ModelSource> sources) {
        Map<String, Double> weights = new LinkedHashMap<>();
        section.weights().forEach((named, weight) -> weights.merge(version.apply(named), weight, Double::sum));
        Set<String> shadows = new LinkedHashSet<>();
        if (section.shadow() != null) {
            section.shadow().models().forEach(named -> shadows.add(version.apply(named)));
        }
        // where an alias has moved so that both are one version, nothing is on trial any more
        shadows.remove(serve);
        RolloutPlan.Canary trial = canary(section.canary(), version);
        RolloutPlan.Canary canary = trial != null && trial.version().equals(serve) ? null : trial;
        RolloutPlan plan = new RolloutPlan(
                name,
                "",
                section.salt() == null ? name : section.salt(),
                serve,
                weights,
                canary,
                List.copyOf(shadows),
                section.shadow() == null ? 0 : section.shadow().share(),
                guardrails(section, !shadows.isEmpty()),
                section.alpha() == null ? ALPHA : section.alpha());
        return plan.withIdentity(identity(plan, models, sources));
    }

    private static RolloutPlan.Canary canary(Canary canary, UnaryOperator<String> version) {
        return canary == null
                ? null
                : new RolloutPlan.Canary(
                        version.apply(canary.model()),
                        canary.steps(),
                        canary.stepTime() == null ? STEP_TIME : canary.stepTime(),
                        canary.stepRecords() == null ? STEP_RECORDS : canary.stepRecords(),
                        canary.horizon() == null ? horizon(canary) : canary.horizon(),
                        "auto".equals(canary.promote()));
    }

    /** At least long enough for the steps. */
    private static Duration horizon(Canary canary) {
        Duration stepTime = canary.stepTime() == null ? STEP_TIME : canary.stepTime();
        Duration steps = stepTime.multipliedBy(canary.steps().size() + 1L);
        return steps.compareTo(HORIZON) > 0 ? steps : HORIZON;
    }

    private static List<Guardrail> guardrails(RolloutSettings section, boolean shadows) {
        List<Guardrail> guardrails = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            GuardrailSetting said = section.guardrails().get(kind.word());
            boolean usual = section.guardrails().isEmpty()
                    && (kind == Kind.ERRORS || kind == Kind.INVALID || kind == Kind.LATENCY);
            if (said == null && !usual) {
                continue;
            }
            Guardrail guardrail = Guardrail.of(kind);
            guardrails.add(
                    said == null
                            ? guardrail
                            : new Guardrail(
                                    kind,
                                    said.margin() == null ? guardrail.margin() : said.margin(),
                                    said.quantile() == null ? guardrail.quantile() : said.quantile()));
        }
        return guardrails;
    }

    /** Another model behind the same name, or the same one fed otherwise, is another trial. */
    private static String identity(
            RolloutPlan plan, Map<String, Part<ServedModel>> models, Map<String, ModelSource> sources) {
        StringBuilder text = new StringBuilder(plan.toString());
        Set<String> versions = new LinkedHashSet<>(plan.weights().keySet());
        versions.add(plan.serve());
        versions.addAll(plan.shadows());
        if (plan.canary() != null) {
            versions.add(plan.canary().version());
        }
        for (String version : versions) {
            Part<ServedModel> part = models.get(version);
            LoadedModel loaded = part.value().inUse();
            text.append('\n').append(version).append(' ').append(loaded.sha256());
            text.append(' ').append(sources.get(version));
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.management.FlowManagement;
import io.github.camelaiflow.management.FlowObserver;
import io.github.camelaiflow.management.FlowStatus;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.RolloutException;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.ValidationResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.camel.Endpoint;

/**
 * One flow: what its definition and its endpoints' options make of it, shared by all its steps. Lives as long as the
 * component, so that models in use, drift windows and counts survive a route reload.
 */
final class Flow {

    private final String name;
    private final AiflowComponent component;
    private final FlowBuilder builder;
    private final FlowReloads reloads;
    private final FlowStatus status;
    private final FlowManagement management;
    private final List<AiflowEndpoint> attached = new ArrayList<>();
    private final List<FlowObserver> subscribed = new ArrayList<>();
    private final FlowVerdicts verdicts;
    private final FlowUpkeep upkeep;
    private final Leadership leadership;
    private final String idPrefix;
    private final AtomicLong ids = new AtomicLong();
    private volatile FlowParts parts;
    private volatile boolean closed;
    private volatile ValidationResult lastBatch;
    private LiveSample live;

    Flow(AiflowComponent component, String name) {
        this.component = component;
        this.name = name;
        this.builder = new FlowBuilder(component, name, this);
        this.reloads = new FlowReloads(this, builder);
        this.status = new FlowState(this);
        this.management = new FlowManagement(component.getCamelContext(), status, component.isManagedSteering());
        this.verdicts = new FlowVerdicts(this, management);
        this.upkeep = new FlowUpkeep(this, component.stores(), component.clock());
        this.idPrefix = component.runId() + "-";
        this.leadership = new Leadership(component.getClusterService(), name);
    }

    /**
     * Makes the flow ready for the endpoint's operation; {@code null} if this flow has been closed meanwhile.
     *
     * @throws DefinitionException naming everything that stands in the way; if nothing was set up before, the flow is closed
     */
    synchronized Step attach(AiflowEndpoint endpoint) {
        if (closed) {
            return null;
        }
        attached.add(endpoint);
        try {
            checkAgreement(endpoint);
            setUp();
            return step(endpoint);
        } catch (RuntimeException e) {
            attached.remove(endpoint);
            closeIfUnused();
            throw e;
        }
    }

    /** A flow that was never set up leaves no trace. */
    private void closeIfUnused() {
        if (attached.isEmpty() && subscribed.isEmpty() && parts == null) {
            close();
        }
    }

    /**
     * Has the observer told what happens from now on, whether or not the flow is set up yet.
     *
     * @return whether it will be; not if this flow has been closed meanwhile
     */
    synchronized boolean subscribe(FlowObserver observer) {
        if (closed) {
            return false;
        }
        subscribed.add(observer);
        management.add(observer);
        return true;
    }

    synchronized void unsubscribe(FlowObserver observer) {
        subscribed.remove(observer);
        management.remove(observer);
        closeIfUnused();
    }

    private Step step(AiflowEndpoint endpoint) {
        return switch (endpoint.kind()) {
            case VALIDATE ->
                endpoint.judgesWindows() ? new ValidateWindowStep(this, endpoint) : new ValidateStep(this, endpoint);
            case INFER -> new InferStep(this, endpoint);
            case DRIFT -> endpoint.learns() ? new LearnStep(this, endpoint) : new DriftStep(this, endpoint);
            case FEEDBACK -> new FeedbackStep(this, endpoint);
            case SUGGEST -> new SuggestStep(this, endpoint);
            case ROLLOUT -> new RolloutStep(this, endpoint);
            case EVENTS, DELIVER ->
                throw new UnsupportedOperationException("aiflow:" + endpoint.getOperation() + " has no step");
        };
    }

    /** The records collected so far for a suggestion; they outlive the step, unless another one wants a window of another size. */
    synchronized LiveSample liveSample(int window) {
        if (live == null || live.window() != window) {
            live = new LiveSample(name, window);
        }
        return live;
    }

    synchronized void detach(AiflowEndpoint endpoint) {
        attached.remove(endpoint);
    }

    private void checkAgreement(AiflowEndpoint endpoint) {
        List<String> problems = new ArrayList<>();
        for (AiflowEndpoint other : attached) {
            if (endpoint.kind() == Operation.DRIFT
                    && other.kind() == Operation.DRIFT
                    && endpoint.learns() != other.learns()) {
                problems.add(endpoint.getEndpointUri() + ": flow " + name
                        + " either learns a reference or watches for drift, " + other.getEndpointUri()
                        + " does the other");
            }
            Map<String, String> others = other.flowOptions();
            endpoint.flowOptions().forEach((option, value) -> {
                if (others.containsKey(option) && !others.get(option).equals(value)) {
                    problems.add(endpoint.getEndpointUri() + ": option " + option + " must agree among the endpoints of"
                            + " flow " + name + ", " + other.getEndpointUri() + " has another");
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems);
        }
    }

    private void setUp() {
        FlowOptions options = FlowOptions.of(attached);
        if (parts == null) {
            publish(first(options));
        } else {
            reloads.setUp(options);
        }
    }

    /** If the first start fails, what stands in the way of the flow's other operations is told with it. */
    private FlowParts first(FlowOptions options) {
        FlowDefinition definition = builder.definition(options.definition());
        try {
            return builder.build(definition, options, null);
        } catch (DefinitionException e) {
            FlowParts all = builder.build(definition, options.withOperations(registeredOperations()), null);
            all.closeTrialAndModels();
            throw e;
        }
    }

    /** What the routes do with this flow, started or not. */
    Set<Operation> registeredOperations() {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (Endpoint endpoint :
                component.getCamelContext().getEndpointRegistry().values()) {
            if (endpoint instanceof AiflowEndpoint other
                    && other.getComponent() == component
                    && other.getName().equals(name)) {
                operations.add(other.kind());
            }
        }
        return operations;
    }

    /** Sets the flow up anew; what is wrong is logged and told, and the flow stays as it is. */
    synchronized void reload() {
        if (inUse()) {
            reloads.reload(FlowOptions.of(attached));
        }
    }

    /** Reloads once a changed definition has been seen twice alike, because a file may be caught half written. */
    synchronized void reloadIfChanged() {
        if (inUse()) {
            reloads.reloadIfChanged(FlowOptions.of(attached));
        }
    }

    /** Looks at the models the definition in force names, and sets the flow up anew once they have changed. */
    synchronized void reloadIfModelsChanged() {
        if (inUse() && !parts.models().isEmpty()) {
            reloads.reloadIfModelsChanged(FlowOptions.of(attached));
        }
    }

    private boolean inUse() {
        return !closed && parts != null && !attached.isEmpty();
    }

    void publish(FlowParts next) {
        FlowParts old = parts;
        parts = next;
        if (old != null) {
            old.giveWayTo(next);
            if (old.learned() != null && old.learned() != next.learned()) {
                upkeep.save(old.learned().value());
            }
        }
        component.ticks().start(next);
        component.watchModels(
                this,
                next.models().isEmpty() ? null : next.definition().versions().period());
        management.register();
        if (next.serving() != null) {
            management.serving(status.servingVersion(), status.servingDigest());
        }
    }

    FlowParts parts() {
        return parts;
    }

    /**
     * Does something with the flow as it is now. If it is set up anew meanwhile, a model may be closed under the work: then it
     * is done again with the flow as it is then, and nothing is lost.
     */
    <T> T withParts(Function<FlowParts, T> work) {
        FlowParts current = parts;
        while (true) {
            try {
                return work.apply(current);
            } catch (ModelException e) {
                FlowParts next = parts;
                if (next == current) {
                    throw e;
                }
                current = next;
            }
        }
    }

    /** Keeps what was said of the last batch, to be looked at; not all the values it may hold. */
    void lastBatch(ValidationResult result) {
        lastBatch = result.within(ResultFormat.SUMMARY);
    }

    /** What was said of the last batch; {@code null} if nothing was. */
    ValidationResult lastBatch() {
        return lastBatch;
    }

    /**
     * The rollout at work.
     *
     * @throws RolloutException if there is none
     */
    Rollout rollout() {
        FlowParts now = parts;
        if (now == null || now.trial() == null) {
            throw new RolloutException("flow " + name + " must have a canary, weights or shadows in section rollout of"
                    + " its definition, and a started infer step");
        }
        return now.trial().rollout();
    }

    /** Answers were given; their labels may come later. If the flow is set up anew meanwhile, none is lost for it. */
    void answered(List<Prediction> predictions) {
        predictions.forEach(this::keep);
    }

    private void keep(Prediction prediction) {
        FlowParts at = parts;
        while (at != null && at.feedback() != null && !at.feedback().value().predicted(prediction)) {
            FlowParts next = parts;
            at = next == at ? null : next;
        }
    }

    /** Whom what is found out about this flow is told. */
    FlowVerdicts verdicts() {
        return verdicts;
    }

    /** What this flow does by the clock. */
    FlowUpkeep upkeep() {
        return upkeep;
    }

    FlowObserver observer() {
        return management;
    }

    /** Whether this node acts for the flow: decides on rollouts, acts on harm, and hands events to routes. */
    boolean leads() {
        return leadership.leads();
    }

    InstantSource clock() {
        return component.clock();
    }

    /** A prediction id, unique over restarts and nodes. */
    String nextId() {
        return idPrefix + ids.incrementAndGet();
    }

    boolean closed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
        component.watchModels(this, null);
        management.close();
        if (parts != null) {
            if (parts.learned() != null) {
                upkeep.save(parts.learned().value());
            }
            parts.close();
        }
        leadership.close();
    }

    String name() {
        return name;
    }

    /** What the flow tells of itself. */
    FlowStatus status() {
        return status;
    }

    /** Why a changed definition or model was refused; {@code null} if the newest ones are in force. */
    String refused() {
        return reloads.refused();
    }
}

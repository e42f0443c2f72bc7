package io.github.camelaiflow;

import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.management.FlowManagement;
import io.github.camelaiflow.management.FlowObserver;
import io.github.camelaiflow.management.FlowStatus;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.ModelException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flow: what its definition and its endpoints' options make of it, shared by all its steps. Lives as long as the
 * component, so that models in use, drift windows and counts survive a route reload.
 */
final class Flow implements FlowStatus {

    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);

    private final String name;
    private final AiflowComponent component;
    private final FlowBuilder builder;
    private final Map<Operation, Integer> started = new EnumMap<>(Operation.class);
    private final String idPrefix;
    private final AtomicLong ids = new AtomicLong();
    private FlowManagement management;
    private volatile FlowParts parts;
    private volatile String refused;
    private volatile boolean closed;
    private String seenDigest;
    private String triedDigest;

    private Flow(AiflowComponent component, String name) {
        this.component = component;
        this.name = name;
        this.builder = new FlowBuilder(component, name, this);
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        this.idPrefix = HexFormat.of().formatHex(random) + "-";
    }

    static Flow create(AiflowComponent component, String name) {
        Flow flow = new Flow(component, name);
        flow.management = FlowManagement.register(component.getCamelContext(), flow);
        return flow;
    }

    /**
     * Makes the flow ready for the endpoint's operation.
     *
     * @throws DefinitionException naming everything that stands in the way
     */
    synchronized Step attach(AiflowEndpoint endpoint) {
        checkAgreement(endpoint);
        started.merge(endpoint.kind(), 1, Integer::sum);
        try {
            setUp();
            checkNamedModel(endpoint);
        } catch (RuntimeException e) {
            detach(endpoint);
            throw e;
        }
        return switch (endpoint.kind()) {
            case VALIDATE -> new ValidateStep(this, endpoint);
            case INFER -> new InferStep(this, endpoint);
            case DRIFT -> new DriftStep(this, endpoint);
        };
    }

    synchronized void detach(AiflowEndpoint endpoint) {
        started.computeIfPresent(endpoint.kind(), (kind, count) -> count == 1 ? null : count - 1);
    }

    /** The flow's endpoints that routes know now; those of removed routes have no say any more. */
    private List<AiflowEndpoint> endpoints() {
        List<AiflowEndpoint> endpoints = new ArrayList<>();
        for (Endpoint endpoint :
                component.getCamelContext().getEndpointRegistry().values()) {
            if (endpoint instanceof AiflowEndpoint aiflow && aiflow.getName().equals(name)) {
                endpoints.add(aiflow);
            }
        }
        return endpoints;
    }

    private void checkAgreement(AiflowEndpoint endpoint) {
        List<String> problems = new ArrayList<>();
        for (AiflowEndpoint other : endpoints()) {
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

    private void checkNamedModel(AiflowEndpoint endpoint) {
        String version = endpoint.getModels();
        if (version != null && !parts.models().containsKey(version)) {
            throw new DefinitionException(
                    List.of(endpoint.getEndpointUri() + ": models must be one of the models of flow " + name + ", "
                            + parts.models().keySet() + ", was " + version));
        }
    }

    /** A definition that is wrong stops the first start; later it is refused and the last good one stays in force. */
    private void setUp() {
        Map<String, String> options = options();
        if (parts == null) {
            publish(builder.build(builder.definition(options.get("definition")), options, started.keySet(), null));
            return;
        }
        try {
            publish(builder.build(builder.definition(options.get("definition")), options, started.keySet(), parts));
            refused = null;
        } catch (RuntimeException e) {
            publish(builder.build(parts.definition(), options, started.keySet(), parts));
            refuse(e);
        }
    }

    /** Sets the flow up anew; what is wrong is logged and told, and the flow stays as it is. */
    synchronized void reload() {
        if (parts == null || started.isEmpty()) {
            return;
        }
        Map<String, String> options = options();
        try {
            publish(builder.build(builder.definition(options.get("definition")), options, started.keySet(), parts));
            refused = null;
            LOG.info("Flow {} is set up anew, definition {}", name, definitionDigest());
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    /** Reloads once a changed definition has been seen twice alike, because a file may be caught half written. */
    synchronized void reloadIfChanged() {
        if (parts == null || started.isEmpty()) {
            return;
        }
        String digest = builder.digest(options().get("definition"));
        boolean changed = digest != null && !digest.equals(parts.definition().digest());
        boolean settled = changed && digest.equals(seenDigest);
        if (settled && !digest.equals(triedDigest)) {
            triedDigest = digest;
            reload();
        }
        seenDigest = digest;
    }

    private void refuse(RuntimeException e) {
        refused = e.getMessage();
        LOG.error("Flow {} keeps its definition, because the changed one is refused: {}", name, refused);
    }

    private Map<String, String> options() {
        Map<String, String> merged = new LinkedHashMap<>();
        endpoints().forEach(endpoint -> merged.putAll(endpoint.flowOptions()));
        return merged;
    }

    private void publish(FlowParts next) {
        FlowParts old = parts;
        parts = next;
        if (old != null) {
            old.models().forEach((version, part) -> {
                if (next.models().get(version) != part) {
                    part.value().close();
                }
            });
        }
        if (next.serve() != null) {
            management.serving(servingVersion(), servingDigest());
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

    FlowObserver observer() {
        return management;
    }

    InstantSource clock() {
        return component.clock();
    }

    /** A prediction id, unique over restarts and nodes. */
    String nextId() {
        return idPrefix + ids.incrementAndGet();
    }

    synchronized void close() {
        closed = true;
        management.close();
        if (parts != null) {
            parts.models().values().forEach(part -> part.value().close());
            if (parts.validator() != null) {
                parts.validator().value().close();
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String servingVersion() {
        LoadedModel loaded = serving();
        return loaded == null ? null : loaded.version();
    }

    @Override
    public String servingDigest() {
        LoadedModel loaded = serving();
        return loaded == null ? null : loaded.sha256();
    }

    private LoadedModel serving() {
        return parts == null || closed
                ? null
                : withParts(now -> now.serve() == null ? null : now.model(null).inUse());
    }

    @Override
    public String definitionDigest() {
        FlowParts now = parts;
        return now == null ? null : now.definition().digest();
    }

    @Override
    public String driftVerdict() {
        FlowParts now = parts;
        return now == null || now.drift() == null
                ? null
                : now.drift().value().status().name();
    }

    @Override
    public String driftReport() {
        FlowParts now = parts;
        return now == null || now.drift() == null
                ? null
                : now.drift().value().report().map(DriftReport::toJson).orElse(null);
    }

    @Override
    public String refused() {
        return refused;
    }

    @Override
    public boolean ready() {
        return parts != null;
    }
}

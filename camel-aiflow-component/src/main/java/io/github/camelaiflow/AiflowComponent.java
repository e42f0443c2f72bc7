package io.github.camelaiflow;

import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.drift.DriftHistory;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.feedback.FeedbackCounts;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.lint.LintMode;
import io.github.camelaiflow.lint.LintReport;
import io.github.camelaiflow.management.FlowObserver;
import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.validation.ValidationResult;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the flows, so that their state outlives endpoints, producers and route reloads. */
@Component("aiflow")
public class AiflowComponent extends DefaultComponent {

    private static final Logger LOG = LoggerFactory.getLogger(AiflowComponent.class);
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,127}");

    private final Map<String, Flow> flows = new ConcurrentHashMap<>();
    private final Threads threadPools = new Threads(this);
    private final Ticks ticks = new Ticks(threadPools, flows.values());
    private final ModelWatches modelWatches = new ModelWatches(this::watch);
    private final Stores stores = new Stores(this);
    private final OutboxSenders outboxSenders = new OutboxSenders();
    private final Draining draining = new Draining(System::nanoTime);
    private String runId;
    private InstantSource clock = InstantSource.system();
    private Supplier<String> runIds = AiflowComponent::randomId;

    @Metadata(
            defaultValue = "classpath:aiflow",
            description = "Where definitions are found: a folder on the class path (classpath:) or on disk (file:).")
    private String definitions = "classpath:aiflow";

    @Metadata(
            defaultValue = "false",
            description =
                    "Whether a flow is set up anew when its definition changes; the folder of definitions must then"
                            + " be on disk. A changed definition that is wrong is refused and logged, and the last good one"
                            + " stays in force.")
    private boolean definitionsReload;

    @Metadata(
            label = "advanced",
            defaultValue = "2000",
            javaType = "java.time.Duration",
            description = "How often definitions are looked at for a change.")
    private long definitionsReloadPeriod = 2000;

    @Metadata(
            description = "A folder on disk that file: resources named in definitions may lie in. By default a"
                    + " definition may only name resources relative to itself, or on the class path.")
    private String modelsDirectory;

    @Metadata(
            label = "advanced",
            description =
                    "How many threads serve the steps that have a timeout, and how many batches of one model, gathered"
                            + " by batchSize, may be asked at a time. By default one per processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Metadata(
            label = "advanced",
            description = "Name of this node among those that share a store, for the audit trail. By default one made"
                    + " at random for each run.")
    private String node;

    @Metadata(
            description =
                    "JDBC URL of the store of flows whose definition names none. By default their state is kept in"
                            + " memory and ends with the process.")
    private String storeUrl;

    @Metadata(description = "User name for storeUrl, unless the URL holds it.")
    private String storeUsername;

    @Metadata(secret = true, description = "Password for storeUrl, unless the URL holds it.")
    private String storePassword;

    @Metadata(
            defaultValue = "false",
            description = "Whether a rollout can be steered (promoted, rolled back, paused, resumed) by JMX. By default"
                    + " it can only be looked at there.")
    private boolean managedSteering;

    @Metadata(
            defaultValue = "warn",
            enums = "warn,fail,off",
            description =
                    "What is done about routes of the application, with or without a step of this component, whose"
                            + " configuration is known to lose or double records: warn logs them, fail refuses to start them, off does not"
                            + " look. A route that declares a delivery mode is always refused.")
    private LintMode lint = LintMode.WARN;

    @Metadata(
            label = "advanced",
            autowired = false,
            description =
                    "Camel's cluster service, which has one node act for a flow while the others watch: decide on its"
                            + " rollout by verdict and schedule, act on harm, and hand events to routes. By default every node"
                            + " does, and the store sees to it that each decision is made once.")
    private CamelClusterService clusterService;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int colon = remaining.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("must be aiflow:operation:name, such as aiflow:infer:claims");
        }
        Operation operation = Operation.of(remaining.substring(0, colon));
        String name = remaining.substring(colon + 1);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a flow must start with a letter or digit and hold only those, '.', '_' and '-'");
        }
        operation.checkOptions(parameters.keySet());
        Options.checkWindow(operation, parameters);
        Options.checkBatch(parameters);
        Options.checkAction(operation, parameters);
        AiflowEndpoint endpoint = new AiflowEndpoint(uri, this, operation.word(), name);
        endpoint.getDeliver().setKafkaProperties(PropertiesHelper.extractProperties(parameters, "kafka."));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        LintPlugin.install(getCamelContext());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        draining.reset();
        if (clusterService != null && !getCamelContext().hasService(clusterService)) {
            getCamelContext().addService(clusterService, true, true);
        }
        if (definitionsReload) {
            if (!definitions.startsWith("file:")) {
                throw new IllegalArgumentException(
                        "definitionsReload needs definitions in a folder on disk (file:…), was " + definitions);
            }
            watch().scheduleWithFixedDelay(
                            this::reloadChanged,
                            definitionsReloadPeriod,
                            definitionsReloadPeriod,
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    protected void doStop() throws Exception {
        modelWatches.stop();
        threadPools.stopWatch();
        super.doStop();
    }

    private ScheduledExecutorService watch() {
        return threadPools.watch();
    }

    /** Has a flow look at its models so often; {@code null} for never. */
    void watchModels(Flow flow, Duration period) {
        if (period == null || !isStoppingOrStopped()) {
            modelWatches.watch(flow, period);
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        flows.values().forEach(Flow::close);
        flows.clear();
        stores.close();
        ticks.stop();
        threadPools.stop();
        super.doShutdown();
    }

    private void reloadChanged() {
        for (Flow flow : flows.values()) {
            try {
                flow.reloadIfChanged();
            } catch (RuntimeException e) {
                LOG.warn("Flow {} could not be checked for a changed definition", flow.name(), e);
            }
        }
    }

    /**
     * Reads the definitions of all flows anew and puts what changed in force without losing an exchange. What is wrong is
     * logged and shown by the flow's MBean and health check, and the last good definition stays in force.
     */
    public void reloadDefinitions() {
        flows.values().forEach(Flow::reload);
    }

    /** What was said of a flow's last window of records, or, without windows, of its last batch; empty if nothing was. */
    public Optional<ValidationResult> lastValidation(String flow) {
        Flow known = flows.get(flow);
        return Optional.ofNullable(known == null ? null : known.status().lastValidation());
    }

    /** What was last said of a flow's drift, by segment; empty before the first window, or while drift is not watched. */
    public List<DriftReport> driftReports(String flow) {
        return drift(flow).map(DriftMonitor::reports).orElse(List.of());
    }

    /** What has been said of a flow's drift over time; empty while drift is not watched. */
    public Optional<DriftHistory> driftHistory(String flow) {
        return drift(flow).map(DriftMonitor::history);
    }

    private Optional<DriftMonitor> drift(String flow) {
        Flow known = flows.get(flow);
        return known == null || known.parts() == null || known.parts().drift() == null
                ? Optional.empty()
                : Optional.of(known.parts().drift().value());
    }

    /** How good a flow's answers are, as of the last second; empty without feedback. */
    public Optional<QualityReport> quality(String flow) {
        return feedback(flow).map(FeedbackLoop::report);
    }

    /** What became of a flow's answers and labels; empty without feedback. */
    public Optional<FeedbackCounts> feedbackCounts(String flow) {
        return feedback(flow).map(FeedbackLoop::counts);
    }

    /** The estimated quality of a flow's last window of answers without labels; empty without one. */
    public Optional<PerformanceEstimate> estimatedQuality(String flow) {
        return feedback(flow).map(FeedbackLoop::estimate);
    }

    private Optional<FeedbackLoop> feedback(String flow) {
        Flow known = flows.get(flow);
        return known == null || known.parts() == null || known.parts().feedback() == null
                ? Optional.empty()
                : Optional.of(known.parts().feedback().value());
    }

    /** Whether this node acts for the flow; without a cluster service every node does. False of a flow there is not. */
    public boolean leads(String flow) {
        Flow known = flows.get(flow);
        return known != null && !known.closed() && known.leads();
    }

    /** A flow's models as they are now; empty while the flow is not set up. */
    public Optional<FlowModels> models(String flow) {
        Flow known = flows.get(flow);
        return known == null || known.parts() == null || known.closed()
                ? Optional.empty()
                : Optional.of(known.withParts(parts -> FlowModels.of(flow, parts)));
    }

    /**
     * What a flow says of a model that is trained anew; empty while the flow is not set up.
     *
     * @throws IllegalStateException if its definition has no folder of versions
     */
    public Optional<RetrainingPlan> retraining(String flow) {
        Flow known = flows.get(flow);
        return known == null || known.parts() == null
                ? Optional.empty()
                : Optional.of(RetrainingPlan.of(flow, known.parts().definition(), new FlowResources(this)));
    }

    /** What the linter found in the application's routes as they are now; nothing before they are set up. */
    public LintReport lintReport() {
        return LintPlugin.install(getCamelContext()).report();
    }

    /**
     * A flow's dead letters, in the store that its definition names, or in memory. Once somebody has asked for them, those that ended are deleted
     * after the store's retention.
     *
     * @throws IllegalStateException while the flow is not set up: some route must have a step of it
     */
    public DeadLetters deadLetters(String flow) {
        DeadLetters letters = store(flow).deadLetters(flow);
        ticks.start(Ticks.Kind.STORE);
        return letters;
    }

    /**
     * Whether a flow's dead letters outlive the process.
     *
     * @throws IllegalStateException as {@link #deadLetters}
     */
    public boolean keepsDeadLetters(String flow) {
        return store(flow).durable();
    }

    private Store store(String flow) {
        return storeOf(flow)
                .orElseThrow(() -> new IllegalStateException("dead letters of flow " + flow
                        + " need a started route with a step of that flow, whose definition names their store"));
    }

    /** The store that a flow's definition names, or one in memory; empty while the flow is not set up. */
    Optional<Store> storeOf(String flow) {
        Flow known = flows.get(flow);
        FlowParts parts = known == null ? null : known.parts();
        return Optional.ofNullable(parts).map(now -> stores.store(now.definition()));
    }

    /** The time by the clock that windows and results go by. */
    public Instant now() {
        return clock.instant();
    }

    Threads threads() {
        return threadPools;
    }

    Ticks ticks() {
        return ticks;
    }

    Stores stores() {
        return stores;
    }

    OutboxSenders outboxSenders() {
        return outboxSenders;
    }

    Draining draining() {
        return draining;
    }

    /** A started endpoint's step, and its flow. */
    record Attached(Flow flow, Step step) {}

    /** Makes the flow ready for the endpoint; a flow that cannot be set up leaves no trace. */
    Attached attach(AiflowEndpoint endpoint) {
        while (true) {
            Flow flow = flows.computeIfAbsent(endpoint.getName(), name -> new Flow(this, name));
            try {
                Step step = flow.attach(endpoint);
                if (step != null) {
                    return new Attached(flow, step);
                }
            } finally {
                if (flow.closed()) {
                    flows.remove(endpoint.getName(), flow);
                }
            }
        }
    }

    /** Has the observer told of the flow's events; the flow itself needs nothing for it, and may be set up later or never. */
    Flow subscribe(String name, FlowObserver observer) {
        while (true) {
            Flow flow = flows.computeIfAbsent(name, flowName -> new Flow(this, flowName));
            if (flow.subscribe(observer)) {
                return flow;
            }
            flows.remove(name, flow);
        }
    }

    void unsubscribe(Flow flow, FlowObserver observer) {
        flow.unsubscribe(observer);
        if (flow.closed()) {
            flows.remove(flow.name(), flow);
        }
    }

    /** The flow of that name; {@code null} if none is set up. */
    Flow flow(String name) {
        return flows.get(name);
    }

    InstantSource clock() {
        return clock;
    }

    /** What ids of this run begin with. */
    synchronized String runId() {
        if (runId == null) {
            runId = runIds.get();
        }
        return runId;
    }

    /** This node's name, for evidence: evidence of a run is never written over by a later one. */
    String nodeOfRun() {
        return node == null ? runId() : node + "-" + runId();
    }

    /** For tests, before the context starts. */
    void inject(InstantSource clock, Supplier<String> runIds) {
        this.clock = clock;
        this.runIds = runIds;
    }

    private static String randomId() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    public String getDefinitions() {
        return definitions;
    }

    public void setDefinitions(String definitions) {
        this.definitions = definitions;
    }

    public boolean isDefinitionsReload() {
        return definitionsReload;
    }

    public void setDefinitionsReload(boolean definitionsReload) {
        this.definitionsReload = definitionsReload;
    }

    public long getDefinitionsReloadPeriod() {
        return definitionsReloadPeriod;
    }

    public void setDefinitionsReloadPeriod(long definitionsReloadPeriod) {
        this.definitionsReloadPeriod = Options.positive("definitionsReloadPeriod", definitionsReloadPeriod);
    }

    public String getModelsDirectory() {
        return modelsDirectory;
    }

    public void setModelsDirectory(String modelsDirectory) {
        this.modelsDirectory = modelsDirectory;
    }

    public String getNode() {
        return node;
    }

    public void setNode(String node) {
        this.node = node;
    }

    public String getStoreUrl() {
        return storeUrl;
    }

    public void setStoreUrl(String storeUrl) {
        this.storeUrl = storeUrl;
    }

    public String getStoreUsername() {
        return storeUsername;
    }

    public void setStoreUsername(String storeUsername) {
        this.storeUsername = storeUsername;
    }

    public String getStorePassword() {
        return storePassword;
    }

    public void setStorePassword(String storePassword) {
        this.storePassword = storePassword;
    }

    /** The store of flows whose definition names none; {@code null} for memory. */
    FlowDefinition.Store defaultStore() {
        return blankIsNull(storeUrl) == null
                ? null
                : new FlowDefinition.Store(
                        storeUrl, blankIsNull(storeUsername), blankIsNull(storePassword), null, null);
    }

    private static String blankIsNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    public boolean isManagedSteering() {
        return managedSteering;
    }

    public void setManagedSteering(boolean managedSteering) {
        this.managedSteering = managedSteering;
    }

    public LintMode getLint() {
        return lint;
    }

    public void setLint(LintMode lint) {
        this.lint = lint;
    }

    public CamelClusterService getClusterService() {
        return clusterService;
    }

    public void setClusterService(CamelClusterService clusterService) {
        this.clusterService = clusterService;
    }

    public int getThreads() {
        return threads;
    }

    public void setThreads(int threads) {
        this.threads = Math.toIntExact(Options.positive("threads", (long) threads));
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.model.serving.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Validate records, ask a model, watch for drift, and consume what is found out. All operations of one name share a flow: one
 * definition, one set of models, one drift window.
 */
@ManagedResource(description = "Managed aiflow endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "aiflow",
        title = "AI Flow",
        syntax = "aiflow:operation:name",
        remote = false,
        category = {Category.AI, Category.VALIDATION, Category.MONITORING},
        headersClass = AiflowConstants.class)
public class AiflowEndpoint extends DefaultEndpoint implements AsyncEndpoint, MultipleConsumersSupport {

    @UriPath(
            enums = "validate,infer,drift,feedback,suggest,rollout,events,deliver",
            description = "What the step does; events and deliver start a route.")
    @Metadata(required = true)
    private String operation;

    @UriPath(description = "The flow: the name of a definition, shared by all operations of that name.")
    @Metadata(required = true)
    private String name;

    @UriParam(
            label = "producer",
            description =
                    "Resource of the flow's definition (YAML or JSON). By default NAME.yaml, NAME.yml or NAME.json"
                            + " where the component's option definitions points to; a flow with enough options needs none.")
    @Metadata(supportFileReference = true)
    private String definition;

    @UriParam(
            label = "producer",
            defaultValue = "header",
            enums = "header,body",
            description = "Where the full result goes. The other headers are set either way.")
    private String resultTo = "header";

    @UriParam(
            label = "producer",
            defaultValue = "0",
            javaType = "java.time.Duration",
            description =
                    "How long the step may take. By default (0) a step runs on the caller's thread without a limit;"
                            + " with one it runs on a thread of the component, and an answer that comes too late is discarded.")
    private long timeout;

    @UriParam(
            label = "validate",
            description =
                    "Resource of a suite of expectations, as Great Expectations writes it (JSON or YAML). Takes the"
                            + " place of the definition's suite, beside its record fields.")
    @Metadata(supportFileReference = true)
    private String suite;

    @UriParam(
            label = "validate",
            defaultValue = "record",
            enums = "record,batch,window",
            description =
                    "What is judged: record judges each record by itself; batch judges the list in the body as Great"
                            + " Expectations judges a data frame, where an expectation's mostly counts; window judges the records of"
                            + " many exchanges together and only observes: the headers tell the last window's verdict.")
    private String scope = "record";

    @UriParam(
            label = "validate",
            defaultValue = "throw",
            enums = "throw,mark,split",
            description = "What happens to invalid records: throw fails the exchange, mark only sets the headers, split"
                    + " hands on the list of the good records and puts the others in CamelAiflowRejected. The definition"
                    + " may say otherwise for all endpoints of the flow.")
    private String onInvalid;

    @UriParam(
            label = "validate",
            defaultValue = "SUMMARY",
            enums = "BOOLEAN_ONLY,BASIC,SUMMARY,COMPLETE",
            description = "How much a result tells, as in Great Expectations.")
    private String resultFormat = "SUMMARY";

    @UriParam(
            label = "validate,drift",
            defaultValue = "1",
            description =
                    "How many parts a window consists of, 1 to 16. A verdict comes with each part, about it and the ones"
                            + " before: 1 is a tumbling window, more is a sliding one. The definition may say otherwise. For"
                            + " validate it goes with scope=window.")
    private Integer panes;

    @UriParam(
            label = "validate",
            defaultValue = "false",
            description = "With scope=batch or window: whether results tell what the columns look like that schema and"
                    + " suite name: counts, distributions, frequent values. Only the full result shows them, as they are"
                    + " values of records. The definition may say otherwise.")
    private Boolean profile;

    @UriParam(
            label = "validate",
            defaultValue = "false",
            description =
                    "Whether expectations and arguments of the suite that are not known are left out, which the log"
                            + " and every result tell, instead of refused at start-up. The definition may say otherwise.")
    private Boolean ignoreUnknown;

    @UriParam(
            label = "infer",
            description = "Resource of a model file (Tribuo protobuf or ONNX). Overrides the model the definition"
                    + " serves.")
    @Metadata(supportFileReference = true)
    private String model;

    @UriParam(
            label = "infer",
            description = "Comma-separated names of the definition's models to ask instead of the one that serves: the"
                    + " first, and, if it cannot answer, the next, as a stand-in. Wrong data is wrong for all of them.")
    private String models;

    @UriParam(
            label = "infer",
            description =
                    "Comma-separated names of what feeds the model, in its order; the one-hot feature of a category"
                            + " is the field, an at sign and the category. By default taken from the definition or the model.")
    private String features;

    @UriParam(
            label = "infer",
            defaultValue = "throw",
            enums = "throw,mark",
            description =
                    "What happens if a record of a batch cannot be scored: throw fails the exchange, mark gives that"
                            + " record a prediction without output and with its error.")
    private String onError = "throw";

    @UriParam(
            label = "infer",
            defaultValue = "1",
            description =
                    "How many single records of different exchanges may share one call to a model. By default (1) each"
                            + " exchange asks by itself. Pays where a call has a cost of its own, such as a remote model's.")
    private Integer batchSize;

    @UriParam(
            label = "infer",
            defaultValue = "0",
            javaType = "java.time.Duration",
            description = "With batchSize: how long a record waits for others while the model is free, at most half of"
                    + " timeout. By default (0) it takes along only those that came while the model was busy.")
    private Long batchDelay;

    @UriParam(
            label = "drift",
            description =
                    "Resource of the reference the windows are compared with: CSV with a header row, JSON lines, or a"
                            + " stored profile.")
    @Metadata(supportFileReference = true)
    private String reference;

    @UriParam(
            label = "validate,drift,suggest",
            defaultValue = "1000",
            description = "Length of a window: a plain number is records, with a unit a time. The definition may say"
                    + " otherwise. For validate it goes with scope=window; for suggest it is a number of records.")
    private String window;

    @UriParam(
            label = "drift",
            defaultValue = "10000",
            description = "Records per false alarm on average. The definition may say otherwise.")
    private Long falseAlarms;

    @UriParam(
            label = "drift",
            defaultValue = "watch",
            enums = "watch,learn",
            description = "What the records are for: watch compares them with the reference; learn makes a reference of"
                    + " them, which the full result is and which reference: learned in the definition names.")
    private String mode;

    @UriParam(
            label = "feedback,rollout",
            defaultValue = "status",
            enums = "status,label,decisions,promote,rollBack,pause,resume",
            description =
                    "What is done. By default feedback takes the labels in the body (label) and rollout tells where"
                            + " it stands (status), which feedback does too. Of a rollout also: decisions (the audit trail);"
                            + " promote, rollBack, pause and resume decide by hand, with actor and reason from the body (a map or"
                            + " JSON); label tells how wrong answers were, with version and loss (0 to 1) from the body's"
                            + " records.")
    private String action;

    @UriParam(
            label = "consumer,events",
            description =
                    "Comma-separated kinds of events to consume: drift, validation, rollout, quality. By default all.")
    private String events;

    @UriParam(
            label = "consumer,events",
            defaultValue = "1000",
            description = "How many events may wait for the route. When there are more, the oldest is dropped and"
                    + " counted.")
    private int queueSize = 1000;

    @UriParam
    private DeliverConfiguration deliver = new DeliverConfiguration();

    AiflowEndpoint(String uri, AiflowComponent component, String operation, String name) {
        super(uri, component);
        this.operation = operation;
        this.name = name;
    }

    @Override
    public AiflowComponent getComponent() {
        return (AiflowComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() throws Exception {
        if (kind().startsRoute()) {
            throw new UnsupportedOperationException("aiflow:" + operation + " cannot be a step; use it in a from");
        }
        return new AiflowProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (!kind().startsRoute()) {
            throw new UnsupportedOperationException("aiflow:" + operation + " cannot start a route; use it in a to");
        }
        Consumer consumer = kind() == Operation.DELIVER
                ? new DeliverConsumer(this, processor)
                : new AiflowConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    /** The options that shape the flow's state, as given; endpoints of one flow must agree on them. */
    Map<String, String> flowOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("definition", definition);
        options.put("suite", suite);
        options.put("model", model);
        options.put("features", features);
        options.put("batchSize", batchSize == null ? null : batchSize.toString());
        options.put("batchDelay", batchDelay == null ? null : batchDelay.toString());
        options.put("reference", reference);
        options.put("window", window);
        options.put("panes", panes == null ? null : panes.toString());
        options.put("profile", judgesWindows() && profile != null ? profile.toString() : null);
        options.put("ignoreUnknown", ignoreUnknown == null ? null : ignoreUnknown.toString());
        options.put("mode", mode);
        options.put("falseAlarms", falseAlarms == null ? null : falseAlarms.toString());
        options.values().removeIf(value -> value == null);
        return options;
    }

    Operation kind() {
        return Operation.of(operation);
    }

    /** Whether it judges the records of many exchanges together. */
    boolean judgesWindows() {
        return kind() == Operation.VALIDATE && "window".equals(scope);
    }

    /** The models to ask in order; empty for the one that serves. */
    List<String> modelNames() {
        return Options.models(models);
    }

    /** Until when an exchange that comes now waits. */
    Deadline deadline() {
        return timeout == 0
                ? Deadline.NONE
                : Deadline.in(this, timeout, getComponent().threads()::steps);
    }

    /** Whether its records are to become a reference. */
    boolean learns() {
        return "learn".equals(mode);
    }

    boolean resultToBody() {
        return "body".equals(resultTo);
    }

    // Accessors by which Camel sets and shows the options.

    public String getOperation() {
        return operation;
    }

    public void setOperation(String operation) {
        this.operation = operation;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getDefinition() {
        return definition;
    }

    public void setDefinition(String definition) {
        this.definition = definition;
    }

    public String getResultTo() {
        return resultTo;
    }

    public void setResultTo(String resultTo) {
        this.resultTo = Options.oneOf("resultTo", resultTo, "header", "body");
    }

    public long getTimeout() {
        return timeout;
    }

    public void setTimeout(long timeout) {
        this.timeout = Options.notNegative("timeout", timeout);
    }

    public String getSuite() {
        return suite;
    }

    public void setSuite(String suite) {
        this.suite = suite;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = Options.oneOf("scope", scope, "record", "batch", "window");
    }

    public Integer getPanes() {
        return panes;
    }

    public void setPanes(Integer panes) {
        this.panes = Options.panes(panes);
    }

    public Boolean getProfile() {
        return profile;
    }

    public void setProfile(Boolean profile) {
        this.profile = profile;
    }

    public Boolean getIgnoreUnknown() {
        return ignoreUnknown;
    }

    public void setIgnoreUnknown(Boolean ignoreUnknown) {
        this.ignoreUnknown = ignoreUnknown;
    }

    public String getOnInvalid() {
        return onInvalid;
    }

    public void setOnInvalid(String onInvalid) {
        this.onInvalid = Options.oneOf("onInvalid", onInvalid, "throw", "mark", "split");
    }

    public String getResultFormat() {
        return resultFormat;
    }

    public void setResultFormat(String resultFormat) {
        this.resultFormat = Options.oneOf("resultFormat", resultFormat, "BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE");
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public String getModels() {
        return models;
    }

    public void setModels(String models) {
        Options.models(models);
        this.models = models;
    }

    public String getFeatures() {
        return features;
    }

    public void setFeatures(String features) {
        this.features = features;
    }

    public String getOnError() {
        return onError;
    }

    public void setOnError(String onError) {
        this.onError = Options.oneOf("onError", onError, "throw", "mark");
    }

    public Integer getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(Integer batchSize) {
        this.batchSize = Options.batchSize(batchSize);
    }

    public Long getBatchDelay() {
        return batchDelay;
    }

    public void setBatchDelay(Long batchDelay) {
        this.batchDelay = batchDelay == null ? null : Options.notNegative("batchDelay", batchDelay);
    }

    public String getReference() {
        return reference;
    }

    public void setReference(String reference) {
        this.reference = reference;
    }

    public String getWindow() {
        return window;
    }

    public void setWindow(String window) {
        this.window = Options.window(window);
    }

    public Long getFalseAlarms() {
        return falseAlarms;
    }

    public void setFalseAlarms(Long falseAlarms) {
        this.falseAlarms = Options.positive("falseAlarms", falseAlarms);
    }

    public String getMode() {
        return mode;
    }

    public void setMode(String mode) {
        this.mode = Options.oneOf("mode", mode, "watch", "learn");
    }

    public String getAction() {
        return action;
    }

    public void setAction(String action) {
        this.action = Options.oneOf(
                "action", action, "status", "decisions", "promote", "rollBack", "pause", "resume", "label");
    }

    public String getEvents() {
        return events;
    }

    public void setEvents(String events) {
        Options.events(events);
        this.events = events;
    }

    public int getQueueSize() {
        return queueSize;
    }

    public void setQueueSize(int queueSize) {
        this.queueSize = Math.toIntExact(Options.positive("queueSize", (long) queueSize));
    }

    public DeliverConfiguration getDeliver() {
        return deliver;
    }

    public void setDeliver(DeliverConfiguration deliver) {
        this.deliver = deliver;
    }
}

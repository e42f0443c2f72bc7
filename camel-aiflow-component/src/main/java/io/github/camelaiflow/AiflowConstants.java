package io.github.camelaiflow;

import org.apache.camel.spi.Metadata;

/** The headers that steps and events set, none of which steers a step; and exchange properties, which nothing from outside can set. */
public final class AiflowConstants {

    @Metadata(
            label = "validate",
            description = "Whether the record is valid; for a batch: all of them. Null where nothing could be judged.",
            javaType = "Boolean",
            important = true)
    public static final String VALID = "CamelAiflowValid";

    @Metadata(
            label = "validate",
            description = "The validation result: what was checked, what failed, why. Its String form is JSON without"
                    + " values.",
            javaType = "io.github.camelaiflow.validation.ValidationResult")
    public static final String VALIDATION = "CamelAiflowValidation";

    @Metadata(
            label = "validate",
            description = "With onInvalid=split: the rejected records of the batch, each with index, key and reasons.",
            javaType = "java.util.List")
    public static final String REJECTED = "CamelAiflowRejected";

    @Metadata(
            label = "suggest",
            description = "The suggested suite of expectations, as soon as there is one. Its String form is the suite's"
                    + " JSON, whose limits and categories come from values of the sample.",
            javaType = "io.github.camelaiflow.validation.suggest.SuggestedSuite")
    public static final String SUITE = "CamelAiflowSuite";

    @Metadata(
            label = "infer",
            description = "The prediction; for a batch the list of predictions in order.",
            javaType = "io.github.camelaiflow.data.Prediction",
            important = true)
    public static final String PREDICTION = "CamelAiflowPrediction";

    @Metadata(
            label = "infer",
            description = "The winning label; for a batch a list in order. Null where the model has no labels.",
            javaType = "String",
            important = true)
    public static final String LABEL = "CamelAiflowLabel";

    @Metadata(
            label = "infer",
            description = "The winning label's probability, or the regressed value; for a batch a list in order.",
            javaType = "Double",
            important = true)
    public static final String SCORE = "CamelAiflowScore";

    @Metadata(
            label = "infer",
            description = "The model's name: the flow's name; for a batch a list.",
            javaType = "String")
    public static final String MODEL = "CamelAiflowModel";

    @Metadata(
            label = "infer",
            description = "The version that answered; for a model given by model= the first 12 hex digits of its"
                    + " SHA-256. For a batch a list in order.",
            javaType = "String")
    public static final String MODEL_VERSION = "CamelAiflowModelVersion";

    @Metadata(
            label = "infer",
            description = "Who answered; for a batch a list in order.",
            javaType = "String",
            enums = "primary,canary,variant,fallback,last-good,default,cache")
    public static final String SERVED_BY = "CamelAiflowServedBy";

    @Metadata(
            label = "infer",
            description = "Unique id of the prediction, by which a later label is joined; for a batch a list in order.",
            javaType = "String")
    public static final String PREDICTION_ID = "CamelAiflowPredictionId";

    /** Exchange property, no header: for how many records of the exchange a model answered; an {@code Integer}. */
    public static final String PREDICTED = "CamelAiflowPredicted";

    @Metadata(
            label = "drift",
            description =
                    "The last evaluation's verdict. DRIFTED holds until a later window is stable, a reset, or a new"
                            + " reference.",
            javaType = "String",
            enums = "STABLE,DRIFTED,INSUFFICIENT_DATA",
            important = true)
    public static final String DRIFT = "CamelAiflowDrift";

    @Metadata(
            label = "drift",
            description = "The last evaluation's report: per feature the statistic, threshold, p value, effect size and"
                    + " sample sizes.",
            javaType = "io.github.camelaiflow.drift.DriftReport")
    public static final String DRIFT_REPORT = "CamelAiflowDriftReport";

    @Metadata(
            label = "events",
            description = "What kind of event the exchange is. What the event's result says stands in the headers that"
                    + " the steps set too.",
            javaType = "String",
            enums = "drift,validation,rollout,quality",
            important = true)
    public static final String EVENT = "CamelAiflowEvent";

    @Metadata(
            label = "rollout",
            description = "Where the rollout stands: stage, share, evidence by guardrail.",
            javaType = "io.github.camelaiflow.rollout.RolloutStatus",
            important = true)
    public static final String ROLLOUT = "CamelAiflowRollout";

    @Metadata(
            label = "rollout",
            description = "The decision made by hand, or of an event; with action=decisions the audit trail, newest"
                    + " first.",
            javaType = "io.github.camelaiflow.data.FlowResult")
    public static final String ROLLOUT_DECISION = "CamelAiflowRolloutDecision";

    @Metadata(
            label = "feedback",
            description = "What became of the label; for a batch a list in order.",
            javaType = "String",
            enums = "JOINED,WAITING,DUPLICATE,CONTRADICTION,LATE",
            important = true)
    public static final String FEEDBACK = "CamelAiflowFeedback";

    @Metadata(
            label = "feedback",
            description = "The last verdict on the model's quality. HARM holds until the model or its definition is"
                    + " another.",
            javaType = "String",
            enums = "NONE,HARM,INSUFFICIENT_DATA",
            important = true)
    public static final String QUALITY = "CamelAiflowQuality";

    @Metadata(
            label = "feedback",
            description =
                    "Quality by version, window and segment, with limits that hold at any number of looks. Its String"
                            + " form is JSON without values.",
            javaType = "io.github.camelaiflow.feedback.quality.QualityReport")
    public static final String QUALITY_REPORT = "CamelAiflowQualityReport";

    @Metadata(label = "events", description = "Name of the flow the event is of.", javaType = "String")
    public static final String FLOW = "CamelAiflowFlow";

    @Metadata(
            label = "events",
            description = "SHA-256 of the definition that was in force; null for a flow without one.",
            javaType = "String")
    public static final String DEFINITION_DIGEST = "CamelAiflowDefinitionDigest";

    /**
     * An exchange property, no header, so that nothing from outside can set it: the version or alias that infer steps without
     * {@code models=} ask instead of the one that serves. It takes no part in a rollout then.
     */
    public static final String ASKED_VERSION = "CamelAiflowAskedVersion";

    /**
     * An exchange property: where the records of the message came from, in order, a list of {@link
     * io.github.camelaiflow.delivery.Origin}. Infer derives prediction ids from it, so that a record that is delivered again gets the
     * same one.
     */
    public static final String ORIGINS = "CamelAiflowOrigins";

    /**
     * An exchange property, true where {@code aiflow:deliver} gave the batch: then each record has a decision of its own, and the body
     * ends as a list of them.
     */
    public static final String DELIVERED = "CamelAiflowDelivered";

    /** An exchange property: the key a single record had on Kafka, as its consumer read it; what goes out can keep it. */
    public static final String RECORD_KEY = "CamelAiflowRecordKey";

    /**
     * An exchange property: who decides about a rollout or a dead letter, a {@code String} or {@code java.security.Principal}. Nothing from
     * outside can set it, and where it is set what a caller says of himself does not count.
     */
    public static final String ACTOR = "CamelAiflowActor";

    private AiflowConstants() {}
}

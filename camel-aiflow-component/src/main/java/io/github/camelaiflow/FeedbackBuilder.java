package io.github.camelaiflow;

import io.github.camelaiflow.FlowParts.Part;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FeedbackSettings;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.feedback.Feedback;
import io.github.camelaiflow.feedback.FeedbackConfig;
import io.github.camelaiflow.feedback.estimate.BaselineRow;
import io.github.camelaiflow.feedback.estimate.EstimateConfig;
import io.github.camelaiflow.feedback.estimate.FieldBins;
import io.github.camelaiflow.feedback.estimate.Metric;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimator;
import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.quality.Baseline;
import io.github.camelaiflow.feedback.quality.HarmAction;
import io.github.camelaiflow.feedback.quality.HarmRule;
import io.github.camelaiflow.feedback.quality.QualityConfig;
import io.github.camelaiflow.feedback.quality.QualityMonitor;
import io.github.camelaiflow.statistics.change.ChangeDetector;
import io.github.camelaiflow.statistics.change.DetectorSettings;
import io.github.camelaiflow.statistics.change.DetectorType;
import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets a flow's feedback up as its definition says it; keeps one that is set up from the same. */
final class FeedbackBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(FeedbackBuilder.class);
    private static final long MAX_BASELINE_BYTES = 1L << 28;
    private static final int WINDOW = 1000;
    private static final long HORIZON = 1000;
    private static final double ESTIMATE_LEVEL = 0.025;
    private static final Map<String, Loss> LOSSES =
            Map.of("error", Loss.ERROR, "brier", Loss.BRIER, "log", Loss.LOG_LOSS, "absolute", Loss.ABSOLUTE_ERROR);
    private static final Map<String, HarmAction> ACTIONS =
            Map.of("report", HarmAction.NONE, "retrain", HarmAction.RETRAIN, "rollback", HarmAction.ROLL_BACK);

    private final AiflowComponent component;
    private final FlowResources resources;
    private final String name;
    private final Flow flow;

    FeedbackBuilder(AiflowComponent component, FlowResources resources, String name, Flow flow) {
        this.component = component;
        this.resources = resources;
        this.name = name;
        this.flow = flow;
    }

    Part<FeedbackLoop> feedback(FlowDefinition definition, Part<FeedbackLoop> old) {
        FeedbackSettings settings = definition.feedback();
        FeedbackSettings.Baseline section = settings.baseline();
        String resource = section.reference() == null
                ? null
                : resources.resolve(definition.place(), "feedback.baseline.reference", section.reference());
        byte[] bytes = resource == null ? null : resources.read(resource, MAX_BASELINE_BYTES);
        Schema schema = definition.schema();
        Object source = Arrays.asList(
                settings, schema, definition.store(), bytes == null ? null : Sha256.of(bytes), definition.place());
        if (old != null && old.source().equals(source)) {
            return old;
        }
        List<BaselineRow> rows = bytes == null
                ? List.of()
                : new BaselineReader(definition.place(), settings, schema).read(resource, bytes);
        Loss loss = settings.loss() == null ? Loss.ERROR : LOSSES.get(settings.loss());
        Store store = component.stores().store(definition);
        if (definition.store() == null) {
            LOG.warn(
                    "Flow {} takes feedback but has no store: answers, labels and quality end with this process", name);
        }
        return new Part<>(source, loop(definition, settings, rows, loss, store));
    }

    private FeedbackLoop loop(
            FlowDefinition definition, FeedbackSettings settings, List<BaselineRow> rows, Loss loss, Store store) {
        Schema schema = definition.schema();
        int window = settings.window() == null ? WINDOW : settings.window().records();
        FieldBins bins = bins(rows, schema);
        List<String> segments = segments(settings, schema);
        DeclaredValues values = new DeclaredValues(schema);
        Answers answers = new Answers(settings.segment(), new LinkedHashSet<>(segments), bins, values);
        LabelReader labels = new LabelReader(settings.truth(), schema.key(), loss.regression(), component.clock());
        QualityConfig config = checked(definition, () -> quality(settings, schema, segments, rows, loss, window));
        QualityMonitor monitor = new QualityMonitor(config, component.clock().withZone(ZoneOffset.UTC));
        boolean estimates = settings.estimate() != null;
        FeedbackLoop loop = new FeedbackLoop(
                flow,
                answers,
                labels,
                monitor,
                new Verdicts(store, name, rule(config)),
                estimates ? estimated(loss) : null);
        FeedbackConfig joining = joining(definition, loss);
        PerformanceEstimator estimator =
                estimates ? checked(definition, () -> estimator(settings, schema, rows)) : null;
        List<String> kept = "weighted".equals(settings.estimate()) ? fields(schema) : null;
        return loop.with(
                listener -> new Feedback(
                        name,
                        joining,
                        store,
                        component.clock(),
                        component.nodeOfRun(),
                        component.threads().evaluations(),
                        listener),
                estimator == null
                        ? null
                        : receiver -> new Estimates(
                                estimator,
                                kept,
                                values,
                                window,
                                joining.limit(),
                                component.threads().evaluations(),
                                receiver),
                bins == null ? null : new Attributions(bins, rows, loss, window));
    }

    /** All that a verdict on harm depends on but outcomes. */
    private static String rule(QualityConfig config) {
        return config.harm() + " " + config.maturity() + " " + config.minSelection() + " " + config.mostError();
    }

    private static Metric estimated(Loss loss) {
        return switch (loss) {
            case ERROR -> Metric.ERROR_RATE;
            case BRIER -> Metric.BRIER;
            default -> null;
        };
    }

    private static FeedbackConfig joining(FlowDefinition definition, Loss loss) {
        FeedbackSettings settings = definition.feedback();
        FeedbackConfig usual = FeedbackConfig.DEFAULT;
        Duration limit = settings.timeLimit() == null ? FeedbackSettings.TIME_LIMIT : settings.timeLimit();
        Duration retention = definition.store() == null || definition.store().retention() == null
                ? usual.retention()
                : definition.store().retention();
        return new FeedbackConfig(
                limit,
                usual.buffer(),
                retention.compareTo(limit) < 0 ? limit : retention,
                loss,
                settings.maxError() == null ? Double.NaN : settings.maxError());
    }

    private static QualityConfig quality(
            FeedbackSettings settings,
            Schema schema,
            List<String> segments,
            List<BaselineRow> rows,
            Loss loss,
            int window) {
        HarmRule rule = HarmRule.DEFAULT.withLoss(loss);
        if (settings.margin() != null) {
            rule = rule.withMargin(settings.margin());
        }
        if (settings.alpha() != null) {
            rule = rule.withAlpha(settings.alpha());
        }
        if (settings.onHarm() != null) {
            rule = rule.withOnHarm(ACTIONS.get(settings.onHarm()));
        }
        if (settings.estimate() != null && estimated(loss) != null) {
            rule = rule.withEstimates(ESTIMATE_LEVEL);
        }
        rule = rule.withBaseline(baseline(settings.baseline(), rows, loss));
        QualityConfig config = QualityConfig.DEFAULT
                .withHarm(rule)
                .withPositive(settings.positive())
                .withWindow(window)
                .withNames(settings.positive() == null ? List.of() : List.of(settings.positive()), segments);
        if (settings.maxError() != null) {
            config = config.withMostError(settings.maxError());
        }
        if (settings.minSelection() != null) {
            config = config.withMinSelection(settings.minSelection());
        }
        if (settings.detector() != null) {
            DetectorSettings detector = DetectorSettings.of(DetectorType.of(settings.detector()));
            config = told(config.withDetector(
                    settings.falseAlarms() == null ? detector : detector.withFalseAlarms(settings.falseAlarms())));
        }
        if (settings.maturedShare() != null) {
            return config.withMaturedShare(settings.maturedShare());
        }
        return settings.matured() == null ? config : config.withMatured(settings.matured());
    }

    /** A mean run length says little of the next day: what it means for a number of labels is told once. */
    private static QualityConfig told(QualityConfig config) {
        DetectorSettings detector = config.detector();
        ChangeDetector example = config.lossDetector();
        example.falseAlarmWithin(HORIZON)
                .ifPresentOrElse(
                        chance -> LOG.info(
                                "Detector {}: a false alarm within {} labels has a chance of at most {}",
                                detector.type().word(),
                                HORIZON,
                                chance),
                        () -> LOG.info(
                                "Detector {} promises nothing about false alarms",
                                detector.type().word()));
        return config;
    }

    private static Baseline baseline(FeedbackSettings.Baseline section, List<BaselineRow> rows, Loss loss) {
        if (section.loss() != null) {
            return Baseline.of(section.loss());
        }
        if (!rows.isEmpty()) {
            return Baseline.of(BaselineReader.losses(rows, loss));
        }
        return section.labels() == null ? HarmRule.DEFAULT.baseline() : Baseline.first(section.labels());
    }

    private static PerformanceEstimator estimator(FeedbackSettings settings, Schema schema, List<BaselineRow> rows) {
        EstimateConfig config = EstimateConfig.DEFAULT
                .withPositive(settings.positive())
                .withLevel(1 - 2 * ESTIMATE_LEVEL)
                .withFields(fields(schema));
        boolean weighted = "weighted".equals(settings.estimate());
        List<BaselineRow> usable = weighted
                ? rows
                : rows.stream()
                        .map(row -> new BaselineRow(row.scores(), row.label(), row.truth(), null))
                        .toList();
        return PerformanceEstimator.of(usable, weighted ? config : config.withFields(List.of()));
    }

    /** The fields that can be binned; {@code null} without a reference. */
    private static FieldBins bins(List<BaselineRow> rows, Schema schema) {
        List<Map<String, Object>> records = rows.stream().map(BaselineRow::row).toList();
        List<String> known = fields(schema).stream()
                .filter(field -> records.stream().anyMatch(row -> row.get(field) != null))
                .limit(FieldBins.MOST_FIELDS)
                .toList();
        return known.isEmpty() ? null : FieldBins.of(records, known);
    }

    private static List<String> fields(Schema schema) {
        return schema.fields().stream()
                .filter(field -> field.type() != FieldType.TEXT)
                .map(Field::name)
                .filter(field -> !field.equals(schema.key()))
                .toList();
    }

    private static List<String> segments(FeedbackSettings settings, Schema schema) {
        return settings.segment() == null
                ? List.of()
                : schema.field(settings.segment()).orElseThrow().values();
    }

    private static <T> T checked(FlowDefinition definition, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new DefinitionException(List.of(definition.place() + ": feedback: " + e.getMessage()));
        }
    }
}

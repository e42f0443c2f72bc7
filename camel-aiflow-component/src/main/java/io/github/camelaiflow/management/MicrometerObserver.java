package io.github.camelaiflow.management;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.rollout.evidence.Judgement;
import io.github.camelaiflow.validation.Expectation;
import io.github.camelaiflow.validation.ExpectationResult;
import io.github.camelaiflow.validation.ValidationResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;

/**
 * A flow as Micrometer meters, all tagged {@code flow}. Tags are bounded: the flow's name, outcomes, reasons; the version
 * stands only on {@code aiflow.model.info}. Loaded only where Micrometer is on the class path.
 */
final class MicrometerObserver implements FlowObserver {

    private final MeterRegistry registry;
    private final FlowStatus status;
    private final String flow;
    private final Tags tags;
    private final MultiGauge modelInfo;

    MicrometerObserver(MeterRegistry registry, FlowStatus status) {
        this.registry = registry;
        this.status = status;
        this.flow = status.name();
        this.tags = Tags.of("flow", flow);
        this.modelInfo = MultiGauge.builder("aiflow.model.info")
                .description("1 for the version that serves")
                .tags(tags)
                .register(registry);
        gauge("aiflow.rollout.share", "share of the records the version on trial answers", RolloutStatus::share);
        gauge(
                "aiflow.rollout.evidence",
                "evidence for a rollback as a part of what one needs: rolled back at 1",
                MicrometerObserver::evidence);
        gauge("aiflow.rollout.unwritten", "writings that wait for the store", RolloutStatus::unwritten);
        Gauge.builder("aiflow.quality.verdict", status, now -> verdict(now.qualityVerdict(), "HARM", "NONE"))
                .description("1 harm, 0 none, -1 not enough data to know")
                .tags(tags)
                .register(registry);
        Gauge.builder("aiflow.feedback.waiting", status, FlowStatus::waitingAnswers)
                .description("answers that wait for their label; -1 without feedback")
                .tags(tags)
                .register(registry);
        Gauge.builder("aiflow.drift.verdict", status, now -> verdict(now.driftVerdict(), "DRIFTED", "STABLE"))
                .description("1 drifted, 0 stable, -1 not enough data to know")
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<RolloutStatus> value) {
        Gauge.builder(name, status, now -> {
                    RolloutStatus rollout = now.rollout();
                    return rollout == null ? Double.NaN : value.applyAsDouble(rollout);
                })
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static double evidence(RolloutStatus rollout) {
        Judgement judgement = rollout.judgements().get(rollout.canary());
        return judgement == null ? 0 : judgement.evidence() / judgement.needed();
    }

    /** An observer on the context's meter registry; {@code null} if there is none. */
    static FlowObserver find(CamelContext context, FlowStatus status) {
        MeterRegistry registry = registry(context);
        return registry == null ? null : new MicrometerObserver(registry, status);
    }

    /** The context's meter registry; {@code null} if there is none. */
    static MeterRegistry registry(CamelContext context) {
        MeterRegistry registry = context.getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
        return registry == null ? context.getRegistry().findSingleByType(MeterRegistry.class) : registry;
    }

    @Override
    public void validated(int records, int invalid, long nanos) {
        timer("aiflow.validation.duration", tags).record(nanos, TimeUnit.NANOSECONDS);
        counter("aiflow.validation.records", tags.and("outcome", "valid")).increment((double) records - invalid);
        counter("aiflow.validation.records", tags.and("outcome", "invalid")).increment(invalid);
    }

    @Override
    public void judged(String scope, ValidationResult result) {
        for (ExpectationResult unmet : result.unmet()) {
            Tags what = of(result, unmet).and("scope", scope);
            if (unmet.counts()) {
                counter("aiflow.expectation.unexpected", what).increment(unmet.unexpectedCount());
            }
            if (!unmet.success()) {
                Tags severity =
                        Tags.of("severity", unmet.expectation().severity().toString());
                counter("aiflow.expectation.failures", what.and(severity)).increment();
            }
        }
    }

    /** Names of expectations and columns stand in the suite, so the number of meters is the suite's. */
    private Tags of(ValidationResult result, ExpectationResult one) {
        Expectation expectation = one.expectation();
        return tags.and("suite", result.suite(), "expectation", expectation.type(), "column", expectation.column());
    }

    @Override
    public void inferred(String version, ServedBy servedBy, int records, int errors, long nanos) {
        Tags role = tags.and("served.by", servedBy.toString());
        timer("aiflow.inference.duration", role).record(nanos, TimeUnit.NANOSECONDS);
        counter("aiflow.inference.records", role.and("outcome", "scored")).increment((double) records - errors);
        counter("aiflow.inference.records", role.and("outcome", "unscored")).increment(errors);
    }

    @Override
    public void failed(String operation, String reason) {
        counter("aiflow.step.failures", tags.and("operation", operation, "reason", reason))
                .increment();
    }

    @Override
    public void published(FlowEvent event) {
        counter("aiflow.events", tags.and("type", event.type().word(), "verdict", event.verdict()))
                .increment();
        if (event.result() instanceof DriftReport report) {
            counter(
                            "aiflow.drift.evaluations",
                            tags.and("verdict", report.status().name()))
                    .increment();
        } else if (event.result() instanceof ValidationResult window) {
            judged("window", window);
        }
    }

    @Override
    public void dropped(int events) {
        counter("aiflow.events.dropped", tags).increment(events);
    }

    @Override
    public void notObserved() {
        counter("aiflow.drift.not.observed", tags).increment();
    }

    @Override
    public void shadowed(String version, int records, int errors) {
        counter("aiflow.shadow.records", tags.and("outcome", "answered")).increment((double) records - errors);
        counter("aiflow.shadow.records", tags.and("outcome", "failed")).increment(errors);
    }

    @Override
    public void shadowDropped(int records) {
        counter("aiflow.shadow.records", tags.and("outcome", "dropped")).increment(records);
    }

    @Override
    public void labelled(String outcome, int labels) {
        counter("aiflow.feedback.labels", tags.and("outcome", outcome)).increment(labels);
    }

    @Override
    public void notTracked(int answers) {
        counter("aiflow.feedback.not.tracked", tags).increment(answers);
    }

    @Override
    public void serving(String version, String digest) {
        Tags model = Tags.of("version", version, "digest", digest == null ? "" : digest.substring(0, 12));
        modelInfo.register(List.of(MultiGauge.Row.of(model, 1)), true);
    }

    /** Removes the flow's meters, so that a flow set up later is not shown with the values of this one. */
    @Override
    public void close() {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("aiflow."))
                // records and dead letters are accounted for by routes, which outlive the flow's set-up
                .filter(meter -> !meter.getId().getName().startsWith("aiflow.delivery."))
                .filter(meter -> !meter.getId().getName().startsWith("aiflow.dead.letters"))
                .filter(meter -> flow.equals(meter.getId().getTag("flow")))
                .toList()
                .forEach(registry::remove);
    }

    private static int verdict(String verdict, String one, String zero) {
        if (one.equals(verdict)) {
            return 1;
        }
        return zero.equals(verdict) ? 0 : -1;
    }

    private Timer timer(String name, Tags timerTags) {
        return registry.timer(name, timerTags);
    }

    private Counter counter(String name, Tags counterTags) {
        return registry.counter(name, counterTags);
    }
}

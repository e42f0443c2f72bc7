package io.github.camelaiflow.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;

/**
 * A delivering route as Micrometer meters, tagged {@code route}, {@code flow} and {@code mode}; never a partition, of which there may be
 * many. Loaded only where Micrometer is on the class path.
 */
final class MicrometerDelivery implements DeliveryMeters {

    private final MeterRegistry registry;
    private final DeliveryStatus status;
    private final Tags tags;
    private final List<Meter> meters = new CopyOnWriteArrayList<>();

    private MicrometerDelivery(MeterRegistry registry, DeliveryStatus status) {
        this.registry = registry;
        this.status = status;
        // a route that never commits must become conspicuous, too
        Instant start = status.now();
        this.tags = Tags.of("route", status.route(), "flow", status.flow(), "mode", status.mode());
        counter("aiflow.delivery.taken", "records that entered", tags, DeliveryStatus::taken);
        outcome("decision", DeliveryStatus::decisions);
        outcome("dead-letter", DeliveryStatus::deadLetters);
        outcome("returned", DeliveryStatus::returned);
        gauge("aiflow.delivery.gap", "records of which nothing is known: must be 0", null, DeliveryStatus::gap);
        gauge("aiflow.delivery.pending", "records that have no outcome yet", null, DeliveryStatus::pending);
        gauge(
                "aiflow.delivery.commit.age",
                "time since outcomes were last made visible, or since the start before the first",
                "seconds",
                now -> ManagedDelivery.seconds(now.lastCommit() == null ? start : now.lastCommit(), now.now(), 0));
        if (status.details().hasOutbox()) {
            outbox("aiflow.outbox.waiting", "messages that wait to be sent", null, (now, figures) -> figures.waiting());
            outbox(
                    "aiflow.outbox.oldest.age",
                    "time since the oldest message that waits was written; 0 if none does",
                    "seconds",
                    ManagedDelivery::oldest);
        }
    }

    private void outbox(
            String name, String description, String unit, ToDoubleBiFunction<DeliveryStatus, OutboxFigures> value) {
        gauge(name, description, unit, now -> now.details()
                .outbox()
                .map(figures -> value.applyAsDouble(now, figures))
                .orElse(Double.NaN));
    }

    /** Meters on the context's registry; {@code null} if there is none. */
    static DeliveryMeters find(CamelContext context, DeliveryStatus status) {
        MeterRegistry registry = MicrometerObserver.registry(context);
        return registry == null ? null : new MicrometerDelivery(registry, status);
    }

    private void outcome(String outcome, ToDoubleFunction<DeliveryStatus> value) {
        counter("aiflow.delivery.records", "records by their outcome", tags.and("outcome", outcome), value);
    }

    private void counter(String name, String description, Tags of, ToDoubleFunction<DeliveryStatus> value) {
        meters.add(FunctionCounter.builder(name, status, value)
                .description(description)
                .tags(of)
                .register(registry));
    }

    private void gauge(String name, String description, String unit, ToDoubleFunction<DeliveryStatus> value) {
        meters.add(Gauge.builder(name, status, value)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry));
    }

    @Override
    public void failed(String stage) {
        noted(registry.counter("aiflow.delivery.failures", tags.and("stage", stage)))
                .increment();
    }

    @Override
    public void recovered(Duration after) {
        noted(registry.timer("aiflow.delivery.recovery", tags)).record(after);
    }

    private <M extends Meter> M noted(M meter) {
        if (!meters.contains(meter)) {
            meters.add(meter);
        }
        return meter;
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}

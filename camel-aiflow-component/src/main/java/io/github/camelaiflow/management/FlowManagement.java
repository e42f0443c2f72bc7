package io.github.camelaiflow.management;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a flow's observers what it does: its MBean, health check and meters, as far as the Camel context has these, and whoever
 * else wants to know. Thread-safe.
 */
public final class FlowManagement implements FlowObserver {

    private static final Logger LOG = LoggerFactory.getLogger(FlowManagement.class);
    private static final String TYPE = "aiflow";
    private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private final CamelContext context;
    private final FlowStatus status;
    private final boolean steering;
    private final FlowCounters counters = new FlowCounters();
    private final List<FlowObserver> observers = new CopyOnWriteArrayList<>(List.of(counters));
    private final FlowHealthCheck healthCheck;
    private final AtomicBoolean registered = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * Counts what the flow does; nothing is to be seen of it before {@link #register()}.
     *
     * @param steering whether its rollout can be steered by JMX
     */
    public FlowManagement(CamelContext context, FlowStatus status, boolean steering) {
        this.context = context;
        this.status = status;
        this.steering = steering;
        this.healthCheck = new FlowHealthCheck(status);
    }

    /** Registers once what can be; what fails is logged and left out, because a flow runs without being watched. */
    public void register() {
        if (!registered.compareAndSet(false, true)) {
            return;
        }
        ManagedObjects.register(context, TYPE, status.name(), new ManagedFlow(status, counters, steering));
        registerHealthCheck();
        if (hasMicrometer(context)) {
            FlowObserver meters = MicrometerObserver.find(context, status);
            if (meters != null) {
                observers.add(meters);
            }
        }
    }

    /** Has the observer told from now on. */
    public void add(FlowObserver observer) {
        observers.add(observer);
    }

    /** Has the observer told no more. */
    public void remove(FlowObserver observer) {
        observers.remove(observer);
    }

    private void registerHealthCheck() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        if (registry != null) {
            healthCheck.setCamelContext(context);
            registry.unregister(healthCheck);
            registry.register(healthCheck);
        }
    }

    static boolean hasMicrometer(CamelContext context) {
        return context.getClassResolver().resolveClass(METER_REGISTRY) != null;
    }

    /** A flow runs whether or not it can be watched. */
    private void tell(Consumer<FlowObserver> event) {
        for (FlowObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (RuntimeException e) {
                if (complained.compareAndSet(false, true)) {
                    LOG.warn("An observer of flow {} fails, its figures are incomplete", status.name(), e);
                }
            }
        }
    }

    @Override
    public void close() {
        tell(FlowObserver::close);
        if (!registered.get()) {
            return;
        }
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        if (registry != null) {
            registry.unregister(healthCheck);
        }
        ManagedObjects.unregister(context, TYPE, status.name());
    }

    @Override
    public void validated(int records, int invalid, long nanos) {
        tell(observer -> observer.validated(records, invalid, nanos));
    }

    @Override
    public void judged(String scope, ValidationResult result) {
        tell(observer -> observer.judged(scope, result));
    }

    @Override
    public void inferred(String version, ServedBy servedBy, int records, int errors, long nanos) {
        tell(observer -> observer.inferred(version, servedBy, records, errors, nanos));
    }

    @Override
    public void failed(String operation, String reason) {
        tell(observer -> observer.failed(operation, reason));
    }

    @Override
    public void published(FlowEvent event) {
        tell(observer -> observer.published(event));
    }

    @Override
    public void dropped(int events) {
        tell(observer -> observer.dropped(events));
    }

    @Override
    public void notObserved() {
        tell(FlowObserver::notObserved);
    }

    @Override
    public void shadowed(String version, int records, int errors) {
        tell(observer -> observer.shadowed(version, records, errors));
    }

    @Override
    public void shadowDropped(int records) {
        tell(observer -> observer.shadowDropped(records));
    }

    @Override
    public void labelled(String outcome, int labels) {
        tell(observer -> observer.labelled(outcome, labels));
    }

    @Override
    public void notTracked(int answers) {
        tell(observer -> observer.notTracked(answers));
    }

    @Override
    public void serving(String version, String digest) {
        tell(observer -> observer.serving(version, digest));
    }
}

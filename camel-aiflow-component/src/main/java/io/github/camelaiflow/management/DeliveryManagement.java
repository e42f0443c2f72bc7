package io.github.camelaiflow.management;

import java.time.Duration;
import org.apache.camel.CamelContext;

/**
 * Shows operators what becomes of a route's records: an MBean, and meters where the Camel context has a meter registry. Never throws
 * for want of either. Thread-safe.
 */
public final class DeliveryManagement implements AutoCloseable {

    private static final String TYPE = "aiflow-delivery";

    private final CamelContext context;
    private final DeliveryStatus status;
    private final DeliveryMeters meters;

    private DeliveryManagement(CamelContext context, DeliveryStatus status, DeliveryMeters meters) {
        this.context = context;
        this.status = status;
        this.meters = meters;
    }

    /** Shows the route until {@link #close()}, in place of one of the same id. */
    public static DeliveryManagement register(CamelContext context, DeliveryStatus status) {
        ManagedObjects.register(context, TYPE, status.route(), new ManagedDelivery(status));
        DeliveryMeters meters = FlowManagement.hasMicrometer(context) ? MicrometerDelivery.find(context, status) : null;
        return new DeliveryManagement(context, status, meters);
    }

    /** A batch or record failed and is to be tried again. {@code stage} is one of few words. */
    public void failed(String stage) {
        if (meters != null) {
            meters.failed(stage);
        }
    }

    /** The route works again after a failure, so long after it began. */
    public void recovered(Duration after) {
        if (meters != null) {
            meters.recovered(after);
        }
    }

    /** Shows the route no more. */
    @Override
    public void close() {
        ManagedObjects.unregister(context, TYPE, status.route());
        if (meters != null) {
            meters.close();
        }
    }
}

package io.github.camelaiflow.management;

import java.time.Duration;
import java.time.Instant;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/**
 * A delivering route as JMX shows it, under {@code org.apache.camel:context=…,type=aiflow-delivery,name="ROUTE"}. Public because
 * JMX needs it so; read only.
 */
@ManagedResource(description = "What became of the records that entered a route")
public final class ManagedDelivery {

    private final DeliveryStatus status;

    ManagedDelivery(DeliveryStatus status) {
        this.status = status;
    }

    @ManagedAttribute(description = "Id of the route")
    public String getRoute() {
        return status.route();
    }

    @ManagedAttribute(description = "Name of the flow; empty if it is not known")
    public String getFlow() {
        return status.flow();
    }

    @ManagedAttribute(description = "exactly-once, at-least-once, database, or camel for a plain Camel route")
    public String getMode() {
        return status.mode();
    }

    @ManagedAttribute(description = "Records that entered, those that came again too")
    public long getTakenRecords() {
        return status.taken();
    }

    @ManagedAttribute(description = "Records decided")
    public long getDecisions() {
        return status.decisions();
    }

    @ManagedAttribute(description = "Records that became dead letters")
    public long getDeadLetters() {
        return status.deadLetters();
    }

    @ManagedAttribute(description = "Records given back without an outcome")
    public long getReturnedRecords() {
        return status.returned();
    }

    @ManagedAttribute(description = "Records that have no outcome yet")
    public long getPendingRecords() {
        return status.pending();
    }

    @ManagedAttribute(description = "Records of which nothing is known: must be 0")
    public long getConservationGap() {
        return status.gap();
    }

    @ManagedAttribute(description = "Times that a batch or record failed and was to be tried again")
    public long getFailures() {
        return status.failures();
    }

    @ManagedAttribute(description = "Seconds since outcomes were last made visible; -1 if they never were")
    public double getSecondsSinceLastCommit() {
        return seconds(status.lastCommit(), status.now(), -1);
    }

    /** Seconds between the times, not less than 0; what else is said if there is no first one. */
    static double seconds(Instant from, Instant to, double none) {
        return from == null ? none : Math.max(0, Duration.between(from, to).toMillis() / 1e3);
    }
}

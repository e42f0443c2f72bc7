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

    @ManagedAttribute(description = "How each thread stands; none of a plain route")
    public String[] getThreads() {
        return status.details().threads().toArray(String[]::new);
    }

    @ManagedAttribute(
            description = "Messages that wait in the flow's outbox; -1 without one, or while the store is away")
    public long getOutboxWaiting() {
        return status.details().outbox().map(OutboxFigures::waiting).orElse(-1L);
    }

    @ManagedAttribute(
            description =
                    "Seconds since the oldest of them was written; 0 if none waits, -1 without an outbox, or while the store is away")
    public double getOutboxOldestSeconds() {
        return status.details().outbox().map(now -> oldest(status, now)).orElse(-1.0);
    }

    @ManagedAttribute(description = "Who sends the flow's outbox, or what keeps it from being sent; empty without one")
    public String getOutboxSending() {
        return status.details().sending();
    }

    /** Age of the oldest message that waits, in seconds; 0 if none does. */
    static double oldest(DeliveryStatus status, OutboxFigures figures) {
        return seconds(figures.oldest(), status.now(), 0);
    }

    /** Seconds between the times, not less than 0; what else is said if there is no first one. */
    static double seconds(Instant from, Instant to, double none) {
        return from == null ? none : Math.max(0, Duration.between(from, to).toMillis() / 1e3);
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.delivery.kafka.KafkaDelivery;
import io.github.camelaiflow.delivery.kafka.ThreadStatus;
import io.github.camelaiflow.delivery.outbox.OutboxRelay;
import io.github.camelaiflow.management.DeliveryDetails;
import io.github.camelaiflow.management.OutboxFigures;
import io.github.camelaiflow.store.Outbox;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the threads of a delivering route stand, and the outbox it sends, which is looked at now and then, so that whoever wants figures does not wait
 * for the store. Thread-safe.
 */
final class DeliverDetails implements DeliveryDetails, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverDetails.class);
    private static final long PERIOD_SECONDS = 5;

    private final CamelContext context;
    private final boolean hasOutbox;
    private volatile KafkaDelivery delivery;
    private volatile OutboxRelay relay;
    private volatile OutboxFigures figures;
    private ScheduledExecutorService timer;

    /** @param hasOutbox whether {@link #watch} is to be called */
    DeliverDetails(CamelContext context, boolean hasOutbox) {
        this.context = context;
        this.hasOutbox = hasOutbox;
    }

    void watch(KafkaDelivery delivering) {
        delivery = delivering;
    }

    void watch(Outbox outbox, OutboxRelay relaying) {
        relay = relaying;
        timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "aiflow-outbox-watch");
        timer.scheduleWithFixedDelay(() -> look(outbox), 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void look(Outbox outbox) {
        try {
            Outbox.Backlog backlog = outbox.backlog();
            figures = new OutboxFigures(backlog.waiting(), backlog.oldest().orElse(null));
        } catch (RuntimeException | Error e) {
            // The relay warns of a store that is away
            LOG.debug("The outbox cannot be counted for now", e);
            figures = null;
        }
    }

    @Override
    public List<String> threads() {
        KafkaDelivery delivering = delivery;
        return delivering == null
                ? List.of()
                : delivering.status().stream().map(DeliverDetails::line).toList();
    }

    private static String line(ThreadStatus thread) {
        String partitions = thread.partitions().stream()
                .map(partition -> partition.topic() + "-" + partition.number())
                .collect(Collectors.joining(" "));
        return thread.thread() + ": " + thread.state() + ", partitions " + (partitions.isEmpty() ? "none" : partitions)
                + ", last commit " + (thread.lastCommit() == null ? "never" : thread.lastCommit())
                + ", failures " + thread.failures()
                + (thread.lastFailure() == null ? "" : " (" + thread.lastFailure() + ")");
    }

    @Override
    public boolean hasOutbox() {
        return hasOutbox;
    }

    @Override
    public Optional<OutboxFigures> outbox() {
        return Optional.ofNullable(figures);
    }

    @Override
    public String sending() {
        OutboxRelay relaying = relay;
        if (relaying == null) {
            return "";
        }
        OutboxRelay.Status status = relaying.status();
        if (status.failure() != null) {
            return "fails: " + status.failure();
        }
        return status.active() ? "this route, " + status.sent() + " since its start" : "another route or node";
    }

    /** Looks no more. */
    @Override
    public void close() {
        if (timer != null) {
            context.getExecutorServiceManager().shutdownNow(timer);
        }
    }
}

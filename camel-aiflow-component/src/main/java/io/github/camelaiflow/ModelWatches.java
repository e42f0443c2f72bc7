package io.github.camelaiflow;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the flows look at their models now and then, on a thread of the component. Thread-safe. */
final class ModelWatches {

    private static final Logger LOG = LoggerFactory.getLogger(ModelWatches.class);

    private final Supplier<ScheduledExecutorService> thread;
    private final Map<Flow, Watched> watched = new HashMap<>();

    ModelWatches(Supplier<ScheduledExecutorService> thread) {
        this.thread = thread;
    }

    private record Watched(Duration period, ScheduledFuture<?> looks) {}

    /** Has the flow look so often from now on; {@code null} for never. */
    synchronized void watch(Flow flow, Duration period) {
        Watched before = watched.get(flow);
        if (before != null && before.period().equals(period)) {
            return;
        }
        if (before != null) {
            before.looks().cancel(false);
            watched.remove(flow);
        }
        if (period != null) {
            long millis = Math.max(1, period.toMillis());
            watched.put(
                    flow,
                    new Watched(
                            period,
                            thread.get()
                                    .scheduleWithFixedDelay(() -> look(flow), millis, millis, TimeUnit.MILLISECONDS)));
        }
    }

    /** The thread is gone; flows that are set up again start anew. */
    synchronized void stop() {
        watched.clear();
    }

    private static void look(Flow flow) {
        try {
            flow.reloadIfModelsChanged();
        } catch (RuntimeException | Error e) {
            LOG.warn("Flow {} could not look for changed models", flow.name(), e);
        }
    }
}

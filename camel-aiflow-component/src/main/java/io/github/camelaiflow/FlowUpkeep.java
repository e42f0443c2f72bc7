package io.github.camelaiflow;

import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.LearnedProfile;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import io.github.camelaiflow.validation.WindowValidator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a flow does by the clock ({@link Ticks}), each kind on a thread of its own. */
final class FlowUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(FlowUpkeep.class);
    /** How long what was delivered is kept if the definition doesn't say. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final Flow flow;
    private final Stores stores;
    private final InstantSource clock;
    private Instant pruned;

    FlowUpkeep(Flow flow, Stores stores, InstantSource clock) {
        this.flow = flow;
        this.stores = stores;
        this.clock = clock;
    }

    /** Judges windows of time that are over though no record came since. */
    void windows() {
        with(FlowParts::windows, WindowValidator::tick);
    }

    /** Ends windows of drift whose time is over, and keeps open ones. */
    void drift() {
        with(FlowParts::drift, DriftMonitor::tick);
    }

    /** Saves what was learned. */
    void learned() {
        with(FlowParts::learned, this::save);
    }

    void save(LearnedProfile learned) {
        try {
            learned.save();
        } catch (StoreException e) {
            LOG.warn("Flow {} keeps what it learned until its store is back: {}", flow.name(), e.getMessage());
        }
    }

    /** Lets answers and labels meet. */
    void feedback() {
        with(FlowParts::feedback, FeedbackLoop::tick);
    }

    /** Has the rollout share what it knows, and decide. */
    void rollout() {
        with(FlowParts::split, trial -> {
            trial.rollout().tick(flow.leads());
            prune(trial);
        });
    }

    /** Now and then, many times within the time that things are kept. */
    private void prune(Trial trial) {
        Instant time = clock.instant();
        if (pruned == null
                || Duration.between(pruned, time)
                                .abs()
                                .compareTo(trial.retention().dividedBy(100))
                        > 0) {
            pruned = time;
            trial.rollout().prune(time.minus(trial.retention()));
        }
    }

    /** Deletes decisions, sent messages and ended dead letters that were kept for their time. */
    void store() {
        FlowParts now = flow.parts();
        if (flow.closed() || now == null) {
            return;
        }
        FlowDefinition.Store section = now.definition().store();
        Duration retention = section == null || section.retention() == null ? KEPT : section.retention();
        Instant before = clock.instant().minus(retention);
        Store store = stores.store(now.definition());
        store.deliveries(flow.name()).prune(before);
        store.outbox(flow.name()).prune(before);
        store.deadLetters(flow.name()).prune(before);
    }

    private <T> void with(Function<FlowParts, FlowParts.Part<T>> what, Consumer<T> work) {
        FlowParts now = flow.parts();
        FlowParts.Part<T> part = flow.closed() || now == null ? null : what.apply(now);
        if (part != null) {
            work.accept(part.value());
        }
    }
}

package io.github.camelaiflow;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What flows do by the clock, each kind on a thread of its own from the first flow that wants it on. Thread-safe. */
final class Ticks {

    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);

    /** A kind of thing done by the clock. A store that hangs delays only the kinds that wait for it. */
    enum Kind {
        /** Windows of time end though no record comes. */
        WINDOWS(
                "aiflow-windows",
                500,
                parts -> parts.windows() != null && parts.windows().value().timed(),
                FlowUpkeep::windows,
                "end its window"),
        /** Rollouts share evidence and decide. */
        ROLLOUT("aiflow-rollout", 1000, parts -> parts.split() != null, FlowUpkeep::rollout, "look after its rollout"),
        /** Windows of drift end though no record comes, and open ones are kept. */
        DRIFT(
                "aiflow-drift",
                1000,
                parts -> parts.drift() != null,
                FlowUpkeep::drift,
                "look after its windows of drift"),
        /** What is learned is saved. */
        LEARNED(
                "aiflow-learned",
                10_000,
                parts -> parts.learned() != null,
                FlowUpkeep::learned,
                "save what it learned"),
        /** Predictions and labels meet, and quality is judged. */
        FEEDBACK(
                "aiflow-feedback",
                250,
                parts -> parts.feedback() != null,
                FlowUpkeep::feedback,
                "look after its feedback"),
        /** Decisions, sent messages and ended dead letters are kept for their time only; started by what writes them. */
        STORE("aiflow-store", 600_000, parts -> false, FlowUpkeep::store, "delete what its store has kept long enough");

        private final String thread;
        private final Duration period;
        private final Predicate<FlowParts> wanted;
        private final Consumer<FlowUpkeep> task;
        private final String what;

        Kind(String thread, long millis, Predicate<FlowParts> wanted, Consumer<FlowUpkeep> task, String what) {
            this.thread = thread;
            this.period = Duration.ofMillis(millis);
            this.wanted = wanted;
            this.task = task;
            this.what = what;
        }
    }

    private final Threads threads;
    private final Collection<Flow> flows;
    private final Set<Kind> started = EnumSet.noneOf(Kind.class);

    /** @param flows all there are, as they come and go */
    Ticks(Threads threads, Collection<Flow> flows) {
        this.threads = threads;
        this.flows = flows;
    }

    /** Starts what such a flow needs. */
    void start(FlowParts parts) {
        for (Kind kind : Kind.values()) {
            if (kind.wanted.test(parts)) {
                start(kind);
            }
        }
    }

    synchronized void start(Kind kind) {
        if (started.add(kind)) {
            threads.tick(kind.thread, kind.period, () -> tick(kind));
        }
    }

    synchronized boolean started(Kind kind) {
        return started.contains(kind);
    }

    private void tick(Kind kind) {
        for (Flow flow : flows) {
            try {
                kind.task.accept(flow.upkeep());
            } catch (RuntimeException | Error e) {
                LOG.warn("Flow {} could not {}", flow.name(), kind.what, e);
            }
        }
    }

    synchronized void stop() {
        started.clear();
    }
}

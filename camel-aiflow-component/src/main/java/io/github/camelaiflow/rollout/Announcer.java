package io.github.camelaiflow.rollout;

import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of decisions, each once, one at a time, in order, under no lock. What it throws is logged. */
final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final int REMEMBERED = 100;

    private final Consumer<RolloutDecision> listener;
    private final Queue<RolloutDecision> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final Set<String> told = new LinkedHashSet<>();

    Announcer(Consumer<RolloutDecision> listener) {
        this.listener = listener;
    }

    /** Adds a decision, unless it was. Called by one thread at a time. */
    void add(RolloutDecision decision) {
        if (told.add(decision.id())) {
            queue.add(decision);
        }
        if (told.size() > REMEMBERED) {
            told.remove(told.iterator().next());
        }
    }

    /** Tells what was added; returns at once if another thread, or this one further up, is at it and will. */
    void tell() {
        while (!queue.isEmpty() && telling.compareAndSet(false, true)) {
            try {
                tellAll();
            } finally {
                telling.set(false);
            }
        }
    }

    private void tellAll() {
        for (RolloutDecision next = queue.poll(); next != null; next = queue.poll()) {
            try {
                listener.accept(next);
            } catch (RuntimeException e) {
                LOG.warn("The listener failed that was told of rollout decision {}", next.id(), e);
            }
        }
    }
}

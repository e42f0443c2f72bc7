package io.github.camelaiflow;

import io.github.camelaiflow.management.FlowEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events on one at a time and in order, on another thread than they come from. As many as its capacity wait at most: when
 * one more comes, the oldest is dropped. Whoever adds an event never waits for one to be taken. Thread-safe.
 */
final class EventDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);

    private final Queue<FlowEvent> waiting = new ArrayDeque<>();
    private final int capacity;
    private final Executor executor;
    private final Consumer<FlowEvent> receiver;
    private boolean delivering;
    private boolean held;
    private boolean closed;

    /**
     * @param capacity how many events may wait
     * @param executor runs the delivery, one task at a time
     * @param receiver takes the events; what it throws is logged
     */
    EventDelivery(int capacity, Executor executor, Consumer<FlowEvent> receiver) {
        this.capacity = capacity;
        this.executor = executor;
        this.receiver = receiver;
    }

    /** Adds an event, or nothing once closed; how many were dropped for it, 0 or 1. */
    synchronized int add(FlowEvent event) {
        if (closed) {
            return 0;
        }
        int dropped = 0;
        if (waiting.size() == capacity) {
            waiting.remove();
            dropped = 1;
        }
        waiting.add(event);
        deliver();
        return dropped;
    }

    /** Delivers no more until {@link #release()}; events go on to be taken in. */
    synchronized void hold() {
        held = true;
    }

    /** Delivers again. */
    synchronized void release() {
        held = false;
        deliver();
    }

    /** How many events will yet be delivered, the one on its way among them; those held back don't count. */
    synchronized int pending() {
        return (delivering ? 1 : 0) + (held ? 0 : waiting.size());
    }

    /** Takes no more events; how many still waited and are dropped. */
    synchronized int close() {
        closed = true;
        int dropped = waiting.size();
        waiting.clear();
        return dropped;
    }

    private void deliver() {
        if (!delivering && !held && !waiting.isEmpty()) {
            delivering = true;
            executor.execute(this::run);
        }
    }

    private void run() {
        for (FlowEvent event = next(); event != null; event = next()) {
            try {
                receiver.accept(event);
            } catch (Throwable e) {
                LOG.error("{} could not be delivered", event, e);
            }
        }
    }

    private synchronized FlowEvent next() {
        FlowEvent event = held ? null : waiting.poll();
        delivering = event != null;
        return event;
    }
}

package io.github.camelaiflow;

import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.evidence.Observation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks versions that have no say for records that were answered, on another thread, and tells the rollout both answers. A record
 * that finds the queue full is dropped and counted. Never fails or delays the exchange beyond a copy of its record. Thread-safe.
 */
final class Shadows {

    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final int AT_ONCE = 64;

    private final Flow flow;
    private final List<String> versions;
    private final Rollout rollout;
    private final int capacity;
    private final Executor executor;
    private final Queue<Job> waiting = new ArrayDeque<>();
    private boolean working;
    private volatile boolean closed;
    private boolean complained;

    /** A record and what the version that serves made of it. */
    private record Job(Map<String, Object> row, Observation served) {}

    Shadows(Flow flow, List<String> versions, Rollout rollout, int capacity, Executor executor) {
        this.flow = flow;
        this.versions = versions;
        this.rollout = rollout;
        this.capacity = capacity;
        this.executor = executor;
    }

    /** Has the versions asked for the record later. The record is copied, for a route may change what it holds. */
    void ask(Map<String, Object> row, Observation served) {
        if (closed) {
            return;
        }
        Job job = new Job(new LinkedHashMap<>(row), served);
        synchronized (waiting) {
            if (waiting.size() >= capacity) {
                flow.observer().shadowDropped(1);
                return;
            }
            waiting.add(job);
            if (working) {
                return;
            }
            working = true;
        }
        start();
    }

    private void start() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                flow.observer().shadowDropped(waiting.size());
                waiting.clear();
                working = false;
            }
        }
    }

    /** Some at a time, so that flows share the thread. */
    private void work() {
        List<Job> jobs = new ArrayList<>();
        synchronized (waiting) {
            while (!waiting.isEmpty() && jobs.size() < AT_ONCE) {
                jobs.add(waiting.remove());
            }
            if (jobs.isEmpty()) {
                working = false;
                return;
            }
        }
        try {
            versions.forEach(version -> compare(version, jobs));
        } finally {
            start();
        }
    }

    private void compare(String version, List<Job> jobs) {
        int alone = perCall(version) ? 1 : jobs.size();
        for (Job job : jobs.subList(0, alone)) {
            compare(version, List.of(job), false);
        }
        if (alone < jobs.size()) {
            compare(version, jobs.subList(alone, jobs.size()), true);
        }
    }

    /** Whether several records are to be asked for in one call. */
    private boolean perCall(String version) {
        try {
            return flow.withParts(parts -> parts.model(version).inUse().model().effort()) == Model.Effort.PER_CALL;
        } catch (ModelException e) {
            return true;
        }
    }

    /** @param shared whether a call before tells whether such calls fail: the version that serves is not asked for so many at once */
    private void compare(String version, List<Job> jobs, boolean shared) {
        List<Map<String, Object>> rows = jobs.stream().map(Job::row).toList();
        List<Outcome> outcomes;
        try {
            outcomes = flow.withParts(parts ->
                    parts.model(version).predict(new ModelInput.Rows(rows)).outcomes());
        } catch (RuntimeException | Error e) {
            if (!(e instanceof ModelException)) {
                complain(version, e);
            }
            failed(version, jobs, new Observation(true, false, Double.NaN, Double.NaN, null), shared);
            return;
        }
        for (int i = 0; i < jobs.size(); i++) {
            paired(version, jobs.get(i), Arms.observation(outcomes.get(i), Double.NaN), shared);
        }
        flow.observer().shadowed(version, jobs.size(), 0);
    }

    private void failed(String version, List<Job> jobs, Observation failed, boolean shared) {
        flow.observer().shadowed(version, jobs.size(), jobs.size());
        if (!closed && !flow.closed()) {
            jobs.forEach(job -> paired(version, job, failed, shared));
        }
    }

    private void paired(String version, Job job, Observation shadow, boolean shared) {
        rollout.paired(version, job.served(), shared ? shadow.ofSharedCall() : shadow);
    }

    private void complain(String version, Throwable e) {
        if (!complained) {
            complained = true;
            LOG.warn(
                    "Flow {}: shadow {} fails with {}, its comparison is incomplete",
                    flow.name(),
                    version,
                    e.getClass());
        }
    }

    /** Takes no more, and drops what waits. */
    void close() {
        closed = true;
        synchronized (waiting) {
            waiting.clear();
        }
    }
}

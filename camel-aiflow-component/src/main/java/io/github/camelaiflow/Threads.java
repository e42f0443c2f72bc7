package io.github.camelaiflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** The component's threads, made when they are first needed. Thread-safe. */
final class Threads {

    private static final int QUEUED_STEPS = 1000;
    private static final int REMOTE_THREADS = 64;

    private final AiflowComponent component;
    private final List<ExecutorService> all = new ArrayList<>();
    private ExecutorService steps;
    private ExecutorService remotes;
    private ExecutorService evaluations;
    private ExecutorService shadows;
    private ScheduledExecutorService watch;

    Threads(AiflowComponent component) {
        this.component = component;
    }

    /** The threads of steps with a timeout; a full queue rejects. */
    synchronized ExecutorService steps() {
        if (steps == null) {
            steps = pool("aiflow-step", component.getThreads(), QUEUED_STEPS);
        }
        return steps;
    }

    /** The threads on which others are asked; none waits in a queue, so that a deadline is all the call's. */
    synchronized ExecutorService remotes() {
        if (remotes == null) {
            remotes = pool("aiflow-remote", REMOTE_THREADS, 0);
        }
        return remotes;
    }

    private ExecutorService pool(String name, int threads, int queued) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setMaxQueueSize(queued);
        profile.setAllowCoreThreadTimeOut(queued == 0);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return kept(manager().newThreadPool(component, name, profile));
    }

    /** The one thread on which windows are evaluated. */
    synchronized ExecutorService evaluations() {
        if (evaluations == null) {
            evaluations = kept(manager().newSingleThreadExecutor(component, "aiflow-evaluation"));
        }
        return evaluations;
    }

    /** The one thread on which shadows are asked. */
    synchronized ExecutorService shadows() {
        if (shadows == null) {
            shadows = kept(manager().newSingleThreadExecutor(component, "aiflow-shadow"));
        }
        return shadows;
    }

    /** Does something again and again, on a thread of its own. */
    synchronized void tick(String name, Duration period, Runnable task) {
        ScheduledExecutorService ticks = kept(manager().newScheduledThreadPool(component, name, 1));
        ticks.scheduleWithFixedDelay(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The one thread that looks for changed definitions and models. */
    synchronized ScheduledExecutorService watch() {
        if (watch == null) {
            watch = manager().newScheduledThreadPool(component, "aiflow-watch", 1);
        }
        return watch;
    }

    synchronized void stopWatch() {
        if (watch != null) {
            manager().shutdownNow(watch);
            watch = null;
        }
    }

    synchronized void stop() {
        stopWatch();
        all.forEach(manager()::shutdownNow);
        all.clear();
        steps = null;
        remotes = null;
        evaluations = null;
        shadows = null;
    }

    private <T extends ExecutorService> T kept(T pool) {
        all.add(pool);
        return pool;
    }

    private ExecutorServiceManager manager() {
        return component.getCamelContext().getExecutorServiceManager();
    }
}

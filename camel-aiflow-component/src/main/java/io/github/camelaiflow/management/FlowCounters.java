package io.github.camelaiflow.management;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a flow's steps did since start or {@link #reset()}. Thread-safe. */
public final class FlowCounters implements FlowObserver {

    private static final String JOINED = "JOINED";

    private final LongAdder validated = new LongAdder();
    private final LongAdder invalid = new LongAdder();
    private final LongAdder windows = new LongAdder();
    private final LongAdder invalidWindows = new LongAdder();
    private final LongAdder predicted = new LongAdder();
    private final LongAdder unscored = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder evaluations = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder droppedEvents = new LongAdder();
    private final LongAdder notObserved = new LongAdder();
    private final LongAdder shadowed = new LongAdder();
    private final LongAdder droppedShadows = new LongAdder();
    private final LongAdder decisions = new LongAdder();
    private final LongAdder labels = new LongAdder();
    private final LongAdder joined = new LongAdder();
    private final LongAdder notTracked = new LongAdder();
    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);

    @Override
    public void validated(int records, int rejected, long duration) {
        validated.add(records);
        invalid.add(rejected);
    }

    @Override
    public void inferred(String version, ServedBy servedBy, int records, int errors, long duration) {
        predicted.add(records - errors);
        unscored.add(errors);
        if (servedBy == ServedBy.FALLBACK) {
            fallbacks.add(records - errors);
        }
        calls.increment();
        nanos.add(duration);
        maxNanos.accumulate(duration);
    }

    @Override
    public void failed(String operation, String reason) {
        failed.increment();
    }

    @Override
    public void published(FlowEvent event) {
        events.increment();
        if (event.result() instanceof DriftReport) {
            evaluations.increment();
        } else if (event.result() instanceof ValidationResult window) {
            windows.increment();
            if (Boolean.FALSE.equals(window.valid())) {
                invalidWindows.increment();
            }
        } else if (event.result() instanceof RolloutDecision) {
            decisions.increment();
        }
    }

    @Override
    public void shadowed(String version, int records, int errors) {
        shadowed.add(records);
    }

    @Override
    public void shadowDropped(int records) {
        droppedShadows.add(records);
    }

    @Override
    public void labelled(String outcome, int count) {
        labels.add(count);
        if (outcome.equals(JOINED)) {
            joined.add(count);
        }
    }

    @Override
    public void notTracked(int answers) {
        notTracked.add(answers);
    }

    @Override
    public void dropped(int count) {
        droppedEvents.add(count);
    }

    @Override
    public void notObserved() {
        notObserved.increment();
    }

    void reset() {
        for (LongAdder counter : new LongAdder[] {
            validated,
            invalid,
            windows,
            invalidWindows,
            predicted,
            unscored,
            fallbacks,
            failed,
            evaluations,
            events,
            droppedEvents,
            notObserved,
            shadowed,
            droppedShadows,
            decisions,
            labels,
            joined,
            notTracked,
            calls,
            nanos
        }) {
            counter.reset();
        }
        maxNanos.reset();
    }

    long validatedRecords() {
        return validated.sum();
    }

    long invalidRecords() {
        return invalid.sum();
    }

    long validatedWindows() {
        return windows.sum();
    }

    long invalidWindows() {
        return invalidWindows.sum();
    }

    long predictions() {
        return predicted.sum();
    }

    long unscoredRecords() {
        return unscored.sum();
    }

    long fallbackPredictions() {
        return fallbacks.sum();
    }

    long failedExchanges() {
        return failed.sum();
    }

    long driftEvaluations() {
        return evaluations.sum();
    }

    long publishedEvents() {
        return events.sum();
    }

    long droppedEvents() {
        return droppedEvents.sum();
    }

    long notObservedExchanges() {
        return notObserved.sum();
    }

    long shadowedRecords() {
        return shadowed.sum();
    }

    long droppedShadowRecords() {
        return droppedShadows.sum();
    }

    long rolloutDecisions() {
        return decisions.sum();
    }

    long labels() {
        return labels.sum();
    }

    long joinedLabels() {
        return joined.sum();
    }

    long notTrackedAnswers() {
        return notTracked.sum();
    }

    double meanInferenceMicros() {
        long count = calls.sum();
        return count == 0 ? 0 : nanos.sum() / 1e3 / count;
    }

    double maxInferenceMicros() {
        return maxNanos.get() / 1e3;
    }
}

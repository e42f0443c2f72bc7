package io.github.camelaiflow.statistics.change;

import java.util.OptionalDouble;

/** What all detectors do alike: an alarm holds, a reset starts anew, a state is taken whole or not at all. */
abstract class StreamDetector implements ChangeDetector {

    private ChangeStatus status = ChangeStatus.LEARNING;
    private long count;

    /** Looks at a value; {@link #count} has counted it. */
    abstract ChangeStatus take(double value);

    abstract void check(double value);

    abstract void clear();

    abstract void write(StateWriter to);

    abstract void read(StateReader from);

    static void checkLoss(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a loss must be from 0 to 1");
        }
    }

    static void checkHorizon(long values) {
        if (values < 0) {
            throw new IllegalArgumentException("a number of values must not be negative, was " + values);
        }
    }

    @Override
    public final ChangeStatus add(double value) {
        check(value);
        if (status != ChangeStatus.CHANGED) {
            count++;
            status = take(value);
        }
        return status;
    }

    @Override
    public final ChangeStatus status() {
        return status;
    }

    @Override
    public final long count() {
        return count;
    }

    @Override
    public OptionalDouble falseAlarmWithin(long values) {
        checkHorizon(values);
        return OptionalDouble.empty();
    }

    @Override
    public final void reset() {
        status = ChangeStatus.LEARNING;
        count = 0;
        clear();
    }

    @Override
    public final DetectorState state() {
        StateWriter to = new StateWriter().add(status).add(count);
        write(to);
        return to.state();
    }

    @Override
    public final void restore(DetectorState state) {
        reset();
        try {
            StateReader from = new StateReader(state);
            status = from.status();
            count = from.count(Long.MAX_VALUE);
            read(from);
            from.end();
        } catch (IllegalArgumentException e) {
            reset();
            throw e;
        }
    }
}

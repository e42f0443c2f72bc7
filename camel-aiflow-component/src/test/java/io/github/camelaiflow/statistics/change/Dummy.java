package io.github.camelaiflow.statistics.change;

/** Alarms every so many values, whatever they are: what a table must not mistake for a good detector. */
final class Dummy extends StreamDetector {

    private final int every;

    Dummy(int every) {
        this.every = every;
    }

    @Override
    void check(double value) {
        checkLoss(value);
    }

    @Override
    ChangeStatus take(double value) {
        return count() % every == 0 ? ChangeStatus.CHANGED : ChangeStatus.STABLE;
    }

    @Override
    public double evidence() {
        return count();
    }

    @Override
    public double threshold() {
        return every;
    }

    @Override
    public long changedAgo() {
        return 0;
    }

    @Override
    void clear() {
        // Nothing is kept but the count.
    }

    @Override
    void write(StateWriter to) {
        // Nothing is kept but the count.
    }

    @Override
    void read(StateReader from) {
        // Nothing is kept but the count.
    }
}

package io.github.camelaiflow.statistics.change;

/**
 * ADWIN2: A. Bifet and R. Gavaldà, "Learning from time-changing data with adaptive windowing", SDM 2007. Every 32 values,
 * while an older and a newer part of the window (5 values each at least) have means that differ by more than
 * ε = √(2 m σ² ln(2 ln n / δ)) + ⅔ m ln(2 ln n / δ), the oldest values are dropped; m = 1 / (n0 - 4) + 1 / (n1 - 4), δ = .002. A
 * change is a cut behind which the mean is larger; if it is smaller there, only the window is shortened. δ is no rate of
 * false alarms.
 */
final class Adwin extends StreamDetector {

    private static final double DELTA = 0.002;
    private static final int CLOCK = 32;
    private static final int LEAST_PART = 5;
    private static final int LEAST_WINDOW = 10;

    private final BucketWindow window = new BucketWindow();
    private double rise;
    private double fall;
    private long riseAgo;

    @Override
    void check(double value) {
        checkLoss(value);
    }

    @Override
    ChangeStatus take(double value) {
        window.add(value);
        if (count() <= LEAST_WINDOW) {
            return ChangeStatus.LEARNING;
        }
        if (count() % CLOCK != 0) {
            return ChangeStatus.STABLE;
        }
        look();
        double risen = rise;
        long risenAgo = riseAgo;
        while (Math.max(rise, fall) > 1) {
            window.dropOldest();
            look();
        }
        rise = risen;
        riseAgo = risenAgo;
        return rise > 1 ? ChangeStatus.CHANGED : ChangeStatus.STABLE;
    }

    private void look() {
        rise = 0;
        fall = 0;
        riseAgo = 0;
        if (window.count() > LEAST_WINDOW) {
            window.splits(this::compare);
        }
    }

    private void compare(long olderCount, double olderSum) {
        long newerCount = window.count() - olderCount;
        if (olderCount < LEAST_PART || newerCount < LEAST_PART) {
            return;
        }
        double difference = (window.sum() - olderSum) / newerCount - olderSum / olderCount;
        double m = 1.0 / (olderCount - LEAST_PART + 1) + 1.0 / (newerCount - LEAST_PART + 1);
        double log = Math.log(2 * Math.log(window.count()) / DELTA);
        double bound = Math.sqrt(2 * m * window.variance() * log) + 2.0 / 3 * m * log;
        fall = Math.max(fall, -difference / bound);
        if (difference / bound > rise) {
            rise = difference / bound;
            riseAgo = newerCount;
        }
    }

    /** The largest rise between two parts of the window as a multiple of ε, at the last check. */
    @Override
    public double evidence() {
        return rise;
    }

    @Override
    public double threshold() {
        return 1;
    }

    /** The length of the newer part. */
    @Override
    public long changedAgo() {
        return riseAgo;
    }

    @Override
    void clear() {
        window.clear();
        rise = 0;
        fall = 0;
        riseAgo = 0;
    }

    @Override
    void write(StateWriter to) {
        to.add(riseAgo).add(rise);
        window.write(to);
    }

    @Override
    void read(StateReader from) {
        riseAgo = from.count(count());
        rise = from.number(0, Double.MAX_VALUE);
        window.read(from, count());
    }
}

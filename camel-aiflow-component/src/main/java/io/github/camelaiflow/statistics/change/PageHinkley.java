package io.github.camelaiflow.statistics.change;

/**
 * The test of E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954, and D. V. Hinkley, Biometrika 57, 1970, for a
 * rise of the mean, in the fading form and with the defaults that MOA made usual: m = α m + x - mean so far - δ, a change if m > λ; after
 * 30 values, δ = .005, λ = 50, α = .9999. As m isn't held at 0, it has the farther to climb the longer the stream is as it was. Has
 * no rate of false alarms one could set.
 */
final class PageHinkley extends StreamDetector {

    private static final int WARM_UP = 30;
    private static final double TOLERANCE = 0.005;
    private static final double THRESHOLD = 50;
    private static final double FADING = 0.9999;
    private static final double MOST_SUM = 2 / (1 - FADING);

    private double mean;
    private double sum;
    private double least;
    private long leastAt;

    @Override
    void check(double value) {
        checkLoss(value);
    }

    @Override
    ChangeStatus take(double value) {
        mean += (value - mean) / count();
        sum = FADING * sum + value - mean - TOLERANCE;
        if (sum <= least) {
            least = sum;
            leastAt = count();
        }
        if (count() < WARM_UP) {
            return ChangeStatus.LEARNING;
        }
        return sum > THRESHOLD ? ChangeStatus.CHANGED : ChangeStatus.STABLE;
    }

    @Override
    public double evidence() {
        return Math.max(0, sum);
    }

    @Override
    public double threshold() {
        return THRESHOLD;
    }

    /** Since the sum was least. */
    @Override
    public long changedAgo() {
        return count() - leastAt;
    }

    @Override
    void clear() {
        mean = 0;
        sum = 0;
        least = 0;
        leastAt = 0;
    }

    @Override
    void write(StateWriter to) {
        to.add(leastAt).add(mean, sum, least);
    }

    @Override
    void read(StateReader from) {
        leastAt = from.count(count());
        mean = from.number(0, 1);
        sum = from.number(-MOST_SUM, MOST_SUM);
        least = from.number(-MOST_SUM, 0);
    }
}

package io.github.camelaiflow.rollout.evidence;

/** Losses of one arm. Not thread-safe. */
final class Losses {

    private long count;
    private double sum;

    void add(double loss) {
        add(1, loss);
    }

    /** @throws IllegalArgumentException if there are no so many losses with such a sum */
    void add(long times, double total) {
        if (times < 0 || !(total >= 0 && total <= times * (1 + 1e-9))) {
            throw new IllegalArgumentException("losses must be from 0 to 1");
        }
        count += times;
        sum += total;
    }

    void merge(Losses other) {
        add(other.count, other.sum);
    }

    long count() {
        return count;
    }

    double sum() {
        return sum;
    }

    double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }
}

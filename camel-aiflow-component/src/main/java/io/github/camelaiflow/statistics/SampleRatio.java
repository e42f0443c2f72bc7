package io.github.camelaiflow.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evidence that an arm gets another share of the records than it should (sample-ratio mismatch: A. Fabijan et al., KDD 2019),
 * that holds at any number of looks. Bets as {@link BoundedMean} does on either side, on whether a record went to the arm.
 * Counts are all that is kept; those of several nodes add. Not thread-safe.
 */
public final class SampleRatio {

    private final Map<Double, long[]> counts = new TreeMap<>();
    // Most records have the share of the one before.
    private double lastShare = Double.NaN;
    private long[] lastCounts;

    /**
     * Records of one share.
     *
     * @param share which share of them should go to the arm
     * @param arm how many did
     * @param others how many did not
     */
    public record Cell(double share, long arm, long others) {}

    /**
     * Takes records.
     *
     * @param share which share of them should go to the arm, above 0 and below 1
     * @throws IllegalArgumentException if an argument is out of range
     */
    public void add(boolean arm, double share, long times) {
        Binomial.checkInside("a share", share);
        if (times < 0) {
            throw new IllegalArgumentException("counts must not be negative");
        }
        if (share != lastShare) {
            lastCounts = counts.computeIfAbsent(share, key -> new long[2]);
            lastShare = share;
        }
        lastCounts[arm ? 0 : 1] += times;
    }

    /** Takes what another one took; the other one stays as it is. */
    public void merge(SampleRatio other) {
        other.cells().forEach(cell -> {
            add(true, cell.share, cell.arm);
            add(false, cell.share, cell.others);
        });
    }

    /** Logarithm of the e-value against "each record went to the arm by its share"; 0 without records. */
    public double logEvidence() {
        double[] more = new double[Bets.COUNT];
        double[] less = new double[Bets.COUNT];
        counts.forEach((share, count) -> {
            Bets.add(more, 1, count[0]);
            Bets.divide(more, share, count[0] + count[1]);
            Bets.add(less, 1, count[1]);
            Bets.divide(less, 1 - share, count[0] + count[1]);
        });
        double above = Bets.logMixture(more);
        double below = Bets.logMixture(less);
        return Math.max(above, below) + Math.log1p(Math.exp(-Math.abs(above - below))) - Math.log(2);
    }

    /** What was counted, by share. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        counts.forEach((share, count) -> cells.add(new Cell(share, count[0], count[1])));
        return cells;
    }
}

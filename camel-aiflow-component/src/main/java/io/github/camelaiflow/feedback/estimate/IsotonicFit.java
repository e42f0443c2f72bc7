package io.github.camelaiflow.feedback.estimate;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;

/**
 * How often a score's rows are positive, as a function that never falls: isotonic regression by pooling adjacent violators (R. E.
 * Barlow et al., "Statistical Inference under Order Restrictions", 1972). Each block's share is smoothed by half a row of each
 * kind (Jeffreys), stands at the block's mean score, and is interpolated between, so that a window whose scores lie elsewhere in a block
 * than the reference's did is not read as if they didn't. Blocks of fewer than {@value #LEAST_BLOCK} rows are pooled
 * further: pooling picks extreme ones, at both ends above all. Immutable.
 */
final class IsotonicFit {

    static final int LEAST_BLOCK = 20;

    private final double[] centres;
    private final double[] values;
    /** How many rows of equal weight would tell as much as those of the block do. */
    private final double[] effective;

    private IsotonicFit(double[] centres, double[] values, double[] effective) {
        this.centres = centres;
        this.values = values;
        this.effective = effective;
    }

    /**
     * @param order indexes of the rows, by rising score
     * @param truth 1 for positive, 0 else
     * @param weights at least 0, not all 0; rows of weight 0 are left out
     */
    static IsotonicFit of(int[] order, double[] scores, double[] truth, double[] weights) {
        Blocks blocks = new Blocks(order.length);
        for (int i = 0; i < order.length; ) {
            blocks.open();
            double score = scores[order[i]];
            for (; i < order.length && scores[order[i]] == score; i++) {
                blocks.add(score, truth[order[i]], weights[order[i]]);
            }
            blocks.poolViolators();
        }
        return blocks.fit();
    }

    int blocks() {
        return values.length;
    }

    /** The share at a score: between which two blocks, and how far. */
    Place place(double score) {
        int at = Arrays.binarySearch(centres, score);
        if (at >= 0) {
            return new Place(at, 0);
        }
        int above = -at - 1;
        if (above == 0 || above == centres.length) {
            return new Place(Math.max(0, above - 1), 0);
        }
        return new Place(above - 1, (score - centres[above - 1]) / (centres[above] - centres[above - 1]));
    }

    double value(double score) {
        return place(score).in(values);
    }

    double[] values() {
        return values;
    }

    /** What the shares might as well be, a block each: Jeffreys' posterior of each block on its own. */
    double[] drawn(UniformRandomProvider random) {
        double[] drawn = new double[values.length];
        for (int i = 0; i < drawn.length; i++) {
            double rows = effective[i] + 1;
            double positives = Math.min(Math.max(values[i] * rows, 0.5), rows - 0.5);
            drawn[i] = ChengBetaSampler.of(random, positives, rows - positives).sample();
        }
        return drawn;
    }

    /** @param block the block below; @param share of the way to the next */
    record Place(int block, double share) {

        double in(double[] ofBlocks) {
            double below = ofBlocks[block];
            return share == 0 ? below : below + share * (ofBlocks[block + 1] - below);
        }
    }

    /** A stack of blocks, each sums of its rows. */
    private static final class Blocks {

        private final double[] weight;
        private final double[] squares;
        private final double[] positive;
        private final double[] score;
        private int size;

        Blocks(int most) {
            weight = new double[most];
            squares = new double[most];
            positive = new double[most];
            score = new double[most];
        }

        void open() {
            weight[size] = 0;
            squares[size] = 0;
            positive[size] = 0;
            score[size] = 0;
            size++;
        }

        void add(double value, double truth, double w) {
            int top = size - 1;
            weight[top] += w;
            squares[top] += w * w;
            positive[top] += w * truth;
            score[top] += w * value;
        }

        void poolViolators() {
            if (weight[size - 1] == 0) {
                size--;
                return;
            }
            while (size > 1 && share(size - 2) >= share(size - 1)) {
                pool();
            }
        }

        private void pool() {
            size--;
            weight[size - 1] += weight[size];
            squares[size - 1] += squares[size];
            positive[size - 1] += positive[size];
            score[size - 1] += score[size];
        }

        private double share(int i) {
            return positive[i] / weight[i];
        }

        private double rows(int i) {
            return weight[i] * weight[i] / squares[i];
        }

        IsotonicFit fit() {
            Blocks pooled = new Blocks(size + 1);
            for (int i = 0; i < size; i++) {
                if (pooled.size > 0 && pooled.rows(pooled.size - 1) < LEAST_BLOCK) {
                    pooled.take(this, i);
                } else {
                    pooled.open();
                    pooled.take(this, i);
                }
            }
            if (pooled.size > 1 && pooled.rows(pooled.size - 1) < LEAST_BLOCK) {
                pooled.pool();
            }
            return pooled.toFit();
        }

        private void take(Blocks other, int i) {
            int top = size - 1;
            weight[top] += other.weight[i];
            squares[top] += other.squares[i];
            positive[top] += other.positive[i];
            score[top] += other.score[i];
        }

        private IsotonicFit toFit() {
            double[] centres = new double[size];
            double[] values = new double[size];
            double[] effective = new double[size];
            for (int i = 0; i < size; i++) {
                centres[i] = score[i] / weight[i];
                effective[i] = rows(i);
                double smoothed = (share(i) * effective[i] + 0.5) / (effective[i] + 1);
                values[i] = i == 0 ? smoothed : Math.max(smoothed, values[i - 1]);
            }
            return new IsotonicFit(centres, values, effective);
        }
    }
}

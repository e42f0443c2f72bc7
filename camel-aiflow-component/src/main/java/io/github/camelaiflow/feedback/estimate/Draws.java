package io.github.camelaiflow.feedback.estimate;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What the truths of rows might be: probabilities drawn from what the reference leaves open, then a truth a row from these. So a
 * spread over draws holds both the chance of the window's own truths and the calibrator's uncertainty. Immutable but for its random
 * stream; one use.
 */
final class Draws {

    private final ScoredRows rows;
    private final Calibration calibration;
    private final UniformRandomProvider random;

    Draws(ScoredRows rows, Calibration calibration, long seed, long place) {
        this.rows = rows;
        this.calibration = calibration;
        this.random = SeededRandom.stream(seed, 3, place);
    }

    UniformRandomProvider random() {
        return random;
    }

    /** Gives each draw, by class then row, 0 or 1; the array is used again for the next. */
    void each(int count, Consumer<double[][]> taken) {
        double[][] drawn = new double[rows.classes()][rows.size()];
        List<List<IsotonicFit>> replicates = calibration.replicates();
        for (int r = 0; r < replicates.size(); r++) {
            Placed[] placed = new Placed[rows.classes()];
            for (int c = 0; c < placed.length; c++) {
                placed[c] = new Placed(
                        rows.scores[c],
                        replicates.get(r).get(c),
                        calibration.calibrators().get(c).used());
            }
            int until = (int) ((long) count * (r + 1) / replicates.size());
            for (int i = (int) ((long) count * r / replicates.size()); i < until; i++) {
                for (int c = 0; c < placed.length; c++) {
                    placed[c].draw(random, drawn[c]);
                }
                truths(drawn);
                taken.accept(drawn);
            }
        }
    }

    /** Turns probabilities into truths. */
    private void truths(double[][] drawn) {
        if (drawn.length == 1) {
            double[] only = drawn[0];
            for (int i = 0; i < only.length; i++) {
                only[i] = random.nextDouble() < only[i] ? 1 : 0;
            }
            return;
        }
        Calibration.normalise(drawn);
        for (int i = 0; i < drawn[0].length; i++) {
            double left = random.nextDouble();
            int last = drawn.length - 1;
            boolean found = false;
            for (int c = 0; c <= last; c++) {
                boolean here = !found && (left < drawn[c][i] || c == last);
                left -= drawn[c][i];
                drawn[c][i] = here ? 1 : 0;
                found |= here;
            }
        }
    }

    /** Rows of one class with their places in a fit. */
    private static final class Placed {

        private final double[] scores;
        private final IsotonicFit fit;
        private final boolean used;
        private final int[] blocks;
        private final double[] shares;

        Placed(double[] scores, IsotonicFit fit, boolean used) {
            this.scores = scores;
            this.fit = fit;
            this.used = used;
            blocks = new int[scores.length];
            shares = new double[scores.length];
            for (int i = 0; i < scores.length; i++) {
                IsotonicFit.Place place = fit.place(scores[i]);
                blocks[i] = place.block();
                shares[i] = place.share();
            }
        }

        /** Where scores stand for themselves, what the fit leaves open stands around them. */
        void draw(UniformRandomProvider random, double[] into) {
            double[] drawn = Arrays.copyOf(fit.drawn(random), fit.blocks() + 1);
            if (!used) {
                double[] values = fit.values();
                for (int b = 0; b < values.length; b++) {
                    drawn[b] -= values[b];
                }
            }
            for (int i = 0; i < into.length; i++) {
                double below = drawn[blocks[i]];
                double at = below + shares[i] * (drawn[blocks[i] + 1] - below);
                into[i] = used ? at : Math.min(1, Math.max(0, scores[i] + at));
            }
        }
    }
}

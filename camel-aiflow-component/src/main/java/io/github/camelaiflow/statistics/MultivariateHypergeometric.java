package io.github.camelaiflow.statistics;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * How many of each colour come when an urn is drawn from without putting back: the distribution of one row of a 2×k table
 * whose margins are fixed. Where few are drawn for so many colours, they are drawn one by one. Else each colour in turn is a
 * hypergeometric variable given the ones before it. That one is drawn by
 * single draws where few are needed, else by inversion from the mode outwards (V. Kachitvichyanukul and B. Schmeiser,
 * "Computer generation of hypergeometric random variates", JSCS 22, 1985, discuss both); expected time is proportional to its
 * standard deviation. Exact up to rounding of doubles.
 *
 * <p>Not thread-safe.
 */
public final class MultivariateHypergeometric {

    private static final int FEW = 6;
    /** A colour costs about as much as so many single draws. */
    private static final int DRAWS_A_COLOUR = 12;
    /** More items are not laid out one by one. */
    private static final int MOST_ITEMS = 1 << 22;

    private final int[] totals;
    private final int draws;
    private final int urn;
    private final UniformRandomProvider random;
    private final double[] logFactorials;
    /** The colour of each item, in any order; empty where colours are drawn in turn. */
    private final int[] items;

    /**
     * @param totals how many of each colour the urn holds, none negative; copied
     * @param draws how many are drawn
     * @param random used by this sampler alone
     * @throws IllegalArgumentException if a total is negative, or draws is negative or more than the urn holds
     */
    public MultivariateHypergeometric(int[] totals, int draws, UniformRandomProvider random) {
        this.totals = totals.clone();
        int sum = 0;
        for (int total : totals) {
            if (total < 0) {
                throw new IllegalArgumentException("totals must not be negative, was " + total);
            }
            sum = Math.addExact(sum, total);
        }
        if (draws < 0 || draws > sum) {
            throw new IllegalArgumentException("draws must be from 0 to " + sum + ", was " + draws);
        }
        this.draws = draws;
        this.urn = sum;
        this.random = random;
        this.logFactorials = LogFactorials.upTo(sum);
        boolean oneByOne = sum <= MOST_ITEMS && Math.min(draws, sum - draws) <= (long) DRAWS_A_COLOUR * totals.length;
        this.items = oneByOne ? items(totals, sum) : new int[0];
    }

    private static int[] items(int[] totals, int sum) {
        int[] items = new int[sum];
        int at = 0;
        for (int i = 0; i < totals.length; i++) {
            Arrays.fill(items, at, at + totals[i], i);
            at += totals[i];
        }
        return items;
    }

    /** Fills {@code counts}, which is as long as the totals, with one draw. */
    public void sample(int[] counts) {
        if (items.length > 0) {
            oneByOne(counts);
        } else {
            inTurn(counts);
        }
    }

    /** The beginning of Fisher and Yates' shuffle, of what is drawn or of what stays, whichever is less. */
    private void oneByOne(int[] counts) {
        boolean stays = draws > urn - draws;
        Arrays.fill(counts, 0);
        for (int i = 0; i < (stays ? urn - draws : draws); i++) {
            int j = i + random.nextInt(urn - i);
            int colour = items[j];
            items[j] = items[i];
            items[i] = colour;
            counts[colour]++;
        }
        if (stays) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = totals[i] - counts[i];
            }
        }
    }

    private void inTurn(int[] counts) {
        int leftInUrn = urn;
        int leftToDraw = draws;
        for (int i = 0; i < totals.length; i++) {
            int count = univariate(totals[i], leftInUrn, leftToDraw);
            counts[i] = count;
            leftInUrn -= totals[i];
            leftToDraw -= count;
        }
    }

    /** How many of {@code marked} items among {@code all} come in {@code drawn} draws. */
    private int univariate(int marked, int all, int drawn) {
        if (marked > all - marked) {
            return drawn - univariate(all - marked, all, drawn);
        }
        if (drawn > all - drawn) {
            return marked - univariate(marked, all, all - drawn);
        }
        int few = Math.min(marked, drawn);
        return few <= FEW ? bySingleDraws(few, Math.max(marked, drawn), all) : fromMode(marked, all, drawn);
    }

    /** Marked items and drawn items are interchangeable: the fewer of both are drawn one by one. */
    private int bySingleDraws(int few, int many, int all) {
        int count = 0;
        for (int i = 0; i < few; i++) {
            if (random.nextDouble() * (all - i) < many - count) {
                count++;
            }
        }
        return count;
    }

    private int fromMode(int marked, int all, int drawn) {
        int mode = (int) ((drawn + 1L) * (marked + 1L) / (all + 2L));
        int rest = all - marked - drawn;
        double up = Math.exp(logProbability(mode, marked, all, drawn));
        double down = up;
        double u = random.nextDouble() - up;
        int high = mode;
        int low = mode;
        int most = Math.min(marked, drawn);
        while (u >= 0 && (high < most || low > 0)) {
            if (high < most) {
                up *= (double) (marked - high) * (drawn - high) / ((high + 1.0) * (rest + high + 1.0));
                high++;
                u -= up;
                if (u < 0) {
                    return high;
                }
            }
            if (low > 0) {
                down *= (double) low * (rest + low) / ((marked - low + 1.0) * (drawn - low + 1.0));
                low--;
                u -= down;
                if (u < 0) {
                    return low;
                }
            }
        }
        return mode;
    }

    private double logProbability(int count, int marked, int all, int drawn) {
        return log(marked)
                + log(all - marked)
                + log(drawn)
                + log(all - drawn)
                - log(all)
                - log(count)
                - log(marked - count)
                - log(drawn - count)
                - log(all - marked - drawn + count);
    }

    private double log(int n) {
        return LogFactorials.of(n, logFactorials);
    }
}

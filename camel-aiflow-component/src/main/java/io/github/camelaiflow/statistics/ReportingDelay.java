package io.github.camelaiflow.statistics;

import java.time.Duration;

/**
 * How long what happened takes to be known, learnt while it goes on. What happened of late can only be known if it was quick, so quick ones are
 * over-represented; the share within an age is therefore the product of each later step's chance not to have happened in it, each among what
 * has had the time for it (S. W. Lagakos, L. M. Barraj and V. de Gruttola, "Nonparametric analysis of truncated survival data, with
 * application to AIDS", Biometrika 75, 1988). Shares are of what is ever known within the longest time anything could have taken so far.
 *
 * <p>Delays are counted in steps that grow by a half, from a second to above 100 years; times in 64 stretches of equal length that double as
 * needed. 30 KiB. Not thread-safe.
 */
public final class ReportingDelay {

    private static final int STRETCHES = 64;
    private static final int STEPS = 60;
    private static final double GROWTH = 1.5;

    private final long[][] counts = new long[STRETCHES][STEPS];
    private long origin;
    private long width = 60;
    private long total;

    /**
     * Takes one.
     *
     * @param happened when it happened, in seconds
     * @param known when it was known, in seconds; what was known before it happened had no delay
     */
    public void add(long happened, long known) {
        if (total++ == 0) {
            origin = happened;
        }
        while (happened - origin >= width * STRETCHES) {
            halve();
        }
        int stretch = (int) Math.max(0, (happened - origin) / width);
        counts[stretch][step(known - happened)]++;
    }

    private void halve() {
        for (int i = 0; i < STRETCHES; i++) {
            for (int k = 0; k < STEPS; k++) {
                counts[i][k] = 2 * i < STRETCHES ? counts[2 * i][k] + counts[2 * i + 1][k] : 0;
            }
        }
        width *= 2;
    }

    private static int step(long delay) {
        int step = 0;
        while (step < STEPS - 1 && edge(step) < delay) {
            step++;
        }
        return step;
    }

    /** The longest delay of a step, in seconds. */
    private static double edge(int step) {
        return Math.pow(GROWTH, step);
    }

    /** How many came. */
    public long count() {
        return total;
    }

    /**
     * The age by which such a share is known.
     *
     * @param share above 0 and at most 1
     * @param now in seconds
     */
    public Duration age(double share, long now) {
        double within = 1;
        for (int step = STEPS - 1; step > 0; step--) {
            double here = 0;
            double upTo = 0;
            for (int stretch = 0; stretch < STRETCHES; stretch++) {
                // Only what had the time to be as late as this step.
                if (now - (origin + (stretch + 1) * width) >= edge(step)) {
                    here += counts[stretch][step];
                    for (int k = 0; k <= step; k++) {
                        upTo += counts[stretch][k];
                    }
                }
            }
            double before = upTo == 0 ? within : within * (1 - here / upTo);
            if (before < share) {
                return seconds(step);
            }
            within = before;
        }
        return seconds(0);
    }

    private static Duration seconds(int step) {
        return Duration.ofSeconds((long) Math.ceil(edge(step)));
    }
}

package io.github.camelaiflow.feedback.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.statistics.Binomial;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/**
 * How often harm is found where there is none, and how soon where there is some: docs/quality.md.
 */
class HarmFiguresTest {

    private static final int RUNS = Repetitions.of(500);
    private static final int LONG = 100_000;
    private static final double ALPHA = 0.05;
    private static final double[][] RATES = {{0.01, 0.01}, {0.05, 0.02}, {0.1, 0.02}, {0.1, 0.05}, {0.3, 0.05}};
    private static final int[] GOOD = {0, 1000, 10_000, 50_000};

    /** What looks at losses and says whether there is harm. */
    private interface Rule {
        /** @return how many labels it took; -1 for never */
        int run(IntToDoubleFunction rate, int labels, UniformRandomProvider random);
    }

    private static HarmRule rule(double baseline, double margin) {
        return HarmRule.DEFAULT
                .withBaseline(Baseline.of(baseline))
                .withMargin(margin)
                .withAlpha(ALPHA);
    }

    private static Rule ours(HarmRule harm) {
        QualityConfig config = QualityConfig.DEFAULT.withHarm(harm);
        return (rate, labels, random) -> {
            HarmWatch watch = new HarmWatch("v1", config);
            for (int i = 0; i < labels; i++) {
                watch.add(loss(random.nextDouble() < rate.applyAsDouble(i) ? 1 : 0, i), Feed.START);
                if (watch.harm()) {
                    return i + 1;
                }
            }
            return -1;
        };
    }

    private static Scored loss(double loss, long i) {
        return new Scored(
                i,
                "v1",
                null,
                null,
                null,
                false,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                loss,
                1,
                0,
                Feed.START,
                Feed.START);
    }

    /** The last 1,000 labels against the bound, two-sided 95 %, looked at once in a window: what is common. */
    private static Rule windows(double bound) {
        return (rate, labels, random) -> {
            int wrong = 0;
            for (int i = 1; i <= labels; i++) {
                wrong += random.nextDouble() < rate.applyAsDouble(i - 1) ? 1 : 0;
                if (i % 1000 == 0) {
                    if (wrong / 1000.0 > bound + 1.96 * Math.sqrt(bound * (1 - bound) / 1000)) {
                        return i;
                    }
                    wrong = 0;
                }
            }
            return -1;
        };
    }

    private static Rule dummy() {
        return (rate, labels, random) -> labels > 10_000 ? 10_000 : -1;
    }

    private record Result(int found, double meanDelay) {}

    private static Result simulate(Rule rule, IntToDoubleFunction rate, int labels, int runs, int good, long seed) {
        int found = 0;
        double delay = 0;
        for (int run = 0; run < runs; run++) {
            int at = rule.run(rate, labels, SeededRandom.stream(seed, run));
            if (at > good) {
                found++;
                delay += at - good;
            }
        }
        return new Result(found, delay / Math.max(1, found));
    }

    @Test
    void atTheMarginHarmIsRarelyEverFound() {
        StringBuilder table = new StringBuilder(String.format(
                "%nharm ever found in %d labels at baseline + margin, alpha %s, %d runs%n", LONG, ALPHA, RUNS));
        for (double[] cell : RATES) {
            double bound = cell[0] + cell[1];
            Result known = simulate(ours(rule(cell[0], cell[1])), i -> bound, LONG, RUNS, 0, 1);
            HarmRule first = rule(cell[0], cell[1]).withBaseline(Baseline.first(1000));
            Result learnt = simulate(ours(first), i -> i < 1000 ? cell[0] : bound, LONG, RUNS, 0, 2);
            Result reference = simulate(referenced(cell), i -> bound, LONG, RUNS, 0, 3);
            Result windows = simulate(windows(bound), i -> bound, LONG, RUNS, 0, 4);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s + %s | %s | %s | %s | %s | %s |%n",
                    cell[0],
                    cell[1],
                    share(known),
                    share(learnt),
                    share(reference),
                    share(windows),
                    share(simulate(dummy(), i -> bound, LONG, RUNS, 0, 5))));
            for (Result result : new Result[] {known, learnt, reference}) {
                assertThat(Binomial.lowerLimit(result.found, RUNS, 1 - 0.05 / RATES.length / 3))
                        .isLessThanOrEqualTo(ALPHA);
            }
            assertThat(windows.found).as("what this harness would catch").isGreaterThan(RUNS / 4);
        }
        System.out.println(table);
    }

    /** A baseline of 1,000 reference outcomes, drawn anew for each run. */
    private static Rule referenced(double[] cell) {
        return (rate, labels, random) -> {
            int wrong = 0;
            for (int i = 0; i < 1000; i++) {
                wrong += random.nextDouble() < cell[0] ? 1 : 0;
            }
            HarmRule harm = rule(cell[0], cell[1]).withBaseline(Baseline.of(1000, wrong));
            return ours(harm).run(rate, labels, random);
        };
    }

    private static String share(Result result) {
        return String.format(Locale.ROOT, "%.3f", (double) result.found / RUNS);
    }

    @Test
    void twiceTheMarginIsFoundAlsoAfterALongGoodTime() {
        int runs = Math.max(20, RUNS / 5);
        StringBuilder table = new StringBuilder(String.format(
                "%nlabels until harm is found at baseline + 2 margin, after so many at the baseline, alpha %s, %d runs%n",
                ALPHA, runs));
        double[][] means = new double[RATES.length][GOOD.length];
        for (int r = 0; r < RATES.length; r++) {
            double[] cell = RATES[r];
            table.append(String.format(Locale.ROOT, "| %s + %s |", cell[0], cell[1]));
            for (int g = 0; g < GOOD.length; g++) {
                int good = GOOD[g];
                Result result = simulate(
                        ours(rule(cell[0], cell[1])),
                        i -> i < good ? cell[0] : cell[0] + 2 * cell[1],
                        good + LONG,
                        runs,
                        good,
                        10 + g);
                means[r][g] = result.meanDelay;
                assertThat(result.found)
                        .as("%s after %d", Arrays.toString(cell), good)
                        .isEqualTo(runs);
                table.append(String.format(Locale.ROOT, " %.0f |", result.meanDelay));
            }
            double bound = cell[0] + cell[1];
            int good = 50_000;
            Result windows =
                    simulate(windows(bound), i -> i < good ? cell[0] : bound + cell[1], good + LONG, runs, good, 20);
            table.append(String.format(
                    Locale.ROOT,
                    " %.0f (%d of %d) | %.0f |%n",
                    windows.meanDelay,
                    windows.found,
                    runs,
                    10_000.0 * (1 + good / 10_000) - good));
            assertThat(means[r][3]).as("the price of a long good time").isLessThan(3.5 * means[r][0]);
        }
        System.out.println(table);
    }

    /** Estimates whose lower bounds are wrong as often as they may be, in windows at baseline + margin; then in windows with harm. */
    @Test
    void estimatesRarelyFindHarmThatIsNot() {
        QualityConfig config = QualityConfig.DEFAULT.withHarm(rule(0.1, 0.05).withEstimates(0.05));
        int found = 0;
        double[] delays = new double[3];
        int[] good = {0, 100, 1000};
        int runs = 10 * RUNS;
        for (int run = 0; run < runs; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 31);
            HarmWatch watch = new HarmWatch("v1", config);
            for (int window = 1; window <= 2000; window++) {
                watch.estimated(window, 0.15, random.nextDouble() < 0.05 ? 0.16 : 0.14, Feed.START);
            }
            found += watch.harm() ? 1 : 0;
            for (int g = 0; g < good.length; g++) {
                delays[g] += windows(new HarmWatch("v1", config), good[g]);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nestimates, 2000 windows at the margin: %.4f; windows until harm after 0, 100, 1000 good ones: %.0f, %.0f, %.0f%n",
                (double) found / runs,
                delays[0] / runs,
                delays[1] / runs,
                delays[2] / runs);
        assertThat(Binomial.lowerLimit(found, runs, 0.999)).isLessThanOrEqualTo(ALPHA / 2);
        assertThat(delays[2] / runs).isLessThan(15);
    }

    private static int windows(HarmWatch watch, int good) {
        int window = 0;
        while (!watch.harm()) {
            window++;
            watch.estimated(window, 0.2, window > good ? 0.16 : 0.1, Feed.START);
        }
        return window - good;
    }
}

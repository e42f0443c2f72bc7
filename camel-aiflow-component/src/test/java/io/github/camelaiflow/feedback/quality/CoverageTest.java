package io.github.camelaiflow.feedback.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.feedback.quality.Metric.Kind;
import io.github.camelaiflow.statistics.Binomial;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/**
 * How often an interval is ever wrong within 5,000 labels, looked at after each of the first 30, then at each tenth more: docs/quality.md.
 */
class CoverageTest {

    private static final int RUNS = Repetitions.of(1_000);
    private static final int LABELS = 5000;
    private static final double ALPHA = 0.05;
    private static final Kind[] KINDS = {Kind.ACCURACY, Kind.PRECISION, Kind.RECALL, Kind.F1, Kind.BRIER, Kind.LOG_LOSS
    };
    private static final Name FRAUD = new Name("fraud", 1, true);
    private static final Name FINE = new Name("fine", 2, true);

    /**
     * Records of two kinds.
     *
     * @param hard share of hard records
     * @param positive share of positives in easy and hard ones
     * @param found share of positives that are found in each
     * @param alarmed share of negatives that are taken for positives in each
     * @param chosen chance to be labelled in each
     */
    private record World(double hard, double[] positive, double[] found, double[] alarmed, double[] chosen) {

        private static final double[][] SCORES = {{0.1, 0.9}, {0.4, 0.6}};

        double least() {
            return Math.min(chosen[0], chosen[1]);
        }

        /** One that was labelled. */
        Scored draw(long i, UniformRandomProvider random) {
            while (true) {
                int kind = random.nextDouble() < hard ? 1 : 0;
                boolean actual = random.nextDouble() < positive[kind];
                boolean predicted = random.nextDouble() < (actual ? found[kind] : alarmed[kind]);
                if (random.nextDouble() < chosen[kind]) {
                    return scored(i, kind, predicted, actual, chosen[kind]);
                }
            }
        }

        Scored scored(long i, int kind, boolean predicted, boolean actual, double selection) {
            double p = SCORES[kind][predicted ? 1 : 0];
            return new Scored(
                    i,
                    "v1",
                    null,
                    predicted ? FRAUD : FINE,
                    actual ? FRAUD : FINE,
                    predicted == actual,
                    p,
                    brier(p, actual),
                    logLoss(p, actual),
                    0,
                    selection,
                    0,
                    Feed.START,
                    Feed.START);
        }

        private static double brier(double p, boolean actual) {
            return actual ? (1 - p) * (1 - p) : p * p;
        }

        private static double logLoss(double p, boolean actual) {
            return Math.log(actual ? p : 1 - p) / Math.log(1e-6);
        }

        /** What is true of all records. */
        Map<Kind, Double> truth() {
            double tp = 0;
            double fp = 0;
            double fn = 0;
            double brier = 0;
            double log = 0;
            for (int kind = 0; kind < 2; kind++) {
                double share = kind == 1 ? hard : 1 - hard;
                for (boolean actual : new boolean[] {true, false}) {
                    double here = share * (actual ? positive[kind] : 1 - positive[kind]);
                    double called = actual ? found[kind] : alarmed[kind];
                    tp += actual ? here * called : 0;
                    fp += actual ? 0 : here * called;
                    fn += actual ? here * (1 - called) : 0;
                    brier += here
                            * (called * brier(SCORES[kind][1], actual) + (1 - called) * brier(SCORES[kind][0], actual));
                    log += here
                            * (called * logLoss(SCORES[kind][1], actual)
                                    + (1 - called) * logLoss(SCORES[kind][0], actual));
                }
            }
            Map<Kind, Double> truth = new EnumMap<>(Kind.class);
            truth.put(Kind.ACCURACY, 1 - fp - fn);
            truth.put(Kind.PRECISION, tp / (tp + fp));
            truth.put(Kind.RECALL, tp / (tp + fn));
            truth.put(Kind.F1, 2 * tp / (2 * tp + fp + fn));
            truth.put(Kind.BRIER, brier);
            truth.put(Kind.LOG_LOSS, log);
            return truth;
        }
    }

    private static final World BALANCED = world(0.3, 0.5, 0.5, 1);
    private static final World RARE = world(0.3, 0.01, 0.05, 1);
    /** Hard records ten times as often. */
    private static final World REVIEW = world(0.1, 0.05, 0.3, 0.1);

    private static World world(double hard, double easyPositive, double hardPositive, double easyChosen) {
        return new World(
                hard,
                new double[] {easyPositive, hardPositive},
                new double[] {0.95, 0.6},
                new double[] {0.01, 0.2},
                new double[] {easyChosen, 1});
    }

    /** How intervals come about. */
    private enum Way {
        OURS,
        /** As if all had been chosen alike. */
        BLIND,
        /** The estimate and 1.96 standard errors at each look, from 30 labels on. */
        WALD
    }

    private static Map<Kind, Integer> wrong(World world, Way way, int runs) {
        Map<Kind, Double> truth = world.truth();
        Map<Kind, Integer> wrong = new EnumMap<>(Kind.class);
        QualityConfig config = QualityConfig.DEFAULT
                .withPositive("fraud")
                .withConfidence(1 - ALPHA)
                .withMinSelection(way == Way.BLIND ? 1 : world.least());
        for (int run = 0; run < runs; run++) {
            for (Kind kind : everWrong(world, way, config, truth, SeededRandom.stream(run, 77))) {
                wrong.merge(kind, 1, Integer::sum);
            }
        }
        return wrong;
    }

    private static List<Kind> everWrong(
            World world, Way way, QualityConfig config, Map<Kind, Double> truth, UniformRandomProvider random) {
        Tally tally = new Tally(config);
        List<Kind> wrong = new ArrayList<>();
        int look = 1;
        for (int i = 1; i <= LABELS; i++) {
            Scored drawn = world.draw(i, random);
            tally.add(way == Way.BLIND ? unweighted(drawn) : drawn);
            if (i == look) {
                look = Math.max(i + 1, i < 30 ? 0 : i * 11 / 10);
                for (Metric metric : tally.metrics()) {
                    Double known = truth.get(metric.kind());
                    if (known != null && !wrong.contains(metric.kind()) && !holds(metric, known, way)) {
                        wrong.add(metric.kind());
                    }
                }
            }
        }
        return wrong;
    }

    private static boolean holds(Metric metric, double truth, Way way) {
        if (way != Way.WALD) {
            return metric.lower() <= truth && truth <= metric.upper();
        }
        double error = Math.sqrt(metric.value() * (1 - metric.value()) / metric.count());
        return metric.count() < 30 || Math.abs(metric.value() - truth) <= 1.96 * error;
    }

    private static Scored unweighted(Scored drawn) {
        return new Scored(
                drawn.position(),
                drawn.version(),
                null,
                drawn.predicted(),
                drawn.actual(),
                drawn.right(),
                drawn.positiveScore(),
                drawn.first(),
                drawn.second(),
                0,
                1,
                0,
                Feed.START,
                Feed.START);
    }

    @Test
    void intervalsAreRarelyEverWrong() {
        StringBuilder table =
                new StringBuilder(String.format("%never wrong in %d labels, alpha %s, %d runs%n", LABELS, ALPHA, RUNS));
        World[] worlds = {BALANCED, RARE, REVIEW};
        String[] names = {"balanced", "rare", "review"};
        for (int w = 0; w < worlds.length; w++) {
            Map<Kind, Integer> wrong = wrong(worlds[w], Way.OURS, RUNS);
            table.append(row(names[w], wrong));
            for (Kind kind : KINDS) {
                assertThat(Binomial.lowerLimit(wrong.getOrDefault(kind, 0), RUNS, 1 - 0.05 / 18))
                        .as("%s %s", names[w], kind)
                        .isLessThanOrEqualTo(ALPHA);
            }
        }
        Map<Kind, Integer> blind = wrong(REVIEW, Way.BLIND, RUNS);
        Map<Kind, Integer> wald = wrong(BALANCED, Way.WALD, RUNS);
        System.out.println(
                table.append(row("review, blind to the choice", blind)).append(row("balanced, 1.96 s", wald)));
        assertThat(blind.get(Kind.ACCURACY)).as("what this harness would catch").isGreaterThan(RUNS / 2);
        assertThat(wald.get(Kind.PRECISION)).isGreaterThan(RUNS / 5);
    }

    private static String row(String name, Map<Kind, Integer> wrong) {
        StringBuilder row = new StringBuilder("| " + name + " |");
        for (Kind kind : KINDS) {
            row.append(String.format(Locale.ROOT, " %.3f |", (double) wrong.getOrDefault(kind, 0) / RUNS));
        }
        return row.append('\n').toString();
    }

    @Test
    void andNarrowEnoughToBeOfUse() {
        StringBuilder table = new StringBuilder("\nwidth after so many labels\n");
        for (World world : new World[] {BALANCED, RARE, REVIEW}) {
            QualityConfig config = QualityConfig.DEFAULT.withPositive("fraud").withMinSelection(world.least());
            Tally tally = new Tally(config);
            UniformRandomProvider random = SeededRandom.stream(5);
            for (int i = 1; i <= 10_000; i++) {
                tally.add(world.draw(i, random));
                if (i == 1000 || i == 10_000) {
                    table.append("| ").append(i).append(" |");
                    for (Kind kind : KINDS) {
                        Metric metric = tally.metrics().stream()
                                .filter(each -> each.kind() == kind)
                                .findAny()
                                .orElseThrow();
                        table.append(String.format(
                                Locale.ROOT, " %.3f: %.3f to %.3f |", metric.value(), metric.lower(), metric.upper()));
                        assertThat(metric.upper() - metric.lower()).isLessThan(i == 1000 ? 0.95 : 0.3);
                    }
                    table.append('\n');
                }
            }
        }
        System.out.println(table);
    }
}

package io.github.camelaiflow.rollout.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.rollout.evidence.Guardrail.Kind;
import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import io.github.camelaiflow.statistics.Binomial;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

/** How often a model worse by exactly the margin is promoted or rolled back, for each guardrail: docs/rollout-figures.md. */
class GuardrailFiguresTest {

    private static final double ALPHA = Trial.ALPHA;
    private static final double NONE = Double.NaN;

    /** What an arm answers: level 0 is the baseline, 1 worse by the margin, 2 by twice that. */
    private interface Model {
        Answer answer(int level, UniformRandomProvider random);
    }

    private record Answer(Observation observation, double loss) {}

    private record Row(List<Guardrail> guardrails, int perMinute, Model model) {}

    private record Outcome(int runs, int promoted, int rolledBack, double promotedAt, double rolledBackAt) {}

    @Test
    void whatIsWorseByTheMarginIsRarelyPromotedAndRarelyRolledBack() {
        Map<String, Row> rows = rows();
        StringBuilder table = new StringBuilder("\n| " + Trial.RUNS + " runs | at the margin: promoted | rolled back "
                + "| equal: promoted / min | rolled back | twice the margin: rolled back / min | promoted |\n");
        rows.forEach((name, row) -> {
            Outcome margin = runs(row, 1, Trial.RUNS);
            Outcome equal = runs(row, 0, Trial.RUNS / 4);
            Outcome twice = runs(row, 2, Trial.RUNS / 4);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.4f | %.4f | %.3f / %.0f | %.3f | %.3f / %.0f | %.3f |%n",
                    name,
                    rate(margin.promoted, margin.runs),
                    rate(margin.rolledBack, margin.runs),
                    rate(equal.promoted, equal.runs),
                    equal.promotedAt,
                    rate(equal.rolledBack, equal.runs),
                    rate(twice.rolledBack, twice.runs),
                    twice.rolledBackAt,
                    rate(twice.promoted, twice.runs)));
            for (int wrong : new int[] {margin.promoted, margin.rolledBack}) {
                assertThat(Binomial.lowerLimit(wrong, margin.runs, 1 - 0.025 / rows.size()))
                        .as("%s: %s", name, margin)
                        .isLessThanOrEqualTo(ALPHA);
            }
            assertThat(equal.rolledBack).as(name).isLessThanOrEqualTo(equal.runs / 10);
        });
        System.out.println(table);
    }

    private static double rate(int some, int all) {
        return (double) some / all;
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("errors 0.1 %, margin 0.5 %", errors(0.001, 0.005));
        rows.put("errors 1 %, margin 0.5 %", errors(0.01, 0.005));
        rows.put("errors 5 %, margin 2 %", errors(0.05, 0.02));
        rows.put("errors 20 %, margin 5 %", errors(0.2, 0.05));
        rows.put("latency p95, margin 25 %", latency(0.95));
        rows.put("latency p50, margin 25 %", latency(0.5));
        rows.put("scores, margin 0.1", new Row(of(Kind.SCORES, 0.1), 200, GuardrailFiguresTest::score));
        rows.put("labels, margin 0.1", new Row(of(Kind.SCORES, 0.1), 200, GuardrailFiguresTest::label));
        rows.put(
                "quality 10 %, margin 2 %, late labels",
                new Row(
                        of(Kind.QUALITY, 0.02),
                        500,
                        (level, random) -> new Answer(
                                answer(false, NONE, NONE), random.nextDouble() < 0.1 + 0.02 * level ? 1 : 0)));
        rows.put(
                "quality, losses from 0 to 1, mean 0.25, margin 0.05",
                new Row(
                        of(Kind.QUALITY, 0.05),
                        200,
                        (level, random) -> new Answer(
                                answer(false, NONE, NONE),
                                Math.pow(random.nextDouble(), 1 / (0.25 + 0.05 * level) - 1))));
        rows.put(
                "errors, latency, scores; latency at its margin",
                new Row(three(), 500, GuardrailFiguresTest::anything));
        return rows;
    }

    private static Row errors(double rate, double margin) {
        return new Row(
                of(Kind.ERRORS, margin),
                500,
                (level, random) -> new Answer(answer(random.nextDouble() < rate + level * margin, NONE, NONE), NONE));
    }

    /** Lognormal, a quarter longer at the margin. */
    private static Row latency(double quantile) {
        return new Row(
                List.of(new Guardrail(Kind.LATENCY, 0.25, quantile)),
                200,
                (level, random) -> new Answer(answer(false, millis(level, random), NONE), NONE));
    }

    private static double millis(int level, UniformRandomProvider random) {
        double normal = ZigguratSampler.NormalizedGaussian.of(random).sample();
        return 20 * Math.exp(0.5 * normal) * (1 + 0.25 * level);
    }

    /** Powers of a uniform number: at 0.5, the distribution functions differ by 0.1 a level. */
    private static Answer score(int level, UniformRandomProvider random) {
        double exponent = Math.log(0.5) / Math.log(0.5 - 0.1 * level);
        return new Answer(answer(false, NONE, Math.pow(random.nextDouble(), exponent)), NONE);
    }

    private static Answer label(int level, UniformRandomProvider random) {
        String label = random.nextDouble() < 0.3 + 0.1 * level ? "yes" : "no";
        return new Answer(new Observation(false, false, NONE, NONE, label), NONE);
    }

    private static Answer anything(int level, UniformRandomProvider random) {
        return new Answer(answer(random.nextDouble() < 0.01, millis(level, random), random.nextDouble()), NONE);
    }

    private static Observation answer(boolean error, double millis, double score) {
        return new Observation(error, false, millis, score, null);
    }

    private static List<Guardrail> of(Kind kind, double margin) {
        return List.of(new Guardrail(kind, margin, 0.95));
    }

    private static List<Guardrail> three() {
        return List.of(new Guardrail(Kind.ERRORS, 0.01, 0.95), Guardrail.of(Kind.LATENCY), Guardrail.of(Kind.SCORES));
    }

    private static Outcome runs(Row row, int level, int runs) {
        int promoted = 0;
        int rolledBack = 0;
        double promotedAt = 0;
        double rolledBackAt = 0;
        for (int run = 0; run < runs; run++) {
            int[] ends = run(row, level, SeededRandom.stream(run, 31));
            promoted += ends[0] > 0 ? 1 : 0;
            promotedAt += Math.max(0, ends[0]);
            rolledBack += ends[1] > 0 ? 1 : 0;
            rolledBackAt += Math.max(0, ends[1]);
        }
        return new Outcome(runs, promoted, rolledBack, promotedAt / promoted, rolledBackAt / rolledBack);
    }

    /** In which minute the verdict was first NOT_WORSE, and WORSE; 0 for never. One doesn't end the run before the other. */
    private static int[] run(Row row, int level, UniformRandomProvider random) {
        Evidence evidence = new Evidence(row.guardrails);
        List<List<double[]>> late = new ArrayList<>();
        for (int minute = 0; minute <= 2 * Trial.MINUTES; minute++) {
            late.add(new ArrayList<>());
        }
        int[] ends = new int[2];
        for (int minute = 0; minute < Trial.MINUTES && (ends[0] == 0 || ends[1] == 0); minute++) {
            double share = Trial.share(minute);
            for (int i = 0; i < row.perMinute; i++) {
                boolean arm = random.nextDouble() < share;
                Answer answer = row.model.answer(arm ? level : 0, random);
                evidence.randomised(null, arm, share, answer.observation);
                if (!Double.isNaN(answer.loss)) {
                    late.get(minute + random.nextInt(10)).add(new double[] {arm ? 1 : 0, answer.loss});
                }
            }
            late.get(minute).forEach(label -> evidence.labelled(label[0] == 1, label[1]));
            Judgement judgement = new Judge(evidence.state(), ALPHA).judge(row.guardrails, false);
            note(ends, 0, judgement.verdict() == Status.NOT_WORSE, minute);
            note(ends, 1, judgement.verdict() == Status.WORSE, minute);
        }
        return ends;
    }

    private static void note(int[] ends, int which, boolean reached, int minute) {
        if (reached && ends[which] == 0) {
            ends[which] = minute + 1;
        }
    }

    @Test
    void keysThatComeAgainAreNotTakenForMoreEvidence() {
        int keyed = 0;
        int naive = 0;
        for (int run = 0; run < Trial.RUNS; run++) {
            keyed += recurring(run, true) ? 1 : 0;
            naive += recurring(run, false) ? 1 : 0;
        }
        System.out.printf(
                "300 keys, a tenth of which always fails, equal arms: rolled back %d of %d; each record counted: %d%n",
                keyed, Trial.RUNS, naive);
        assertThat(Binomial.lowerLimit(keyed, Trial.RUNS, 0.95)).isLessThanOrEqualTo(ALPHA);
        assertThat(naive).as("what this harness would catch").isGreaterThan(Trial.RUNS / 4);
    }

    private static boolean recurring(int run, boolean keyed) {
        UniformRandomProvider random = SeededRandom.stream(run, 32);
        double[] position = random.doubles(300).toArray();
        List<Guardrail> guardrails = of(Kind.ERRORS, 0);
        Evidence evidence = new Evidence(guardrails);
        for (int minute = 0; minute < Trial.MINUTES; minute++) {
            for (int i = 0; i < 200; i++) {
                int key = random.nextInt(position.length);
                double share = Trial.share(minute);
                evidence.randomised(
                        keyed ? "key" + key : null, position[key] < share, share, answer(key < 30, NONE, NONE));
            }
            if (new Judge(evidence.state(), ALPHA).judge(guardrails, false).verdict() == Status.WORSE) {
                return true;
            }
        }
        return false;
    }
}

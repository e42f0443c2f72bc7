package io.github.camelaiflow.rollout.evidence;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;

/** Seeded canaries: 1, 5, 10, 25, 50 %, twelve minutes each; one look a minute. */
final class Trial {
    static final int RUNS = Repetitions.of(2_000);

    static final double[] STEPS = {0.01, 0.05, 0.1, 0.25, 0.5};
    static final int STEP_MINUTES = 12;
    static final int MINUTES = STEPS.length * STEP_MINUTES;
    static final double ALPHA = 0.05;

    private Trial() {}

    /** One minute's traffic: how many records and errors each arm had. */
    record Minute(double share, int treatment, int treatmentErrors, int control, int controlErrors) {}

    /** What decides each minute. */
    interface Rule {
        /** The share of the next minute. */
        double share(int minute);

        Status look(Minute minute);
    }

    /** When a run ended, in minutes, and how. */
    record End(Status status, int minute) {}

    static double share(int minute) {
        return STEPS[minute / STEP_MINUTES];
    }

    /** One run with Bernoulli errors. */
    static End run(Rule rule, int perMinute, double controlRate, double treatmentRate, long seed) {
        UniformRandomProvider random = SeededRandom.stream(seed, perMinute, Double.hashCode(controlRate));
        for (int minute = 0; minute < MINUTES; minute++) {
            double share = rule.share(minute);
            int treatment = binomial(perMinute, share, random);
            int control = perMinute - treatment;
            Status status = rule.look(new Minute(
                    share,
                    treatment,
                    binomial(treatment, treatmentRate, random),
                    control,
                    binomial(control, controlRate, random)));
            if (status != Status.UNDECIDED) {
                return new End(status, minute + 1);
            }
        }
        return new End(Status.UNDECIDED, MINUTES);
    }

    /** Successes of n, by the gaps between them. */
    static int binomial(int n, double p, UniformRandomProvider random) {
        if (p > 0.5) {
            return n - binomial(n, 1 - p, random);
        }
        int successes = 0;
        double logMiss = Math.log1p(-p);
        double at = Math.floor(Math.log(random.nextDouble()) / logMiss);
        while (at < n) {
            successes++;
            at += 1 + Math.floor(Math.log(random.nextDouble()) / logMiss);
        }
        return successes;
    }

    /** Many runs. */
    record Runs(int count, int ended, double meanMinutes, double standardError) {

        static Runs of(int count, Status status, IntFunction<End> run) {
            double[] minutes = new double[count];
            int ended = 0;
            for (int i = 0; i < count; i++) {
                End end = run.apply(i);
                if (end.status() == status) {
                    minutes[ended++] = end.minute();
                }
            }
            double[] of = Arrays.copyOf(minutes, ended);
            double mean = Arrays.stream(of).average().orElse(Double.NaN);
            double variance =
                    Arrays.stream(of).map(m -> (m - mean) * (m - mean)).sum() / Math.max(1, ended - 1);
            return new Runs(count, ended, mean, Math.sqrt(variance / Math.max(1, ended)));
        }

        double rate() {
            return (double) ended / count;
        }

        @Override
        public String toString() {
            return ended == 0
                    ? String.format(Locale.ROOT, "%.4f", rate())
                    : String.format(Locale.ROOT, "%.4f / %.1f", rate(), meanMinutes);
        }
    }

    /** Ours: errors with a margin, rolled back or found not worse. */
    static Rule ours(double margin, long seed) {
        return ours(List.of(new Guardrail(Guardrail.Kind.ERRORS, margin, 0.95)), Status.WORSE, seed);
    }

    static Rule ours(List<Guardrail> guardrails, Status wanted, long seed) {
        return new Rule() {
            private final Evidence evidence = new Evidence(guardrails);
            private final UniformRandomProvider random = SeededRandom.stream(seed, 4);

            @Override
            public double share(int minute) {
                return Trial.share(minute);
            }

            @Override
            public Status look(Minute minute) {
                if (minute.controlErrors > 0.04 * minute.control) {
                    addShuffled(minute);
                } else {
                    add(true, minute.share, true, minute.treatmentErrors);
                    add(true, minute.share, false, minute.treatment - minute.treatmentErrors);
                    add(false, minute.share, true, minute.controlErrors);
                    add(false, minute.share, false, minute.control - minute.controlErrors);
                }
                Status verdict = new Judge(evidence.state(), ALPHA)
                        .judge(guardrails, false)
                        .verdict();
                return verdict == wanted ? verdict : Status.UNDECIDED;
            }

            /** One by one: the centre is learnt on the way, so the order must be one of chance. */
            private void addShuffled(Minute minute) {
                int[] left = {
                    minute.treatmentErrors,
                    minute.treatment - minute.treatmentErrors,
                    minute.controlErrors,
                    minute.control - minute.controlErrors
                };
                for (int records = minute.treatment + minute.control; records > 0; records--) {
                    int at = random.nextInt(records);
                    int cell = 0;
                    while (at >= left[cell]) {
                        at -= left[cell++];
                    }
                    left[cell]--;
                    add(cell < 2, minute.share, cell % 2 == 0, 1);
                }
            }

            private void add(boolean treatment, double share, boolean error, int times) {
                evidence.randomised(
                        null, treatment, share, new Observation(error, false, Double.NaN, Double.NaN, null), times);
            }
        };
    }

    /** Two proportions compared each minute at 5 %, two-sided, as if it were the only look. */
    static Rule peekedZTest() {
        return new Rule() {
            private final double[] sums = new double[4];

            @Override
            public double share(int minute) {
                return Trial.share(minute);
            }

            @Override
            public Status look(Minute minute) {
                sums[0] += minute.treatment;
                sums[1] += minute.treatmentErrors;
                sums[2] += minute.control;
                sums[3] += minute.controlErrors;
                double pooled = (sums[1] + sums[3]) / (sums[0] + sums[2]);
                double variance = pooled * (1 - pooled) * (1 / sums[0] + 1 / sums[2]);
                double z = (sums[1] / sums[0] - sums[3] / sums[2]) / Math.sqrt(variance);
                return sums[1] + sums[3] >= 5 && z > 1.96 ? Status.WORSE : Status.UNDECIDED;
            }
        };
    }

    /** Flagger's request-success-rate of 99 %: each minute passes, or fails and holds the weight. */
    static Rule flagger(int threshold, double step) {
        return new Rule() {
            private double share = step;
            private int failed;

            @Override
            public double share(int minute) {
                return Math.min(0.5, share);
            }

            @Override
            public Status look(Minute minute) {
                if (minute.treatmentErrors > 0.01 * minute.treatment) {
                    failed++;
                    return failed >= threshold ? Status.WORSE : Status.UNDECIDED;
                }
                share += step;
                return share > 0.5 + 1e-9 ? Status.NOT_WORSE : Status.UNDECIDED;
            }
        };
    }

    /** Rolls back one trial in twenty, whatever happens. */
    static Rule coin(long seed) {
        int at = SeededRandom.stream(seed, 20).nextInt(20 * MINUTES);
        return new Rule() {
            private int minute;

            @Override
            public double share(int next) {
                return Trial.share(next);
            }

            @Override
            public Status look(Minute ignored) {
                return minute++ == at ? Status.WORSE : Status.UNDECIDED;
            }
        };
    }
}

package io.github.camelaiflow.rollout.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import io.github.camelaiflow.rollout.evidence.Trial.Rule;
import io.github.camelaiflow.rollout.evidence.Trial.Runs;
import io.github.camelaiflow.statistics.Binomial;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often canaries are rolled back by their errors, and when: docs/rollout-figures.md. */
class RollbackFiguresTest {

    private static final double[] RATES = {0.001, 0.005, 0.01, 0.02, 0.05, 0.2};
    private static final int[] TRAFFIC = {200, 1000, 5000};

    @Test
    void aCanaryAsGoodAsItsBaselineIsRarelyRolledBack() {
        int cells = RATES.length * TRAFFIC.length;
        StringBuilder table = new StringBuilder("\nequal arms, rolled back, margin 0, " + Trial.RUNS + " runs\n");
        for (int perMinute : TRAFFIC) {
            table.append(String.format("| %d |", perMinute));
            for (double rate : RATES) {
                Runs runs = runs(seed -> Trial.ours(0, seed), perMinute, rate, rate);
                table.append(String.format(Locale.ROOT, " %.4f |", runs.rate()));
                assertThat(Binomial.lowerLimit(runs.ended(), runs.count(), 1 - 0.05 / cells))
                        .as("%d/min at %s: %s", perMinute, rate, runs)
                        .isLessThanOrEqualTo(Trial.ALPHA);
            }
            table.append('\n');
        }
        System.out.println(table);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 0.01, 0.03, 0.95, 40",
        "1000, 0.005, 0.01, 0.91, 43",
        "1000, 0.01, 0.02, 0.95, 32",
        "5000, 0.01, 0.03, 0.95, 12"
    })
    void aWorseOneIsCaughtInTime(int perMinute, double before, double after, double share, double minutes) {
        Runs runs = runs(seed -> Trial.ours(0, seed), perMinute, before, after);
        System.out.printf(Locale.ROOT, "%d/min %s to %s, margin 0: %s%n", perMinute, before, after, runs);
        assertThat(Binomial.upperLimit(runs.ended(), runs.count(), 0.999)).isGreaterThanOrEqualTo(share);
        assertThat(runs.meanMinutes() - 3 * runs.standardError()).isLessThanOrEqualTo(minutes);
    }

    @Test
    void otherRulesForComparison() {
        Map<String, LongFunction<Rule>> rules = new LinkedHashMap<>();
        rules.put("e-process, margin 0", seed -> Trial.ours(0, seed));
        rules.put("e-process, margin 0.005", seed -> Trial.ours(0.005, seed));
        rules.put("peeked z-test", seed -> Trial.peekedZTest());
        rules.put("Flagger, 10 failures, 5 to 50 %", seed -> Trial.flagger(10, 0.05));
        rules.put("Flagger, 5 failures, 10 to 50 %", seed -> Trial.flagger(5, 0.1));
        rules.put("dummy: every 20th", Trial::coin);
        StringBuilder table = new StringBuilder("\nrolled back / mean minutes, " + Trial.RUNS + " runs\n");
        Map<String, Runs> equal = new LinkedHashMap<>();
        rules.forEach((name, rule) -> {
            table.append("| ").append(name);
            equal.put(name, runs(rule, 1000, 0.01, 0.01));
            table.append(" | ").append(runs(rule, 200, 0.01, 0.01));
            table.append(" | ").append(equal.get(name));
            table.append(" | ").append(runs(rule, 5000, 0.01, 0.01));
            table.append(" | ").append(runs(rule, 1000, 0.02, 0.02));
            table.append(" | ").append(runs(rule, 200, 0.01, 0.03));
            table.append(" | ").append(runs(rule, 1000, 0.005, 0.01));
            table.append(" | ").append(runs(rule, 1000, 0.01, 0.02));
            table.append(" | ").append(runs(rule, 5000, 0.01, 0.03)).append(" |\n");
        });
        System.out.println(table);
        assertThat(equal.get("peeked z-test").rate())
                .as("what this harness would catch")
                .isGreaterThan(0.15);
    }

    private static Runs runs(LongFunction<Rule> rule, int perMinute, double before, double after) {
        return Runs.of(Trial.RUNS, Status.WORSE, seed -> Trial.run(rule.apply(seed), perMinute, before, after, seed));
    }
}

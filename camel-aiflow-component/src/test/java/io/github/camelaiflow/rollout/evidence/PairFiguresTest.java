package io.github.camelaiflow.rollout.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.rollout.evidence.Guardrail.Kind;
import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import io.github.camelaiflow.statistics.Binomial;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that both arms answer, against records given to either arm by a fair coin: docs/rollout-figures.md. */
class PairFiguresTest {

    private static final int MOST = 40_000;
    private static final int LOOK = 100;
    private static final double CORRELATION = 0.5;
    private static final double POWER = 0.9;
    private static final List<Guardrail> ERRORS = List.of(new Guardrail(Kind.ERRORS, 0, 0.95));

    @ParameterizedTest
    @CsvSource({"0.01, 0.02", "0.01, 0.03", "0.05, 0.1"})
    void pairsNeedAtMostHalfTheExchangesAtEqualPower(double before, double after) {
        double paired = needed(true, before, after);
        double unpaired = needed(false, before, after);
        System.out.printf(
                Locale.ROOT,
                "%s to %s, correlation %s, power %s: %.0f pairs, %.0f unpaired, ratio %.2f%n",
                before,
                after,
                CORRELATION,
                POWER,
                paired,
                unpaired,
                paired / unpaired);
        assertThat(paired).isLessThanOrEqualTo(unpaired / 2);
    }

    @ParameterizedTest
    @CsvSource({"0.01", "0.1"})
    void equalArmsAreRarelyFoundWorse(double rate) {
        int wrong = 0;
        for (int run = 0; run < Trial.RUNS; run++) {
            wrong += exchanges(true, rate, rate, 10_000, run) <= 10_000 ? 1 : 0;
        }
        System.out.printf("pairs, equal at %s: %d of %d rolled back%n", rate, wrong, Trial.RUNS);
        assertThat(Binomial.lowerLimit(wrong, Trial.RUNS, 0.975)).isLessThanOrEqualTo(Trial.ALPHA);
    }

    /** After how many exchanges nine of ten runs have found the treatment worse. */
    private static double needed(boolean paired, double before, double after) {
        double[] needed = new double[Trial.RUNS];
        Arrays.setAll(needed, run -> exchanges(paired, before, after, MOST, run));
        Arrays.sort(needed);
        double quantile = needed[(int) Math.ceil(POWER * needed.length) - 1];
        assertThat(quantile).isLessThanOrEqualTo(MOST);
        return quantile;
    }

    private static int exchanges(boolean paired, double before, double after, int most, long seed) {
        UniformRandomProvider random = SeededRandom.stream(seed, 41);
        Evidence evidence = new Evidence(ERRORS);
        double both = before * after + CORRELATION * Math.sqrt(before * (1 - before) * after * (1 - after));
        for (int exchange = 1; exchange <= most; exchange++) {
            double draw = random.nextDouble();
            Observation control = answer(draw < before);
            Observation treatment = answer(draw < both || draw >= before && draw < before + after - both);
            if (paired) {
                evidence.paired(control, treatment);
            } else {
                boolean arm = random.nextBoolean();
                evidence.randomised(null, arm, 0.5, arm ? treatment : control);
            }
            if (exchange % LOOK == 0
                    && new Judge(evidence.state(), Trial.ALPHA)
                                    .judge(ERRORS, false)
                                    .verdict()
                            == Status.WORSE) {
                return exchange;
            }
        }
        return most + 1;
    }

    private static Observation answer(boolean error) {
        return new Observation(error, false, Double.NaN, Double.NaN, null);
    }
}

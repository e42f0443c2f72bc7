package io.github.camelaiflow.rollout.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.rollout.evidence.Guardrail.Kind;
import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final Observation GOOD = answer(false, false);
    private static final Observation ERROR = answer(true, false);
    private static final List<Guardrail> ALL =
            Arrays.stream(Kind.values()).map(Guardrail::of).toList();
    private static final List<Guardrail> ERRORS = List.of(Guardrail.of(Kind.ERRORS));

    @Test
    void nothingGatheredIsNoData() {
        Judgement judgement = Judgement.of(new Evidence(ALL).state(), ALL, 0.05);
        assertThat(judgement.verdict()).isEqualTo(Status.NO_DATA);
        assertThat(judgement.evidence()).isEqualTo(1, within(1e-9));
        assertThat(judgement.needed()).isEqualTo(20);
        assertThat(judgement.blamed()).isEmpty();
        assertThat(judgement.guardrails()).allSatisfy(guarded -> {
            assertThat(guarded.status()).isEqualTo(Status.NO_DATA);
            assertThat(guarded.treatment()).isNaN();
        });
        assertThat(Judgement.of(EvidenceState.EMPTY, ALL, 0.05).verdict()).isEqualTo(Status.NO_DATA);
    }

    @Test
    void aModelThatFailsIsFoundOnAFewRecords() {
        Evidence evidence = new Evidence(ALL);
        evidence.randomised(null, false, 0.01, GOOD, 300);
        evidence.randomised(null, true, 0.01, ERROR, 3);
        Judgement judgement = Judgement.of(evidence.state(), ALL, 0.05);
        assertThat(judgement.verdict()).isEqualTo(Status.WORSE);
        assertThat(judgement.blamed()).get().satisfies(guarded -> {
            assertThat(guarded.guardrail().kind()).isEqualTo(Kind.ERRORS);
            assertThat(guarded.control()).isZero();
            assertThat(guarded.treatment()).isEqualTo(1);
            assertThat(guarded.controlRecords()).isEqualTo(300);
            assertThat(guarded.treatmentRecords()).isEqualTo(3);
            assertThat(guarded.lower()).isPositive();
            assertThat(guarded.upper()).isGreaterThan(guarded.lower());
        });
    }

    @Test
    void anEqualModelIsNotWorseOnceThatIsSure() {
        Evidence evidence = new Evidence(ERRORS);
        evidence.randomised(null, false, 0.5, GOOD, 2000);
        evidence.randomised(null, true, 0.5, GOOD, 2000);
        assertThat(Judgement.of(evidence.state(), ERRORS, 0.05).verdict()).isEqualTo(Status.NOT_WORSE);
        assertThat(Judgement.of(evidence.state(), ERRORS, 1e-5).verdict()).isEqualTo(Status.UNDECIDED);
    }

    @Test
    void aRequiredGuardrailWithoutDataStopsAPromotionAnotherDoesNot() {
        Guardrail required = new Guardrail(Kind.QUALITY, 0.02, 0.95);
        for (Guardrail quality : List.of(required, Guardrail.of(Kind.QUALITY))) {
            List<Guardrail> guardrails = List.of(Guardrail.of(Kind.ERRORS), quality);
            Evidence evidence = new Evidence(guardrails);
            evidence.randomised(null, false, 0.5, GOOD, 2000);
            evidence.randomised(null, true, 0.5, GOOD, 2000);
            assertThat(Judgement.of(evidence.state(), guardrails, 0.05).verdict())
                    .isEqualTo(quality.required() ? Status.UNDECIDED : Status.NOT_WORSE);
            evidence.labelled(true, 0.5);
            assertThat(Judgement.of(evidence.state(), guardrails, 0.05).verdict())
                    .as("one that has some must exclude")
                    .isEqualTo(Status.UNDECIDED);
        }
    }

    @Test
    void aBrokenSplitIsAMismatchAndStopsAPromotion() {
        Evidence evidence = new Evidence(ERRORS);
        evidence.randomised(null, false, 0.5, GOOD, 6000);
        evidence.randomised(null, true, 0.5, GOOD, 5000);
        Judgement judgement = Judgement.of(evidence.state(), ERRORS, 0.05);
        assertThat(judgement.mismatch()).isTrue();
        assertThat(judgement.verdict()).isEqualTo(Status.UNDECIDED);
    }

    @Test
    void aKeyCountsOnceAndAgainOnlyWhereItWasDrawnAgain() {
        Evidence evidence = new Evidence(ERRORS);
        for (int i = 0; i < 10; i++) {
            evidence.randomised("a", true, 0.1, ERROR);
            evidence.randomised("b", false, 0.1, GOOD);
        }
        assertThat(evidence.state().ratio().cells())
                .singleElement()
                .satisfies(cell -> assertThat(cell.arm() + cell.others()).isEqualTo(2));
        evidence.randomised("a", true, 0.25, ERROR);
        evidence.randomised("b", true, 0.25, ERROR);
        evidence.randomised("b", true, 0.5, ERROR);
        assertThat(evidence.state().ratio().cells()).hasSize(2).last().satisfies(cell -> {
            assertThat(cell.share()).isCloseTo(0.15 / 0.9, within(1e-12));
            assertThat(cell.arm()).isEqualTo(1);
        });
    }

    @Test
    void statesAddAndSurviveTheStore() {
        UniformRandomProvider random = SeededRandom.stream(3);
        Evidence[] nodes = {new Evidence(ALL), new Evidence(ALL)};
        for (int i = 0; i < 6000; i++) {
            gather(nodes[random.nextInt(2)], random, i < 3000 ? 0.05 : 0.25);
        }
        EvidenceState first = nodes[0].state();
        EvidenceState second = nodes[1].state();
        Judgement sum = Judgement.of(first.plus(second), ALL, 0.05);
        EvidenceState stored = EvidenceState.ofJson(first.toJson());
        assertThat(stored.toJson()).isEqualTo(first.toJson()).hasSizeLessThan(20_000);
        assertThat(Judgement.of(second.plus(stored), ALL, 0.05).toJson())
                .isEqualTo(Judgement.of(second.plus(first), ALL, 0.05).toJson());
        assertThat(sum.guardrails()).hasSameSizeAs(ALL).allSatisfy(guarded -> {
            Judgement.Guarded one = Judgement.of(first, List.of(guarded.guardrail()), 0.05)
                    .guardrails()
                    .get(0);
            Judgement.Guarded other = Judgement.of(second, List.of(guarded.guardrail()), 0.05)
                    .guardrails()
                    .get(0);
            assertThat(guarded.treatmentRecords()).isPositive();
            if (guarded.guardrail().kind() != Kind.SCORES) {
                assertThat(guarded.treatmentRecords()).isEqualTo(one.treatmentRecords() + other.treatmentRecords());
            }
        });
        assertThat(EvidenceState.EMPTY.plus(first).toJson()).isEqualTo(first.toJson());
    }

    /** Everything there is, one record. */
    private static void gather(Evidence evidence, UniformRandomProvider random, double share) {
        Observation control = any(random);
        Observation treatment = any(random);
        boolean arm = random.nextDouble() < share;
        evidence.randomised("k" + random.nextInt(5000), arm, share, arm ? treatment : control);
        evidence.paired(control, treatment);
        evidence.labelled(arm, random.nextInt(3) / 2.0);
    }

    private static Observation any(UniformRandomProvider random) {
        return new Observation(
                random.nextInt(50) == 0,
                random.nextInt(30) == 0,
                5 + 10 * random.nextDouble(),
                random.nextDouble(),
                "label" + random.nextInt(12));
    }

    @Test
    void aSlowerModelIsFoundAndAnEqualOneIsNotWorse() {
        List<Guardrail> latency = List.of(Guardrail.of(Kind.LATENCY));
        assertThat(latencies(latency, 2).verdict()).isEqualTo(Status.WORSE);
        assertThat(latencies(latency, 1).verdict()).isEqualTo(Status.NOT_WORSE);
        assertThat(latencies(latency, 1).guardrails().get(0).control()).isCloseTo(14.5, within(0.8));
    }

    private static Judgement latencies(List<Guardrail> guardrails, double factor) {
        UniformRandomProvider random = SeededRandom.stream(5);
        Evidence evidence = new Evidence(guardrails);
        for (int i = 0; i < 4000; i++) {
            boolean arm = random.nextInt(4) == 0;
            double millis = (5 + 10 * random.nextDouble()) * (arm ? factor : 1);
            evidence.randomised(null, arm, 0.25, new Observation(false, false, millis, Double.NaN, null));
        }
        return Judgement.of(evidence.state(), guardrails, 0.05);
    }

    @Test
    void shiftedScoresAndOtherLabelsAreFoundOnEitherSide() {
        List<Guardrail> scores = List.of(Guardrail.of(Kind.SCORES));
        for (double shift : new double[] {-0.3, 0.3}) {
            assertThat(scores(scores, shift, false).verdict()).isEqualTo(Status.WORSE);
            assertThat(scores(scores, shift, true).verdict()).isEqualTo(Status.WORSE);
        }
        assertThat(scores(scores, 0, false).verdict()).isEqualTo(Status.NOT_WORSE);
        assertThat(scores(scores, 0, true).verdict()).isEqualTo(Status.NOT_WORSE);
    }

    private static Judgement scores(List<Guardrail> guardrails, double shift, boolean labels) {
        UniformRandomProvider random = SeededRandom.stream(6);
        Evidence evidence = new Evidence(guardrails);
        for (int i = 0; i < 8000; i++) {
            boolean arm = random.nextBoolean();
            double score = random.nextDouble() + (arm ? shift : 0);
            evidence.randomised(
                    null,
                    arm,
                    0.5,
                    new Observation(
                            false,
                            false,
                            Double.NaN,
                            labels ? Double.NaN : score,
                            labels ? (score > 0.5 ? "yes" : "no") : null));
        }
        return Judgement.of(evidence.state(), guardrails, 0.05);
    }

    @Test
    void shadowsThatDisagreeTooOftenAreFound() {
        List<Guardrail> agreement = List.of(Guardrail.of(Kind.AGREEMENT));
        Observation yes = new Observation(false, false, Double.NaN, 0.9, "yes");
        Observation no = new Observation(false, false, Double.NaN, 0.1, "no");
        Observation number = new Observation(false, false, Double.NaN, 1000, null);
        Observation near = new Observation(false, false, Double.NaN, 1005, null);
        Evidence evidence = new Evidence(agreement);
        for (int i = 0; i < 200; i++) {
            evidence.paired(yes, yes);
            evidence.paired(number, near);
            evidence.paired(ERROR, yes);
        }
        Judgement agreeing = Judgement.of(evidence.state(), agreement, 0.05);
        assertThat(agreeing.verdict()).isEqualTo(Status.NOT_WORSE);
        assertThat(agreeing.guardrails().get(0).treatmentRecords()).isEqualTo(400);
        for (int i = 0; i < 100; i++) {
            evidence.paired(yes, no);
            evidence.paired(yes, ERROR);
        }
        Judgement judgement = Judgement.of(evidence.state(), agreement, 0.05);
        assertThat(judgement.verdict()).isEqualTo(Status.WORSE);
        assertThat(judgement.guardrails().get(0).treatment()).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void labelsTellOfQualityWheneverTheyCome() {
        List<Guardrail> quality = List.of(Guardrail.of(Kind.QUALITY));
        Evidence worse = new Evidence(quality);
        Evidence equal = new Evidence(quality);
        UniformRandomProvider random = SeededRandom.stream(8);
        for (int i = 0; i < 40_000; i++) {
            boolean arm = random.nextInt(4) == 0;
            double draw = random.nextDouble();
            worse.labelled(arm, draw < (arm ? 0.25 : 0.1) ? 1 : 0);
            equal.labelled(arm, draw < 0.1 ? 1 : 0);
        }
        assertThat(Judgement.of(worse.state(), quality, 0.05).verdict()).isEqualTo(Status.WORSE);
        Judgement judgement = Judgement.of(equal.state(), quality, 0.05);
        assertThat(judgement.verdict()).isEqualTo(Status.NOT_WORSE);
        assertThat(judgement.guardrails().get(0).lower()).isNegative();
        assertThat(judgement.guardrails().get(0).upper()).isBetween(0.0, 0.02);
        assertThatThrownBy(() -> worse.labelled(true, Double.NaN)).hasMessage("a loss must be from 0 to 1");
    }

    @Test
    void whatIsNotAStateIsRefused() {
        Evidence evidence = new Evidence(ALL);
        UniformRandomProvider random = SeededRandom.stream(9);
        for (int i = 0; i < 500; i++) {
            gather(evidence, random, 0.25);
        }
        String good = evidence.state().toJson();
        List<String> bad = new ArrayList<>(List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"v\":2,\"ratio\":[],\"guardrails\":[]}",
                "{\"v\":1,\"v\":1,\"ratio\":[],\"guardrails\":[]}",
                "{\"v\":1,\"ratio\":[[0.5,-1,2]],\"guardrails\":[]}",
                "{\"v\":1,\"ratio\":[[1.5,1,2]],\"guardrails\":[]}",
                "{\"v\":1,\"ratio\":[[0.5,1e99,2]],\"guardrails\":[]}",
                "{\"v\":1,\"ratio\":{},\"guardrails\":[]}",
                "{\"v\":1,\"ratio\":[],\"guardrails\":[{\"kind\":\"secret\"}]}",
                good + "x",
                "[".repeat(5000),
                " ".repeat(2_000_000)));
        bad.forEach(json -> assertThatThrownBy(() -> EvidenceState.ofJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret"));
        for (int i = 0; i < 2000; i++) {
            char[] chars = good.toCharArray();
            chars[random.nextInt(chars.length)] ^= (char) (1 << random.nextInt(7));
            try {
                Judgement.of(EvidenceState.ofJson(new String(chars)), ALL, 0.05).toJson();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageNotContaining("label");
            }
        }
    }

    private static Observation answer(boolean error, boolean invalid) {
        return new Observation(error, invalid, Double.NaN, Double.NaN, null);
    }
}

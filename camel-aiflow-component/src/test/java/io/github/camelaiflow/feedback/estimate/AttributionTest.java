package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.feedback.estimate.Streams.Mix;
import io.github.camelaiflow.feedback.outcome.Losses;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/** What explains a change of loss, on rows of a known law. */
class AttributionTest {

    private static final int REPETITIONS = Repetitions.of(1_000);
    private static final List<String> FIELDS = List.of("hard", "region", "idle");

    /**
     * Loss is an error: 30 % in the region south, 10 % else, and 20 % more where hard is above 0.7; region goes along with hard.
     */
    private record Law(double south, double hard, double concept) {

        static final Law BASELINE = new Law(0.2, 0, 0);

        Map<String, Object> row(UniformRandomProvider random) {
            double x = Math.pow(random.nextDouble(), 1 / (1 + hard));
            boolean inSouth = random.nextDouble() < south * (0.5 + x);
            return Map.of("hard", x, "region", inSouth ? "south" : "north", "idle", random.nextInt(5));
        }

        double chance(Map<String, Object> row) {
            return (row.get("region").equals("south") ? 0.3 : 0.1)
                    + ((Double) row.get("hard") > 0.7 ? 0.2 : 0)
                    + concept;
        }
    }

    private static AttributedChange change(Law law, int seed, int size) {
        UniformRandomProvider random = SeededRandom.stream(seed);
        List<Map<String, Object>> reference = new ArrayList<>();
        for (int i = 0; i < 2 * size; i++) {
            reference.add(Law.BASELINE.row(random));
        }
        FieldBins bins = FieldBins.of(reference, FIELDS);
        Attribution attribution = new Attribution(bins);
        for (Map<String, Object> row : reference) {
            attribution.baseline(bins.bins(row), random.nextDouble() < Law.BASELINE.chance(row) ? 1 : 0);
        }
        for (int i = 0; i < size; i++) {
            Map<String, Object> row = law.row(random);
            attribution.window(bins.bins(row), random.nextDouble() < law.chance(row) ? 1 : 0);
        }
        return attribution.change().orElseThrow();
    }

    private static FieldEffect effect(AttributedChange change, String field) {
        return change.fields().stream()
                .filter(each -> each.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFieldWhoseMixChangedExplainsTheChange() {
        AttributedChange change = change(new Law(0.7, 0, 0), 1, 10_000);
        assertThat(change.fields().get(0).field()).isEqualTo("region");
        assertThat(change.change()).isCloseTo(0.1, within(0.02));
        assertThat(effect(change, "region").share()).isCloseTo(1, within(0.15));
        assertThat(effect(change, "region").alone()).isCloseTo(0.1, within(0.02));
        assertThat(Math.abs(effect(change, "idle").explained())).isLessThan(0.005);
        assertThat(Math.abs(change.unexplained())).isLessThan(0.02);
    }

    @Test
    void aFieldThatGoesAlongWithAnotherIsNotCreditedWithItsEffect() {
        AttributedChange change = change(new Law(0.2, 1.5, 0), 2, 10_000);
        // South goes along with hard: alone it takes credit for more than it does.
        assertThat(change.fields().get(0).field()).isEqualTo("hard");
        assertThat(effect(change, "region").explained()).isCloseTo(0.2 * 0.2 * 0.21, within(0.006));
        assertThat(effect(change, "region").alone())
                .isGreaterThan(effect(change, "region").explained());
    }

    @Test
    void whereOnlyTheRelationChangesNoFieldExplainsIt() {
        AttributedChange change = change(new Law(0.2, 0, 0.1), 3, 10_000);
        assertThat(change.unexplained()).isCloseTo(0.1, within(0.02));
        assertThat(change.fields())
                .allSatisfy(effect -> assertThat(Math.abs(effect.share())).isLessThan(0.1));
    }

    @Test
    void thePartsAddUpAndWithoutAChangeThereAreNoShares() {
        AttributedChange change = change(Law.BASELINE, 4, 2000);
        double sum = change.unexplained();
        for (FieldEffect effect : change.fields()) {
            sum += effect.explained();
            assertThat(effect.share()).isNaN();
        }
        assertThat(sum).isCloseTo(change.change(), within(1e-12));
        assertThat(change.toJson()).contains("\"share\":null").doesNotContain("south");
    }

    @Test
    void twoStandardErrorsHoldWhatAFieldExplains() {
        int held = 0;
        int heldUnexplained = 0;
        // South's share rises from .2 to .5 on average over hard, so by .3 times its 20 % more errors.
        double explained = 0.3 * 0.2;
        for (int i = 0; i < REPETITIONS; i++) {
            AttributedChange change = change(new Law(0.5, 0, 0.05), 100 + i, 1000);
            FieldEffect region = effect(change, "region");
            held += Math.abs(region.explained() - explained) <= 1.96 * region.standardError() ? 1 : 0;
            heldUnexplained += Math.abs(change.unexplained() - 0.05) <= 1.96 * change.unexplainedError() ? 1 : 0;
        }
        System.out.printf(
                "two standard errors hold: field %d, unexplained %d of %d%n", held, heldUnexplained, REPETITIONS);
        for (int count : new int[] {held, heldUnexplained}) {
            assertThat(BinomialDistribution.of(REPETITIONS, 0.95).cumulativeProbability(count))
                    .isGreaterThan(0.01);
        }
    }

    @Test
    void lossesThatAreOnlyEstimatedAreExplainedTheSameWay() {
        UniformRandomProvider random = SeededRandom.stream(5);
        Streams streams = Streams.calibrated();
        List<Outcome> reference = streams.rows(5000, Mix.REFERENCE, random);
        List<Outcome> window = streams.rows(3000, new Mix(1.5, 1, 0), random);
        PerformanceEstimator estimator =
                PerformanceEstimator.of(Streams.baseline(reference, false), EstimateConfig.DEFAULT.withPositive("yes"));
        FieldBins bins = FieldBins.of(Streams.records(reference), List.of("x", "z"));
        Attribution attribution = new Attribution(bins);
        double[] before = estimator.expectedErrors(Streams.predicted(reference));
        double[] now = estimator.expectedErrors(Streams.predicted(window));
        for (int i = 0; i < before.length; i++) {
            attribution.baseline(bins.bins(Streams.row(reference.get(i))), before[i]);
        }
        for (int i = 0; i < now.length; i++) {
            attribution.window(bins.bins(Streams.row(window.get(i))), now[i]);
        }
        AttributedChange change = attribution.change().orElseThrow();
        assertThat(change.change()).isNegative();
        assertThat(change.fields().get(0).field()).isEqualTo("x");
        assertThat(change.fields().get(0).share()).isBetween(0.7, 1.1);
        assertThat(Math.abs(effect(change, "z").share())).isLessThan(0.02);
    }

    @Test
    void withOneFieldItIsKitagawasByHand() {
        FieldBins bins =
                FieldBins.of(List.of(Map.of("kind", "x"), Map.of("kind", "x"), Map.of("kind", "y")), List.of("kind"));
        Attribution attribution = new Attribution(bins);
        for (int i = 0; i < 10_000; i++) {
            // x: 80 % of the rows, loss .25; y: 20 %, loss .75
            attribution.baseline(i % 5 > 0 ? "a" : "b", i % 5 > 0 ? 0.25 : 0.75);
            // y becomes half of the rows, x gets worse by .1
            attribution.window(i % 2 == 0 ? "a" : "b", i % 2 == 0 ? 0.35 : 0.75);
        }
        AttributedChange change = attribution.change().orElseThrow();
        assertThat(change.change()).isCloseTo(0.55 - 0.35, within(1e-12));
        assertThat(change.fields().get(0).alone()).isCloseTo(0.3 * 0.5, within(1e-12));
        assertThat(change.fields().get(0).explained()).isCloseTo(0.3 * 0.5, within(1e-3));
        assertThat(change.unexplained()).isCloseTo(0.5 * 0.1, within(1e-3));
    }

    @Test
    void rowsWithoutBinsOrLossAreCountedAndNewWindowsBegin() {
        FieldBins bins = FieldBins.of(List.of(Map.of("kind", "x")), List.of("kind"));
        Attribution attribution = new Attribution(bins);
        assertThat(attribution.change()).isEmpty();
        for (int i = 0; i < 10; i++) {
            attribution.baseline(Streams.outcome(i, 0.4, i < 3, "a"), Losses::error);
            attribution.window(Streams.outcome(i, 0.4, i < 5, "a"), Losses::error);
        }
        attribution.window(null, 1);
        attribution.window("aa", 1);
        attribution.window("%", 1);
        attribution.window("a", Double.NaN);
        attribution.window("a", Double.POSITIVE_INFINITY);
        assertThat(attribution.change().orElseThrow().unusable()).isEqualTo(5);
        assertThat(attribution.change().orElseThrow().change()).isCloseTo(0.2, within(1e-12));
        // A bin that the baseline has never seen explains nothing.
        attribution.newWindow();
        assertThat(attribution.change()).isEmpty();
        attribution.window("*", 1);
        attribution.window("*", 1);
        assertThat(attribution.change().orElseThrow().unexplained()).isCloseTo(0.7, within(1e-9));
    }

    @Test
    void windowsOfSeveralVersionsShareABaseline() {
        FieldBins bins = FieldBins.of(List.of(Map.of("kind", "x"), Map.of("kind", "y")), List.of("kind"));
        Attribution one = new Attribution(bins);
        for (int i = 0; i < 100; i++) {
            one.baseline(i % 4 > 0 ? "a" : "b", i % 4 > 0 ? 0 : 1);
        }
        Attribution other = one.sharingBaseline();
        for (int i = 0; i < 100; i++) {
            one.window(i % 2 == 0 ? "a" : "b", i % 2);
            other.window("b", 1);
        }
        assertThat(one.change().orElseThrow().change()).isCloseTo(0.25, within(1e-12));
        assertThat(other.change().orElseThrow().change()).isCloseTo(0.75, within(1e-12));
        assertThat(other.sharingBaseline().change()).isEmpty();
    }
}

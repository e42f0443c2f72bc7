package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.feedback.estimate.BaselineRow;
import io.github.camelaiflow.feedback.estimate.FieldBins;
import io.github.camelaiflow.feedback.outcome.Explained;
import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.feedback.quality.QualityConfig;
import io.github.camelaiflow.feedback.quality.QualityMonitor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What fields explain is said of all records, though some are labelled more often than others. */
class AttributionsTest {

    private static final double SOUTH = 0.2;

    private final SplittableRandom random = new SplittableRandom(3);
    private final QualityMonitor monitor =
            new QualityMonitor(QualityConfig.DEFAULT.withMinSelection(0.1), Clock.systemUTC());

    /** In the south a third of the answers is wrong, in the north one in twenty. */
    private boolean wrong(boolean south) {
        return random.nextDouble() < (south ? 0.33 : 0.05);
    }

    @Test
    void recordsThatAreReviewedMoreOftenAreNoChangeOfTheMix() {
        List<BaselineRow> baseline = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            boolean south = random.nextDouble() < SOUTH;
            baseline.add(new BaselineRow(
                    Map.of("yes", 0.75),
                    "yes",
                    wrong(south) ? "no" : "yes",
                    Map.of("region", south ? "south" : "north")));
        }
        FieldBins bins = FieldBins.of(baseline.stream().map(BaselineRow::row).toList(), List.of("region"));
        List<Outcome> labelled = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            boolean south = random.nextDouble() < SOUTH;
            double chance = south ? 1 : 0.1;
            if (random.nextDouble() < chance) {
                Predicted answer = new Predicted(
                        "p" + i,
                        null,
                        "v1",
                        null,
                        "yes",
                        Double.NaN,
                        Map.of("yes", 0.75),
                        bins.bins(Map.of("region", south ? "south" : "north")),
                        Instant.EPOCH);
                labelled.add(
                        new Outcome(answer, new Truth(wrong(south) ? "no" : "yes", Double.NaN, chance, Instant.EPOCH)));
            }
        }
        monitor.accept(labelled);
        new Attributions(bins, baseline, Loss.ERROR, 5000).accept(labelled, monitor);
        List<Explained> explained = monitor.report("v1").versions().get(0).explained();
        assertThat(explained).singleElement().satisfies(field -> assertThat(field.change())
                .isCloseTo(0, within(0.01)));
    }
}

package io.github.camelaiflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sections drift and feedback. */
class DriftAndFeedbackSectionsTest {

    private static final String RECORD = """
            record:
              fields:
                amount: {type: number}
                region: {type: category, values: [north, south]}
                kind: {type: category}
            """;

    @Test
    void driftIsReadWhole() {
        DriftSettings drift = read("""
                drift:
                  reference: learned
                  referenceSample: 2000
                  window: 500
                  panes: 4
                  falseAlarms: 20000
                  fields: [amount, kind]
                  tests: {numbers: wasserstein, categories: jensen-shannon, amount: energy, kind: hellinger}
                  minimumEffect: {numbers: 0.1, kind: 0.02}
                  correction: e-values
                  multivariate: [mmd, pca]
                  outputs: {label: predicted, score: score}
                  detector: conformal
                  compatible: nannyml
                """).drift();

        assertThat(drift)
                .isEqualTo(new DriftSettings(
                        DriftSettings.LEARNED,
                        2000,
                        new WindowSize(500, null),
                        4,
                        20_000L,
                        List.of("amount", "kind"),
                        null,
                        Map.of(
                                "numbers", "wasserstein",
                                "categories", "jensen-shannon",
                                "amount", "energy",
                                "kind", "hellinger"),
                        Map.of("numbers", 0.1, "kind", 0.02),
                        "e-values",
                        List.of("mmd", "pca"),
                        "predicted",
                        "score",
                        "conformal",
                        "nannyml"));
        assertThat(read("drift: {minimumEffect: 0.2}").drift().minimumEffects())
                .isEqualTo(Map.of("numbers", 0.2, "categories", 0.2));
    }

    @Test
    void whatIsWrongWithDriftIsToldAtOnce() {
        assertThat(problems("""
                drift:
                  referenceSample: 1000000
                  panes: 17
                  fields: [weight]
                  segment: kind
                  tests: {numbers: student, kind: energy, weight: psi}
                  minimumEffect: {amount: -1}
                  correction: bonferroni
                  multivariate: [mmd, hotelling]
                  detector: page
                """))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("drift.referenceSample", "at most 20000"),
                        p -> assertThat(p).contains("drift.panes", "at most 16"),
                        p -> assertThat(p).contains("drift.fields", "weight"),
                        p -> assertThat(p).contains("drift.segment", "declares its values"),
                        p -> assertThat(p).contains("drift.segment", "excludes multivariate"),
                        p -> assertThat(p).contains("drift.tests.numbers", "wasserstein"),
                        p -> assertThat(p).contains("drift.tests.kind", "total-variation"),
                        p -> assertThat(p).contains("drift.tests.weight", "record.fields"),
                        p -> assertThat(p).contains("drift.minimumEffect", "negative"),
                        p -> assertThat(p).contains("drift.correction", "holm"),
                        p -> assertThat(p).contains("drift.multivariate", "hotelling"),
                        p -> assertThat(p).contains("drift.multivariate", "referenceSample"),
                        p -> assertThat(p).contains("drift.detector", "conformal"));
        assertThat(read("drift: {segment: region}").drift().segment()).isEqualTo("region");
        assertThat(problems("drift: {segment: region, referenceSample: 10, multivariate: [mmd]}"))
                .singleElement()
                .asString()
                .contains("drift.segment", "excludes multivariate and compatible");
        assertThat(problems("drift: {compatible: evidently}"))
                .singleElement()
                .asString()
                .contains("drift.compatible", "referenceSample");
    }

    @Test
    void feedbackIsReadWhole() {
        FeedbackSettings feedback = read("""
                feedback:
                  truth: fraud
                  positive: "1"
                  timeLimit: 30d
                  matured: 7d
                  minSelection: 10%
                  window: 500
                  segment: region
                  loss: brier
                  baseline: {reference: ref.csv, label: predicted, score: score, truth: fraud}
                  margin: 0.02
                  alpha: 0.01
                  onHarm: rollback
                  detector: e-sr
                  falseAlarms: 50000
                  estimate: weighted
                """).feedback();

        assertThat(feedback)
                .isEqualTo(new FeedbackSettings(
                        true,
                        "fraud",
                        "1",
                        Duration.ofDays(30),
                        Duration.ofDays(7),
                        null,
                        0.1,
                        new WindowSize(500, null),
                        "region",
                        "brier",
                        null,
                        new FeedbackSettings.Baseline(null, null, "ref.csv", "predicted", "score", "fraud"),
                        0.02,
                        0.01,
                        "rollback",
                        "e-sr",
                        50_000L,
                        "weighted"));
        assertThat(read("feedback: {loss: absolute, maxError: 1000}").feedback().maxError())
                .isEqualTo(1000);
        assertThat(read("feedback: {}").feedback().present()).isTrue();
        assertThat(problems("feedback: {matured: 31d}"))
                .singleElement()
                .asString()
                .contains("feedback.matured", "30 days if not said");
        assertThat(read("flow: claims").feedback()).isEqualTo(FeedbackSettings.NONE);
    }

    @Test
    void theAgeOfMaturityMayBeLearnt() {
        FeedbackSettings feedback = read("feedback: {matured: 90%}").feedback();
        assertThat(feedback.matured()).isNull();
        assertThat(feedback.maturedShare()).isEqualTo(0.9);
        assertThat(read("feedback: {matured: 2d}").feedback().maturedShare()).isNull();
        assertThat(problems("feedback: {matured: 100%}"))
                .singleElement()
                .asString()
                .contains("feedback.matured", "below 100%");
        for (String wrong : List.of("0%", "x%", "120%", "0.9", "soon")) {
            assertThat(problems("feedback: {matured: " + wrong + "}"))
                    .singleElement()
                    .asString()
                    .contains("feedback.matured");
        }
    }

    @Test
    void whatIsWrongWithFeedbackIsToldAtOnce() {
        assertThat(problems("""
                feedback:
                  timeLimit: 1d
                  matured: 2d
                  window: 1h
                  segment: amount
                  maxError: 0
                  baseline: {loss: 2, labels: 100, truth: fraud}
                  margin: 1
                  alpha: 0
                  falseAlarms: 10
                  estimate: cbpe
                """))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("feedback.matured", "timeLimit"),
                        p -> assertThat(p).contains("feedback.window", "number of labels"),
                        p -> assertThat(p).contains("feedback.segment", "declares its values"),
                        p -> assertThat(p).contains("feedback.maxError", "loss: absolute"),
                        p -> assertThat(p).contains("feedback.maxError", "above 0"),
                        p -> assertThat(p).contains("feedback.baseline.loss", "exclude"),
                        p -> assertThat(p).contains("feedback.baseline.loss", "from 0 to 1"),
                        p -> assertThat(p).contains("feedback.baseline.reference", "score and truth"),
                        p -> assertThat(p).contains("feedback.margin"),
                        p -> assertThat(p).contains("feedback.alpha"),
                        p -> assertThat(p).contains("feedback.falseAlarms", "detector"),
                        p -> assertThat(p).contains("feedback.estimate", "baseline.reference"));
    }

    private static FlowDefinition read(String yaml) {
        return DefinitionReader.read("claims", "claims.yaml", (RECORD + yaml).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(DefinitionException.class, () -> read(yaml)).problems();
    }
}

package io.github.camelaiflow.claims.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.provenance.SimpleDataSourceProvenance;

class ScalingTest {

    private static final List<Example<Label>> EXAMPLES = new ClaimGenerator(Plan.clean(4))
            .claims(500)
            .map(claim -> ClaimFeatures.example(claim, ClaimFeatures.PRESENT))
            .toList();

    @Test
    void scaledNumbersHaveMeanZeroAndDeviationOne() {
        Scaling scaling = new Scaling(EXAMPLES);
        for (String feature : List.of("claim_amount", "claim_type@theft", "police_report")) {
            double[] values = EXAMPLES.stream()
                    .map(scaling::scale)
                    .mapToDouble(example -> example.lookup(feature).getValue())
                    .toArray();
            double sum = 0;
            double squares = 0;
            for (double value : values) {
                sum += value;
                squares += value * value;
            }
            assertThat(sum / values.length).isCloseTo(0, within(1e-9));
            assertThat(squares / values.length).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void theUnscaledModelAnswersAsTheScaledOne() {
        Scaling scaling = new Scaling(EXAMPLES);
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> scaled =
                new MutableDataset<>(new SimpleDataSourceProvenance("scaled claims", labels), labels);
        EXAMPLES.stream().map(scaling::scale).forEach(scaled::add);
        LinearSGDModel model = new LogisticRegressionTrainer().train(scaled);
        LinearSGDModel unscaled = scaling.unscale(model);
        assertThat(EXAMPLES).allSatisfy(example -> assertThat(
                        unscaled.predict(example).getOutputScores().get("fraud").getScore())
                .isCloseTo(
                        model.predict(scaling.scale(example))
                                .getOutputScores()
                                .get("fraud")
                                .getScore(),
                        within(1e-9)));
    }
}

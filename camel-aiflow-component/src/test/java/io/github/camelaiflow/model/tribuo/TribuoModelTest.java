package io.github.camelaiflow.model.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelContractTest;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.FeatureEncoder;
import io.github.camelaiflow.model.files.ModelLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tribuo.Prediction;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

class TribuoModelTest extends ModelContractTest {

    private static final ModelSpec SPEC = ModelSpec.of("claims.tribuo");

    @Override
    protected Model load() {
        return load(SPEC, TrainedModels.labels());
    }

    private static Model load(ModelSpec spec, org.tribuo.Model<?> trained) {
        return new ModelLoader().load(spec, TrainedModels.bytes(trained)).model();
    }

    private static List<Output> outputs(Model model, List<Map<String, Object>> rows) {
        return model.predict(new ModelInput.Rows(rows)).stream()
                .map(Outcome::output)
                .toList();
    }

    private static Outcome predict(Model model, Map<String, Object> row) {
        return model.predict(new ModelInput.Rows(List.of(row))).get(0);
    }

    @Test
    void labelsAreThoseOfAPlainLoop() {
        for (org.tribuo.Model<Label> trained : List.of(TrainedModels.labels(), TrainedModels.tree())) {
            List<Map<String, Object>> claims = TrainedModels.claims(100, 23);
            Model model = load(SPEC, trained);
            List<Output> outputs = outputs(model, claims);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < claims.size(); i++) {
                Prediction<Label> plain =
                        trained.predict(TrainedModels.example(LabelFactory.UNKNOWN_LABEL, claims.get(i), true));
                Output output = outputs.get(i);
                assertThat(output.label()).isEqualTo(plain.getOutput().getLabel());
                assertThat(output.value()).isEqualTo(output.label());
                assertThat(output.score()).isEqualTo(plain.getOutput().getScore());
                assertThat(output.scores()).containsOnlyKeys("fraud", "legitimate");
                assertThat(output.scores().get("fraud"))
                        .isEqualTo(plain.getOutputScores().get("fraud").getScore());
                seen.add(output.label());
            }
            assertThat(seen).containsExactlyInAnyOrder("fraud", "legitimate");
            assertThat(model.signature().features()).containsExactlyElementsOf(TrainedModels.FIELDS);
            assertThat(model.signature().outputs()).containsExactlyInAnyOrder("fraud", "legitimate");
            assertThat(model.signature().inputs()).isEmpty();
        }
    }

    @Test
    void aRegressedValueIsTheValue() {
        org.tribuo.Model<Regressor> trained = TrainedModels.cost();
        Map<String, Object> claim = TrainedModels.claim(4.5, 6, "fire");
        Output output = predict(load(SPEC, trained), claim).output();
        double plain = trained.predict(TrainedModels.example(RegressionFactory.UNKNOWN_REGRESSOR, claim, false))
                .getOutput()
                .getValues()[0];
        assertThat(output).isEqualTo(Output.value(plain));
        assertThat(plain).isCloseTo(15, offset(1.0));
    }

    @Test
    void severalRegressedValuesAreAMap() {
        org.tribuo.Model<Regressor> trained = TrainedModels.costAndDays();
        Map<String, Object> claim = TrainedModels.claim(4.5, 6, "fire");
        Model model = load(SPEC, trained);
        Output output = predict(model, claim).output();
        Regressor plain = trained.predict(TrainedModels.example(RegressionFactory.UNKNOWN_REGRESSOR, claim, true))
                .getOutput();
        assertThat(output.scores())
                .containsExactly(
                        Map.entry(
                                "cost", plain.getDimension("cost").orElseThrow().getValue()),
                        Map.entry(
                                "days", plain.getDimension("days").orElseThrow().getValue()));
        assertThat(output.value()).isEqualTo(output.scores());
        assertThat(output.label()).isNull();
        assertThat(output.score()).isNull();
        assertThat(model.signature().outputs()).containsExactly("cost", "days");
    }

    @Test
    void aClusterIsItsNumber() {
        org.tribuo.Model<ClusterID> trained = TrainedModels.clusters();
        Map<String, Object> claim = TrainedModels.claim(4.5, 6, "fire");
        Model model = load(SPEC, trained);
        Output output = predict(model, claim).output();
        int plain = trained.predict(TrainedModels.example(ClusteringFactory.UNASSIGNED_CLUSTER_ID, claim, false))
                .getOutput()
                .getID();
        assertThat(output).isEqualTo(new Output(plain, null, null, Map.of()));
        assertThat(model.signature().outputs()).containsExactly("0", "1", "2");
    }

    @Test
    void aSetOfLabelsIsASet() {
        org.tribuo.Model<MultiLabel> trained = TrainedModels.flags();
        Model model = load(SPEC, trained);
        Set<Object> seen = new HashSet<>();
        for (Map<String, Object> claim : TrainedModels.claims(60, 29)) {
            MultiLabel plain = trained.predict(
                            TrainedModels.example(MultiLabelFactory.UNKNOWN_MULTILABEL, claim, false))
                    .getOutput();
            Output output = predict(model, claim).output();
            assertThat(output.value()).isEqualTo(plain.getNameSet());
            assertThat(output.label()).isNull();
            assertThat(output.scores()).containsOnlyKeys("large", "old");
            assertThat(output.scores().values()).allMatch(score -> score >= 0 && score <= 1);
            seen.add(output.value());
        }
        assertThat(seen).contains(Set.of(), Set.of("large"), Set.of("old"), Set.of("large", "old"));
    }

    @Test
    void anAnomalyIsItsEventAndScore() {
        org.tribuo.Model<Event> trained = new ThresholdModel();
        Model model = TribuoModel.of(SPEC, trained);
        assertThat(predict(model, TrainedModels.claim(9, 1, "fire")).output())
                .isEqualTo(Output.label("ANOMALOUS", 4.0, Map.of()));
        assertThat(predict(model, TrainedModels.claim(2, 1, "fire")).output())
                .isEqualTo(Output.label("EXPECTED", -3.0, Map.of()));
        assertThat(model.signature().outputs()).containsExactly("EXPECTED", "ANOMALOUS");
    }

    @Test
    void anAnomalyModelFromAFileAnswersAsTribuoDoes() {
        org.tribuo.Model<Event> trained = TrainedModels.supportVectors();
        Model model = load(SPEC, trained);
        for (Map<String, Object> claim :
                List.of(TrainedModels.claims(1, 3).get(0), TrainedModels.claim(5_000, 900, "fire"))) {
            Event event = trained.predict(TrainedModels.example(AnomalyFactory.UNKNOWN_EVENT, claim, false))
                    .getOutput();
            assertThat(predict(model, claim).output().label())
                    .isEqualTo(event.getType().name());
            assertThat(predict(model, claim).output().score()).isEqualTo(event.getScore());
        }
        assertThat(predict(model, TrainedModels.claim(5_000, 900, "fire"))
                        .output()
                        .label())
                .isEqualTo("ANOMALOUS");
    }

    @Test
    void anUnseenCategoryGivesNoFeature() {
        org.tribuo.Model<Label> trained = TrainedModels.labels();
        Map<String, Object> claim = TrainedModels.claim(4.5, 6, "flood");
        double plain = trained.predict(TrainedModels.example(LabelFactory.UNKNOWN_LABEL, claim, true))
                .getOutput()
                .getScore();
        assertThat(predict(load(SPEC, trained), claim).output().score()).isEqualTo(plain);
    }

    @Test
    void aMissingCategoryIsAnErrorAndAWrongOneToo() {
        Model model = load();
        Map<String, Object> claim = new HashMap<>(TrainedModels.claim(4.5, 6, "fire"));
        claim.put("claim_type", null);
        assertThat(predict(model, claim).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
        claim.put("claim_type", 1.5);
        assertThat(predict(model, claim).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
    }

    @Test
    void allThatIsWrongWithARowIsToldAtOnce() {
        DataException error = predict(load(), Map.of("claim_amount", "much", "claim_type", 1.5))
                .error();
        assertThat(error.reason()).isEqualTo(Reason.MISSING_FEATURE);
        assertThat(error.fields()).containsExactly("vehicle_age", "claim_amount", "claim_type");
    }

    @Test
    void anAllowedMissingFieldGivesNoFeature() {
        org.tribuo.Model<Label> trained = TrainedModels.labels();
        Model model = load(SPEC.withMissingAllowed(Set.of("vehicle_age", "claim_type", "other")), trained);
        org.tribuo.impl.ArrayExample<Label> plain = new org.tribuo.impl.ArrayExample<>(LabelFactory.UNKNOWN_LABEL);
        plain.add("claim_amount", 6);
        Output output = predict(model, Map.of("claim_amount", 6)).output();
        assertThat(output.score()).isEqualTo(trained.predict(plain).getOutput().getScore());
    }

    @Test
    void aRecordWithoutAnyFeatureIsAnError() {
        Model model = load(SPEC.withMissingAllowed(Set.copyOf(TrainedModels.FIELDS)), TrainedModels.labels());
        Outcome outcome = predict(model, Map.of("something", 1));
        assertThat(outcome.error().reason()).isEqualTo(Reason.MISSING_FEATURE);
        assertThat(outcome.error().fields()).containsExactlyElementsOf(TrainedModels.FIELDS);
    }

    @Test
    void arraysAreRowsInTheOrderOfTheFeatures() {
        org.tribuo.Model<Regressor> trained = TrainedModels.cost();
        Model model = load(SPEC.withFeatures(List.of("vehicle_age", "claim_amount")), trained);
        Output row = predict(model, TrainedModels.claim(4.5, 6, "fire")).output();
        assertThat(model.signature().inputs())
                .containsExactly(new Signature.TensorSpec("features", "FP64", List.of(-1L, 2L)));
        for (Object array : List.of(
                new double[] {6, 4.5}, new float[] {6, 4.5f}, new double[][] {{6, 4.5}}, new float[][] {{6, 4.5f}})) {
            assertThat(model.predict(new ModelInput.Tensors(Map.of("", array)))).containsExactly(Outcome.of(row));
        }
        List<Outcome> outcomes = model.predict(new ModelInput.Tensors(Map.of(
                "features", new double[][] {{6, 4.5}, {Double.NaN, 1}, {1, Double.NEGATIVE_INFINITY}, {6, 4.5}})));
        assertThat(outcomes.get(0).output()).isEqualTo(row);
        assertThat(outcomes.get(1).error().fields()).containsExactly("vehicle_age");
        assertThat(outcomes.get(1).error().reason()).isEqualTo(Reason.MISSING_FEATURE);
        assertThat(outcomes.get(2).error().reason()).isEqualTo(Reason.WRONG_FEATURE);
        assertThat(outcomes.get(3).output()).isEqualTo(row);
        assertThat(model.predict(new ModelInput.Tensors(Map.of("", new long[] {6, 4}))))
                .allMatch(outcome -> outcome.error() == null);
        assertThat(model.predict(new ModelInput.Tensors(Map.of("", new double[0][]))))
                .isEmpty();
    }

    @Test
    void wrongArraysAreDataErrors() {
        Model model = load(SPEC.withFeatures(List.of("vehicle_age", "claim_amount")), TrainedModels.cost());
        for (Object wrong : List.of(new double[3], new double[][] {{1, 2}, {1}}, new String[] {"a", "b"}, "text")) {
            assertThatThrownBy(() -> model.predict(new ModelInput.Tensors(Map.of("", wrong))))
                    .isInstanceOfSatisfying(
                            DataException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_FEATURE));
        }
        assertThatThrownBy(() -> model.predict(new ModelInput.Tensors(Map.of("other", new double[2]))))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_BODY));
        assertThatThrownBy(() -> load().predict(new ModelInput.Tensors(Map.of("", new double[2]))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("features");
    }

    @Test
    void featuresThatDoNotFitAreAllToldAtLoad() {
        ModelSpec spec = SPEC.withFeatures(List.of("claim_amount", "claim_ammount", "claim_type", "claim_type"))
                .withLabels(List.of("a"));
        assertThatThrownBy(() -> load(spec, TrainedModels.labels())).isInstanceOfSatisfying(ModelException.class, e -> {
            assertThat(e.retryable()).isFalse();
            assertThat(e.problems()).hasSize(4);
            assertThat(e)
                    .hasMessageContaining("claim_ammount")
                    .hasMessageContaining("vehicle_age@value")
                    .hasMessageContaining("twice")
                    .hasMessageContaining("labels");
        });
    }

    @Test
    void encodesWhatTheColumnarProcessorsName() {
        List<String> columns =
                List.of("a", "b@value", "c@value", "c@other", "d@true", "e@2010", "e@2011", "f@x@y", "@odd");
        FeatureEncoder encoder =
                FeatureEncoder.of("m", columns, new FeatureEncoder.Style(Set.of(), 0, Double.MAX_VALUE));
        assertThat(encoder.fields()).containsExactly("a", "b", "c", "d", "e", "f", "@odd");
        double[] values = new double[columns.size()];
        Map<String, Object> row = new HashMap<>();
        row.put("a", true);
        row.put("b", 2);
        row.put("c", "value");
        row.put("d", true);
        row.put("e", 2011);
        row.put("f", "x@y");
        row.put("@odd", 7L);
        assertThat(encoder.encode(row, values)).isNull();
        assertThat(values).containsExactly(1, 2, 1, 0, 1, 0, 1, 1, 7);
    }

    @Test
    void aFieldCannotBeNumberAndCategory() {
        FeatureEncoder encoder =
                FeatureEncoder.of("m", List.of("a", "a@x"), new FeatureEncoder.Style(Set.of(), 0, Double.MAX_VALUE));
        assertThat(encoder.contradictions()).containsExactly("a");
    }

    @Test
    void oneModelOfEachTypeSurvivesTheRoundTrip() {
        List<org.tribuo.Model<?>> models = new ArrayList<>(List.of(
                TrainedModels.labels(),
                TrainedModels.tree(),
                TrainedModels.cost(),
                TrainedModels.costAndDays(),
                TrainedModels.clusters(),
                TrainedModels.flags()));
        for (org.tribuo.Model<?> trained : models) {
            byte[] bytes = TrainedModels.bytes(trained);
            LoadedModel loaded = new ModelLoader().load(SPEC, bytes);
            assertThat(loaded.format()).isEqualTo(ModelFormat.TRIBUO);
            assertThat(loaded.version()).isEqualTo(loaded.sha256().substring(0, 12));
        }
    }
}

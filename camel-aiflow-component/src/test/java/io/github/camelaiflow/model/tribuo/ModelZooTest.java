package io.github.camelaiflow.model.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tribuo.Prediction;
import org.tribuo.anomaly.Event;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.sgd.crf.CRFTrainer;
import org.tribuo.clustering.ClusterID;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.Regressor;

/** Whatever Tribuo trains answers from its file as it answered before, or is refused with the reason. */
class ModelZooTest {

    private static final ModelSpec SPEC = ModelSpec.of("models/claims");

    @TestFactory
    Stream<DynamicTest> answersAsTribuoDoes() {
        return ModelZoo.all().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> assertAnswers(entry.getValue())));
    }

    private static <T extends org.tribuo.Output<T>> void assertAnswers(org.tribuo.Model<T> trained) {
        Model model = new ModelLoader().load(SPEC, TrainedModels.bytes(trained)).model();
        boolean categories = model.signature().features().contains("claim_type");
        List<Map<String, Object>> claims = TrainedModels.claims(40, 17);
        var outcomes = model.predict(new ModelInput.Rows(claims));
        T unknown = unknown(trained);
        for (int i = 0; i < claims.size(); i++) {
            Prediction<T> plain = trained.predict(TrainedModels.example(unknown, claims.get(i), categories));
            assertThat(outcomes.get(i).error()).isNull();
            assertSame(outcomes.get(i).output(), plain.getOutput());
        }
    }

    private static <T extends org.tribuo.Output<T>> T unknown(org.tribuo.Model<T> trained) {
        return trained.getOutputIDInfo().getDomain().iterator().next();
    }

    private static void assertSame(Output output, Object plain) {
        if (plain instanceof Label label) {
            assertThat(output.label()).isEqualTo(label.getLabel());
            assertThat(output.score()).isEqualTo(Double.isNaN(label.getScore()) ? null : (Double) label.getScore());
        } else if (plain instanceof Regressor value && value.size() == 1) {
            assertThat(output.value()).isEqualTo(value.getValues()[0]);
        } else if (plain instanceof Regressor values) {
            assertThat(output.scores().values()).containsExactlyInAnyOrder(box(values.getValues()));
        } else if (plain instanceof MultiLabel labels) {
            assertThat(output.value()).isEqualTo(labels.getNameSet());
        } else if (plain instanceof ClusterID cluster) {
            assertThat(output.value()).isEqualTo(cluster.getID());
        } else {
            assertThat(output.label()).isEqualTo(((Event) plain).getType().name());
        }
    }

    private static Double[] box(double[] values) {
        return java.util.Arrays.stream(values).boxed().toArray(Double[]::new);
    }

    private static void assertRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> new ModelLoader().load(SPEC, bytes))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("models/claims")
                .hasMessageContaining(reason);
    }

    @Test
    void aRealLibLinearModelIsRefused() {
        assertRefused(
                TrainedModels.bytes(TrainedModels.labels(new LibLinearClassificationTrainer())), "Java-serialised");
    }

    @Test
    void aSequenceModelIsRefused() {
        var data = new org.tribuo.sequence.MutableSequenceDataset<>(
                Set.of(new org.tribuo.sequence.SequenceExample<>(
                        List.of(TrainedModels.example(new Label("fraud"), TrainedModels.claim(1, 2, "fire"), true)))),
                TrainedModels.labels().getProvenance().getDatasetProvenance().getSourceProvenance(),
                new LabelFactory());
        byte[] bytes = new CRFTrainer(new AdaGrad(0.1), 1, 1L)
                .train(data, Map.of())
                .serialize()
                .toByteArray();
        assertRefused(bytes, "sequence model");
    }

    @Test
    void externalModelsAreRefusedWithWhatToGiveInstead() {
        for (String[] external : new String[][] {
            {"org.tribuo.interop.onnx.ONNXExternalModel", "give the ONNX file itself"},
            {"org.tribuo.interop.tensorflow.TensorFlowFrozenExternalModel", "TensorFlow"},
            {"org.tribuo.common.xgboost.XGBoostExternalModel", "give XGBoost's JSON file itself"},
        }) {
            byte[] bytes = ModelProto.newBuilder()
                    .setClassName(external[0])
                    .setSerializedData(Any.pack(ModelDataProto.getDefaultInstance()))
                    .build()
                    .toByteArray();
            assertRefused(bytes, external[1]);
        }
    }
}

package io.github.camelaiflow.model.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.onnx.OnnxGraphs;
import io.github.camelaiflow.model.onnx.OnnxOptions;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import io.github.camelaiflow.model.xgboost.Boosters;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelProbeTest {

    private static final ModelSpec SPEC = ModelSpec.of("models/claims");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final byte[] TREE = TrainedModels.bytes(TrainedModels.tree());

    private final ModelProbe probe = new ModelProbe(LONG);

    private static void load(ModelProbe probe, ModelSpec spec, byte[] bytes, Boolean wanted) {
        new ModelLoader(OnnxOptions.DEFAULT, probe.trial(wanted))
                .load(spec, bytes, TrainedModels.claims(3, 1))
                .model()
                .close();
    }

    private static void assertRefused(ModelProbe probe, ModelSpec spec, byte[] bytes, String reason) {
        assertThatThrownBy(() -> load(probe, spec, bytes, true))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessageContaining("models/claims")
                .hasMessageContaining(reason);
    }

    @Test
    void aGoodFileOfEachFormatPasses() {
        load(probe, SPEC, TREE, true);
        load(probe, SPEC, Boosters.claims("binary:logistic", Map.of()), true);
        load(probe, SPEC.withFeatures(TrainedModels.NUMBERS), OnnxGraphs.sum().bytes(), true);
    }

    @Test
    void aBadFileIsRefusedWithTheReasonTheLoaderWouldGive() {
        byte[] cut = Arrays.copyOf(TREE, TREE.length - 100);
        for (byte[] bytes : List.of(cut, OnnxGraphs.sum().bytes())) {
            ModelSpec spec = SPEC.withFeatures(List.of("unknown"));
            String here = "";
            try {
                new ModelLoader().load(spec, bytes);
            } catch (ModelException e) {
                here = e.getMessage();
            }
            assertThat(here).isNotEmpty();
            assertRefused(probe, spec, bytes, here);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Mains.Crashes.class, Mains.Eats.class, Mains.Talks.class})
    void aCrashIsAModelException(Class<?> main) {
        assertRefused(new ModelProbe(LONG, main.getName()), SPEC, TREE, "crashed the JVM that tried it (exit code");
    }

    @Test
    void aProbeThatHangsIsEnded() {
        ModelProbe brief = new ModelProbe(Duration.ofSeconds(2), Mains.Hangs.class.getName());
        byte[] bytes = TrainedModels.bytes(TrainedModels.tree());
        assertRefused(brief, SPEC, bytes, "gave no answer within 2 s");
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().commandLine().orElse("").contains("Mains$Hangs"))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void whatPassedIsNotTriedAgain() {
        load(probe, SPEC, TREE, true);
        load(probe, SPEC, TREE, true);
        assertThat(probe.started()).isEqualTo(1);
        load(probe, SPEC.withFeatures(TrainedModels.FIELDS), TREE, true);
        assertThat(probe.started()).isEqualTo(2);
    }

    @Test
    void onlyWhatIsKnownToCrashIsTriedUnasked() {
        ModelProbe crashing = new ModelProbe(LONG, Mains.Crashes.class.getName());
        ModelSpec numbers = SPEC.withFeatures(TrainedModels.NUMBERS);
        byte[] classifier = OnnxGraphs.classifier()
                .output("scores", OnnxGraphs.FLOAT, -1, 2)
                .bytes();
        assertThatThrownBy(() -> load(crashing, numbers, classifier, null)).hasMessageContaining("crashed");
        assertThatCode(() -> {
                    load(crashing, numbers.withSha256(Sha256.of(classifier)), classifier, null);
                    load(crashing, numbers, classifier, false);
                    load(crashing, numbers, OnnxGraphs.sum().bytes(), null);
                    load(crashing, SPEC, TREE, null);
                })
                .doesNotThrowAnyException();
    }
}

package io.github.camelaiflow.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every model of ONNX's own test data that ONNX Runtime accepts answers as recorded. */
class OnnxTestDataTest {

    @Test
    void everyModelTheRuntimeAcceptsAnswersAsRecorded() throws IOException {
        String folder = System.getProperty(OnnxTestData.PROPERTY, "");
        Assumptions.assumeFalse(
                folder.isEmpty(), "set " + OnnxTestData.PROPERTY + " to the folder of libonnx-testdata");
        int accepted = 0;
        int calls = 0;
        Map<String, String> wrong = new TreeMap<>();
        for (Path file : OnnxTestData.models(Path.of(folder))) {
            byte[] bytes = OnnxTestData.read(file);
            if (OnnxTestData.isAccepted(bytes)) {
                accepted++;
                for (OnnxTestData.Call call : OnnxTestData.calls(file, bytes)) {
                    calls++;
                    String difference = difference(bytes, call);
                    if (!difference.isEmpty()) {
                        wrong.put(file.getParent().getFileName().toString(), difference);
                    }
                }
            }
        }
        wrong.keySet().removeAll(OnnxTestData.NOT_AS_RECORDED.keySet());
        assertThat(wrong).as("%s calls of %s accepted models", calls, accepted).isEmpty();
        assertThat(accepted).isPositive();
    }

    private static String difference(byte[] bytes, OnnxTestData.Call call) {
        // NaN and infinity are elements like others here
        ModelSpec spec =
                ModelSpec.of("model.onnx").withMissingAllowed(call.inputs().keySet());
        try (Model model = new ModelLoader().load(spec, bytes).model()) {
            return OnnxTestData.difference(
                    model.signature(), model.predict(new ModelInput.Tensors(call.inputs())), call.outputs());
        } catch (ModelException e) {
            return "refused: " + e.getMessage();
        } catch (DataException e) {
            return "wrong input: " + e.getMessage();
        }
    }
}

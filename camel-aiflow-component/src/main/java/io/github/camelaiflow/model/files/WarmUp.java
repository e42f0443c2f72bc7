package io.github.camelaiflow.model.files;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Signature.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a model a few times before it serves, so that the first exchange doesn't pay for what is done once. */
final class WarmUp {

    private static final long MOST_ELEMENTS = 1 << 22;
    private static final int MOST_CALLS = 1000;

    private WarmUp() {}

    /** With the golden records, which the model is known to answer. */
    static void golden(String place, Model model, Golden golden) {
        List<ModelInput> inputs = new ArrayList<>();
        for (int i = 0; i < Math.min(golden.records().size(), MOST_CALLS); i++) {
            inputs.add(GoldenGate.input(place, i, golden.records().get(i), model));
        }
        for (int calls = 0; calls < Math.min((long) inputs.size() * golden.rounds(), MOST_CALLS); calls++) {
            model.predict(inputs.get(calls % inputs.size()));
        }
    }

    /** With zeros, where the signature says all shapes; whether the model can answer them says nothing of it. */
    static void zeros(Model model) {
        Map<String, Object> arrays = new LinkedHashMap<>();
        for (TensorSpec spec : model.signature().inputs()) {
            Object zeros = GoldenTensors.zeros(spec, MOST_ELEMENTS);
            if (zeros == null) {
                return;
            }
            arrays.put(spec.name(), zeros);
        }
        try {
            for (int i = 0; !arrays.isEmpty() && i < Golden.DEFAULT_ROUNDS; i++) {
                model.predict(new ModelInput.Tensors(arrays));
            }
        } catch (DataException | ModelException e) {
            return;
        }
    }
}

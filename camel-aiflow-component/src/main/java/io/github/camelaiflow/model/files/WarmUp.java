package io.github.camelaiflow.model.files;

import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a model a few times before it serves, so that the first exchange doesn't pay for what is done once. With golden records only:
 * made-up input can be fatal, as ONNX Runtime ends the process when an integer is divided by zero.
 */
final class WarmUp {

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
}

package io.github.camelaiflow;

import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** A model whose every answer must come in time, whatever it does for it. */
record TimedModel(Model model, String place, Duration timeout, Executor threads) implements Model {

    @Override
    public Signature signature() {
        return model.signature();
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        return RemoteCall.make(place, timeout, threads, () -> model.predict(input));
    }

    @Override
    public void close() {
        model.close();
    }
}

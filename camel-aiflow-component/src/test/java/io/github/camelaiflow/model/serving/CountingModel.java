package io.github.camelaiflow.model.serving;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Answers each row with its value {@code n}, after doing what the test has it do, and notes how it was called. */
final class CountingModel implements Model {

    final Queue<Integer> calls = new ConcurrentLinkedQueue<>();
    final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final Consumer<List<Map<String, Object>>> first;

    CountingModel(Consumer<List<Map<String, Object>>> first) {
        this.first = first;
    }

    static ModelInput row(Object n) {
        return new ModelInput.Rows(List.of(Map.of("n", n)));
    }

    static double value(ServedModel.Answer answer) {
        return answer.outcomes().get(0).output().score();
    }

    LoadedModel loaded(String version) {
        return LoadedModel.object(version, this);
    }

    @Override
    public Signature signature() {
        return new Signature(List.of("n"), List.of(), List.of());
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        List<Map<String, Object>> rows = ((ModelInput.Rows) input).rows();
        calls.add(rows.size());
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            first.accept(rows);
            List<Outcome> outcomes = new ArrayList<>();
            rows.forEach(row -> outcomes.add(Outcome.of(Output.value(((Number) row.get("n")).doubleValue()))));
            return outcomes;
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public void close() {
        // holds nothing
    }
}

package io.github.camelaiflow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/** A batch through {@link TribuoModel} against the plain loop a user would write around the same Tribuo model. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ModelBenchmark {

    /** Records of one call. */
    @Param({"1", "1000"})
    private int batch;

    /** What trained the model. */
    @Param({"linear", "tree"})
    private String trainer;

    private org.tribuo.Model<Label> plain;
    private List<Map<String, Object>> claims;
    private Model model;

    /** What a plain loop keeps. */
    record Kept(String label, double score) {}

    /** Trains the model, and loads it from its file. */
    @Setup
    public void train() {
        plain = trainer.equals("tree") ? TrainedModels.tree() : TrainedModels.labels();
        claims = TrainedModels.claims(batch, 1);
        model = new ModelLoader()
                .load(ModelSpec.of("claims.tribuo"), TrainedModels.bytes(plain))
                .model();
    }

    /** The loop. */
    @Benchmark
    public List<Kept> plainLoop() {
        List<Kept> kept = new ArrayList<>(claims.size());
        for (Map<String, Object> claim : claims) {
            String[] names = {"claim_amount", "vehicle_age@value", "claim_type@" + claim.get("claim_type")};
            double[] values = {
                ((Number) claim.get("claim_amount")).doubleValue(), ((Number) claim.get("vehicle_age")).doubleValue(), 1
            };
            Label label = plain.predict(new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, names, values))
                    .getOutput();
            kept.add(new Kept(label.getLabel(), label.getScore()));
        }
        return kept;
    }

    /** The model. */
    @Benchmark
    public List<Outcome> model() {
        return model.predict(new ModelInput.Rows(claims));
    }
}

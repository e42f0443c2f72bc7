package io.github.camelaiflow.benchmarks;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.definition.DefinitionReader;
import io.github.camelaiflow.drift.DriftConfig;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.Reference;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What watching 12 fields adds to an exchange, windows of 1,000 records. Full windows are judged on another thread, as in a
 * route; faster than they can be judged, as here, they are dropped.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class DriftBenchmark {

    private static final int REFERENCE = 4_000;

    /** Records of one exchange. */
    @Param({"1", "1000"})
    private int batch;

    private ExecutorService evaluations;
    private List<Map<String, Object>> rows;
    private DriftMonitor monitor;

    /** Sets the monitor up. */
    @Setup
    public void start() {
        Schema schema = DefinitionReader.read("claims", "claims.yaml", Claims.DEFINITION)
                .schema();
        Reference reference = Reference.of(schema, Claims.rows(REFERENCE, 1));
        evaluations = Executors.newSingleThreadExecutor();
        monitor = new DriftMonitor(reference, DriftConfig.DEFAULT, evaluations, InstantSource.system(), report -> {});
        rows = Claims.rows(batch, 2);
    }

    /** Ends the evaluations. */
    @TearDown
    public void stop() {
        evaluations.shutdownNow();
    }

    /** Adds the records to the window. */
    @Benchmark
    public Object observe() {
        monitor.observe(rows);
        return monitor.status();
    }
}
